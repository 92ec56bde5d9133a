"""Milestones as they stand, with the dates they slipped from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from negotiations.models import Clocks, Milestone, Track
from negotiations.queries.assembly import Records
from negotiations.queries.held import held, latest_of_each
from negotiations.queries.shapes import MilestoneRecord, MilestoneState
from negotiations.vocabulary import Outcome

_KEY = ("negotiation", "slug")
_OLDEST = ("effective_lower", "effective_upper", "ledger_number")


def milestone_history(track: Any, *, clocks: Clocks) -> list[list[int]]:
    """Ids of the rows of each milestone of a track, oldest first, next due milestone first."""
    latest = latest_of_each(Milestone, key=_KEY, clocks=clocks).filter(tracks=track.pk)
    due = list(latest.order_by("due_lower", "due_upper", "ledger_number").values_list(*_KEY))
    rows: dict[tuple[int, str], list[int]] = {key: [] for key in due}
    mine = Q(pk__in=())
    for negotiation, slug in due:
        mine |= Q(negotiation=negotiation, slug=slug)
    every = held(Milestone, clocks=clocks).filter(mine).order_by(*_OLDEST)
    for negotiation, slug, pk in every.values_list(*_KEY, "pk"):
        rows[negotiation, slug].append(pk)
    return list(rows.values())


def milestone_states(
    histories: Sequence[Sequence[int]], records: Records
) -> tuple[MilestoneState, ...]:
    """Each milestone's latest row and its slips."""
    return tuple(_state([records.milestone[pk] for pk in history]) for history in histories)


def next_milestones(tracks: QuerySet[Track], *, clocks: Clocks) -> dict[int, int]:
    """The earliest open milestone due on or after `on`, by track id; one SQL query."""
    latest = latest_of_each(Milestone, key=_KEY, clocks=clocks)
    ahead = latest.filter(
        tracks=OuterRef("pk"), outcome=Outcome.OPEN.value, due_upper__gte=clocks.on
    )
    soonest = ahead.order_by("due_lower", "due_upper", "ledger_number").values("pk")[:1]
    rows = tracks.annotate(next=Subquery(soonest)).values_list("pk", "next")
    return {track: pk for track, pk in rows if pk is not None}


def _state(rows: list[MilestoneRecord]) -> MilestoneState:
    latest, slips = rows[-1], []
    for row, before in zip(rows, [None, *rows], strict=False):
        # The row that set a date tells of it; later ones with the same date add an outcome.
        if row.due_on != latest.due_on and (before is None or before.due_on != row.due_on):
            slips.append(row)
    return MilestoneState(latest=latest, slips=tuple(slips))
