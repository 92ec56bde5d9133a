"""Arranging the looks of a night: which pages, and when each; and having one looked at now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from negotiations.desk_words import Role, includes
from negotiations.models import EvidenceCheck, Snapshot, Source
from negotiations.operations.hosts import host_key, know_hosts
from negotiations.operations.lookups import find
from negotiations.operations.permissions import Actor, require
from negotiations.operations.sources import cited_in
from negotiations.refusals import Refusal
from negotiations.sql import run
from negotiations.vocabulary import Capture

# Over so long the looks of a night are spread.
SPREAD = timedelta(hours=5)
_BATCH = 1_000
# Neighbouring ids fall far apart (Knuth's multiplicative hash); what waits since last night goes
# first.
_ARRANGE = """
    UPDATE negotiations_evidencecheck check_row SET night = %(night)s,
        due_at = COALESCE(
            check_row.due_at,
            %(now)s + ((check_row.id * 2654435761) %% %(spread)s) * interval '1 second'
        )
    FROM unnest(%(sources)s::bigint[]) kept (source)
    WHERE check_row.source_id = kept.source AND check_row.aside = ''
        AND (check_row.night IS NULL OR check_row.night < %(night)s)
"""


def arrange_night(*, now: datetime) -> int:
    """Have every page looked at once in the night that begins; how many these are.

    It may be asked for again in the same night: what was arranged stays so.
    """
    night, spread = now.astimezone(UTC).date(), int(SPREAD.total_seconds())
    kept = list(_kept().order_by("pk").values_list("chain", "pk", "url"))
    with transaction.atomic():
        for begin in range(0, len(kept), _BATCH):
            batch = kept[begin : begin + _BATCH]
            _know(batch, now=now)
            sources = [pk for _, pk, _ in batch]
            run(_ARRANGE, {"night": night, "now": now, "spread": spread, "sources": sources})
        still = Exists(_kept().filter(pk=OuterRef("source")))
        EvidenceCheck.objects.filter(~still, due_at__isnull=False).update(due_at=None)
    return len(kept)


def look_again(*, by: Actor, now: datetime, check: int) -> None:
    """Have a page looked at now, also one that was set aside; work, so the ledger stays silent.

    Raises Refusal `no_such_row`, `not_allowed`.
    """
    row = _of_theirs(by, check)
    EvidenceCheck.objects.filter(pk=row.pk).update(due_at=now, aside="", lost=0)


def take_note(*, by: Actor, check: int) -> None:
    """Say that an officer has seen what was found last of a page: the desk page leaves it out.

    Work as well. Raises Refusal `no_such_row`, `not_allowed`.
    """
    row = _of_theirs(by, check)
    EvidenceCheck.objects.filter(pk=row.pk).update(seen=row.told)


def _of_theirs(by: Actor, check: int) -> EvidenceCheck:
    """The row, where a negotiation in which they are an officer rests on it, or none does."""
    allowed, row = require(by, Role.OFFICER), find(EvidenceCheck, check, pk=check)
    cited, roles = cited_in(row.source), allowed.roles
    if roles is not None and cited:
        held = {one for one, role in roles.items() if includes(role, Role.OFFICER)}
        if not held & cited:
            raise Refusal("not_allowed", role=Role.OFFICER.value)
    return row


def _kept() -> QuerySet[Any]:
    """Sources that stand, of whose page a text was fetched: a transcription compares with none."""
    texts = Snapshot.objects.filter(
        source__chain=OuterRef("chain"),
        source__published_at__isnull=False,
        capture=Capture.FETCHED.value,
    )
    rows: QuerySet[Any] = Source.objects.filter(published_at__isnull=False, withdrawn=False)
    later = Q(superseded_by__published_at__isnull=False)
    return rows.exclude(later).filter(Exists(texts))


def _know(batch: list[tuple[UUID, int, str]], *, now: datetime) -> None:
    """Rows for documents that are new, and the newest row of those that were corrected."""
    chains = [chain for chain, _, _ in batch]
    rows = EvidenceCheck.objects.filter(chain__in=chains).values_list("chain", "source")
    known = dict(rows)
    fresh = [one for one in batch if known.get(one[0]) != one[1]]
    know_hosts((host_key(url) for _, _, url in fresh), now=now)
    EvidenceCheck.objects.bulk_create(
        [EvidenceCheck(chain=chain, source_id=pk, host=host_key(url)) for chain, pk, url in fresh],
        update_conflicts=True,
        unique_fields=["chain"],
        update_fields=["source", "host"],
    )
