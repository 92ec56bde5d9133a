"""Milestones as they stand, with the dates they slipped from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from negotiations.models import Clocks, Milestone
from negotiations.queries import held as rows_held
from negotiations.queries.assembly import Records
from negotiations.queries.lanes import day_of
from negotiations.queries.shapes import MilestoneRecord, MilestoneState
from negotiations.queries.walks import held, newest, values_of
from negotiations.sql import array, fetch
from negotiations.vocabulary import Outcome

_KEY = ("negotiation", "slug")
_OLDEST = ("effective_lower", "effective_upper", "ledger_number")


def milestone_history(track: Any, *, clocks: Clocks) -> list[list[int]]:
    """Ids of the rows of each milestone of a track, oldest first, next due milestone first."""
    latest = rows_held.latest_of_each(Milestone, key=_KEY, clocks=clocks).filter(tracks=track.pk)
    due = list(latest.order_by("due_lower", "due_upper", "ledger_number").values_list(*_KEY))
    rows: dict[tuple[int, str], list[int]] = {key: [] for key in due}
    mine = Q(pk__in=())
    for negotiation, slug in due:
        mine |= Q(negotiation=negotiation, slug=slug)
    every = rows_held.held(Milestone, clocks=clocks).filter(mine).order_by(*_OLDEST)
    for negotiation, slug, pk in every.values_list(*_KEY, "pk"):
        rows[negotiation, slug].append(pk)
    return list(rows.values())


def milestone_states(
    histories: Sequence[Sequence[int]], records: Records
) -> tuple[MilestoneState, ...]:
    """Each milestone's latest row and its slips."""
    return tuple(_state([records.milestone[pk] for pk in history]) for history in histories)


@dataclass(frozen=True, slots=True)
class Due:
    """The latest row of a milestone, as far as a board places it; `tracks` are ids."""

    id: int
    outcome: str
    lower: date
    upper: date
    tracks: tuple[int, ...]

    @property
    def stands_on(self) -> date:
        """The day at which it is drawn."""
        return day_of(self.lower, self.upper)


def milestones_of(tracks: Collection[int], *, clocks: Clocks) -> list[Due]:
    """The milestones of these tracks as they stand, in the order of their dates; one SQL query."""
    # A later row of the same milestone counts even where it bears on other tracks.
    rows = fetch(
        f"""
        SELECT latest.id, latest.outcome, latest.due_lower, latest.due_upper, ARRAY(
            SELECT track_id FROM negotiations_milestone_tracks WHERE milestone_id = latest.id)
        FROM (
            SELECT DISTINCT ON (row.negotiation_id, row.slug) row.*
            FROM negotiations_milestone row
            WHERE (row.negotiation_id, row.slug) IN (
                SELECT bearing.negotiation_id, bearing.slug
                FROM negotiations_milestone_tracks link
                    JOIN negotiations_milestone bearing ON bearing.id = link.milestone_id
                WHERE link.track_id = ANY(%(tracks)s::bigint[]))
                AND {held("row", "milestone", clocks=clocks)}
            ORDER BY row.negotiation_id, row.slug, {newest("row")}
        ) latest
        ORDER BY latest.due_lower, latest.due_upper, latest.ledger_number
        """,  # noqa: S608  words of ours
        {**values_of(clocks), "tracks": array(tracks)},
    )
    return [Due(pk, outcome, lower, upper, tuple(on)) for pk, outcome, lower, upper, on in rows]


def next_of(due: Iterable[Due], *, on: date) -> dict[int, Due]:
    """The earliest open one that is due on that day or later, by track id; `due` in that order."""
    found: dict[int, Due] = {}
    for one in due:
        if one.outcome == Outcome.OPEN and one.upper >= on:
            for track in one.tracks:
                found.setdefault(track, one)
    return found


def _state(rows: list[MilestoneRecord]) -> MilestoneState:
    latest, slips = rows[-1], []
    for row, before in zip(rows, [None, *rows], strict=False):
        # The row that set a date tells of it; later ones with the same date add an outcome.
        if row.due_on != latest.due_on and (before is None or before.due_on != row.due_on):
            slips.append(row)
    return MilestoneState(latest=latest, slips=tuple(slips))
