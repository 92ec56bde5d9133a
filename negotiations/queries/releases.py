"""Approvals under embargo, as the desk sees them; nobody else does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from negotiations.desk_words import ReleaseState
from negotiations.models import Release
from negotiations.queries.drafts import drafts_named
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.desk import DraftRow

_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """One approval: waiting, or held with the code of its refusal.

    `drafts` are those of its items that are drafts still and the account's to see; `lost` counts
    the others.
    """

    id: int
    state: str
    refusal: str
    release_at: datetime
    approved_at: datetime
    approved_by: str
    mine: bool
    waiver: str
    drafts: tuple[DraftRow, ...]
    lost: int


def releases(seat: Seat) -> tuple[ReleaseRow, ...]:
    """What waits or is held, soonest first: the account's own, and where it sees a draft of it.

    One SQL query, and those of the drafts whatever their number.
    """
    open_states = (ReleaseState.WAITING.value, ReleaseState.HELD.value)
    rows = Release.objects.filter(state__in=open_states).select_related("approved_by")
    return _told(rows.order_by("release_at", "pk")[:_MOST], seat)


def releases_of(items: Iterable[tuple[str, int]], *, seat: Seat) -> tuple[ReleaseRow, ...]:
    """The approvals that wait or are held with any of these drafts among their items."""
    wanted = {(noun, id) for noun, id in items}
    told = releases(seat)
    return tuple(r for r in told if wanted & {(draft.noun, draft.id) for draft in r.drafts})


def _told(rows: Iterable[Any], seat: Seat) -> tuple[ReleaseRow, ...]:
    found = list(rows)
    items = [(noun, id) for row in found for noun, id, _ in row.items]
    seen = {(draft.noun, draft.id): draft for draft in drafts_named(items, seat=seat)}
    return tuple(
        _release(row, seat, seen)
        for row in found
        if row.approved_by_id == seat.officer or _concerns(row, seen)
    )


def _concerns(row: Any, seen: dict[tuple[str, int], DraftRow]) -> bool:
    """Whether the account sees more of it than sources, which belong to every desk."""
    found = [noun for noun, id, _ in row.items if (noun, id) in seen]
    return len(found) == len(row.items) or any(noun != "source" for noun in found)


def _release(row: Any, seat: Seat, seen: dict[tuple[str, int], DraftRow]) -> ReleaseRow:
    drafts = tuple(seen[noun, id] for noun, id, _ in row.items if (noun, id) in seen)
    return ReleaseRow(
        id=row.pk, state=row.state, refusal=row.refusal, release_at=row.release_at,
        approved_at=row.approved_at,
        approved_by=row.approved_by.first_name or row.approved_by.username,
        mine=row.approved_by_id == seat.officer, waiver=row.waiver, drafts=drafts,
        lost=len(row.items) - len(drafts),
    )  # fmt: skip
