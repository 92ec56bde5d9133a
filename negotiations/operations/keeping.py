"""The nightly look at the pages of sources: arranged, taken, and what came of each written down.

It is work, so it leaves no entry in the ledger; only a change that it found does, once. A page is
looked at by one worker, and its host asked once in ten seconds, feeds included (`HostTurn`). That
passages changed or that a page is gone is told when two nights have found the same; trouble on the
way finds nothing out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from negotiations.desk_words import Role
from negotiations.models import EvidenceCheck, Snapshot, Statement
from negotiations.operations.checking import recheck_source
from negotiations.operations.console import machine
from negotiations.operations.hosts import GAP, leave_host, take_in_turn
from negotiations.operations.judging import Finding, Quoted
from negotiations.operations.leases import LEASE, give_back
from negotiations.operations.pacing import asked_to_wait
from negotiations.operations.texts import mended
from negotiations.refusals import Refusal
from negotiations.vocabulary import Capture, EvidenceState

ACCOUNT = "keeper"
# What is told only when the next night finds it, too.
_CONFIRMED = frozenset({EvidenceState.ALTERED, EvidenceState.GONE})
_MOST_FAILURES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One turn of one page; `until` is when its lease runs out.

    `known` are the addresses that it is known by. `archived`: it is known where the page said it
    was when its text was fetched.
    """

    check: int
    turn: int
    host: str
    until: datetime
    url: str
    known: tuple[str, ...]
    archived: bool
    quoted: tuple[Quoted, ...]


def next_look(*, now: datetime) -> Look | None:
    """Take the page that is due longest among those whose host is free; None where there is none.

    One that killed its workers three times is set aside on the way.
    """
    row = take_in_turn(EvidenceCheck.objects.all(), now=now)
    return None if row is None else _look(row, until=now + LEASE)


def looked(look: Look, finding: Finding, *, now: datetime) -> bool:
    """Write what a look found; a change goes into the ledger. False where the lease was lost."""
    with transaction.atomic():
        leave_host(look.host, held=look.until, until=now + GAP)
        row = _held(look)
        if row is None:
            return False
        well: dict[str, Any] = {"checked_at": now, "failures": 0, "refusal": "", "facts": {}}
        if finding.key == row.told:
            return give_back(row, due_at=None, suspected="", suspected_on=None, **well)
        if finding.state in _CONFIRMED and not _confirmed(row, finding):
            # Of the first night that found it so.
            first = row.suspected_on if row.suspected == finding.key else row.night
            return give_back(row, due_at=None, suspected=finding.key, suspected_on=first, **well)
        return _tell(row, finding, now=now, well=well)


def failed(look: Look, refusal: Refusal, *, now: datetime) -> bool:
    """Note that a page could not be seen tonight; False where the lease was lost.

    A host that is busy is left alone as long as it asks for.
    """
    asked = asked_to_wait(refusal, now=now)
    with transaction.atomic():
        leave_host(look.host, held=look.until, until=max(now + GAP, asked or now))
        row = _held(look)
        if row is None:
            return False
        facts = {k: mended(v) if isinstance(v, str) else v for k, v in refusal.facts.items()}
        failures = min(row.failures + 1, _MOST_FAILURES)
        return give_back(row, due_at=None, failures=failures, refusal=refusal.code, facts=facts)


def _tell(row: EvidenceCheck, finding: Finding, *, now: datetime, well: dict[str, Any]) -> bool:
    """Put a change into the ledger, unless it is that nothing was wrong from the beginning."""
    since = row.since
    if row.state != EvidenceState.UNCHECKED or finding.state != EvidenceState.INTACT:
        said = recheck_source(
            by=machine(ACCOUNT, Role.KEEPER),
            now=now,
            source=row.source_id,
            state=finding.state.value,
            before=row.state,
            address=finding.address,
            passages=[{"statement": one.statement, "found": one.found} for one in finding.altered],
        )
        since = said.at
    return give_back(
        row, due_at=None, state=finding.state.value, since=since, told=finding.key, suspected="",
        suspected_on=None, **well,
    )  # fmt: skip


def _confirmed(row: EvidenceCheck, finding: Finding) -> bool:
    """Whether an earlier night found the same."""
    return (
        row.suspected == finding.key
        and row.suspected_on is not None
        and row.night is not None
        and row.suspected_on < row.night
    )


def _held(look: Look) -> EvidenceCheck | None:
    """The row, locked, where this look still holds it."""
    rows = EvidenceCheck.objects.select_for_update()
    return rows.filter(pk=look.check, turn=look.turn, leased_until__isnull=False).first()


def _look(row: EvidenceCheck, *, until: datetime) -> Look:
    texts = Snapshot.objects.filter(
        source__chain=row.chain,
        source__published_at__isnull=False,
        capture=Capture.FETCHED.value,
    )
    archived = texts.filter(archive__isnull=False).values_list("archive__final_url", flat=True)
    received = list(archived)
    return Look(
        check=row.pk, turn=row.turn, host=row.host, until=until, url=row.source.url,
        known=(row.source.url, *received), archived=bool(received), quoted=_quoted(row.chain),
    )  # fmt: skip


def _quoted(chain: Any) -> tuple[Quoted, ...]:
    """What published statements that stand quote from texts that were fetched."""
    rows = Statement.objects.filter(
        source__chain=chain,
        published_at__isnull=False,
        withdrawn=False,
        snapshot__capture=Capture.FETCHED.value,
    ).exclude(superseded_by__published_at__isnull=False)
    told = rows.order_by("pk").values_list("pk", "quotation")
    return tuple(Quoted(statement=pk, quotation=quotation) for pk, quotation in told)
