"""Triage of what feeds caught: taken up, dismissed, snoozed, given to somebody; never published.

It is work of the desk and no act on the record, so it leaves no entry in the ledger: the clipping
itself says who decided, when and why. Two officers at once: the second one is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from negotiations.addresses import address_digests
from negotiations.desk_words import ClippingState, Role
from negotiations.models import Clipping, Source
from negotiations.operations.captures import request_capture
from negotiations.operations.lookups import find
from negotiations.operations.permissions import Actor, require
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal

LONGEST_REASON = 500
LONGEST_SNOOZE = timedelta(days=366)
_OPEN = (ClippingState.NEW.value, ClippingState.SNOOZED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Where an accepted clipping goes on: a source that is known, or the capture of its page."""

    source: int | None
    capture: int | None


def accept_clipping(*, by: Actor, now: datetime, clipping: int, version: int) -> Accepted:
    """Take it up: its source where one of its addresses is known, else a capture is asked for.

    Raises Refusal `no_such_row`, `not_allowed`, `version_conflict`, `clipping_decided`.
    """
    with _deciding(by, now, clipping, version, ClippingState.ACCEPTED) as row:
        known = _known(row)
        if known is None:
            row.capture_id = request_capture(by=by, now=now, url=row.url)
        return Accepted(source=known, capture=row.capture_id)


def dismiss_clipping(*, by: Actor, now: datetime, clipping: int, version: int, reason: str) -> None:
    """Put it away, with the reason. As `accept_clipping`, and
    `no_dismissal_reason`, `too_long`."""
    said = clean(reason, at="/reason")
    if not said:
        raise Refusal("no_dismissal_reason", at="/reason")
    if len(said) > LONGEST_REASON:
        raise Refusal("too_long", at="/reason", name="reason", most=LONGEST_REASON)
    with _deciding(by, now, clipping, version, ClippingState.DISMISSED) as row:
        row.reason = said


def snooze_clipping(
    *, by: Actor, now: datetime, clipping: int, version: int, until: datetime
) -> None:
    """Let it come back at a moment within a year. As `accept_clipping`, and `bad_moment`."""
    if not now < until <= now + LONGEST_SNOOZE:
        raise Refusal("bad_moment", at="/until")
    with _deciding(by, now, clipping, version, ClippingState.SNOOZED) as row:
        row.snoozed_until = until


def assign_clipping(*, by: Actor, clipping: int, version: int, officer: int | None) -> None:
    """Give it to an officer of its negotiation, or to nobody. As `accept_clipping`."""
    with _writing(by, clipping, version) as row:
        if officer is not None:
            require(Actor(officer=officer), Role.OFFICER).within([row.negotiation_id])
        row.assigned_to_id = officer


def reopen_clipping(*, by: Actor, clipping: int, version: int) -> None:
    """Put a decided or snoozed one back into the queue. As `accept_clipping`."""
    with _writing(by, clipping, version, decided=True) as row:
        row.state, row.snoozed_until = ClippingState.NEW.value, None
        row.reason, row.decided_by, row.decided_at = "", None, None


@contextmanager
def _writing(
    by: Actor, clipping: int, version: int, *, decided: bool = False
) -> Iterator[Clipping]:
    with transaction.atomic():
        row = find(Clipping.objects.select_for_update(of=("self",)), clipping, pk=clipping)
        require(by, Role.OFFICER).within([row.negotiation_id])
        if row.state not in _OPEN and not decided:
            raise Refusal("clipping_decided")
        if row.version != version:
            raise Refusal("version_conflict", at="/version", version=row.version)
        yield row
        row.version += 1
        row.save()


@contextmanager
def _deciding(
    by: Actor, now: datetime, clipping: int, version: int, state: ClippingState
) -> Iterator[Clipping]:
    with _writing(by, clipping, version) as row:
        row.state, row.decided_by_id, row.decided_at = state.value, by.officer, now
        row.snoozed_until = None
        yield row


def _known(row: Clipping) -> int | None:
    """The source at one of its addresses: its own, or that of another print."""
    urls = [row.url, *row.reprints.values_list("url", flat=True)]
    digests = {digest for url in urls for digest in address_digests(url)}
    chains = Source.objects.filter(url_sha256__in=digests).values("chain")
    rows = Source.objects.filter(chain__in=chains, withdrawn=False)
    return rows.order_by("-ledger_number", "-pk").values_list("pk", flat=True).first()
