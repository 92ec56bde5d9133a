"""Milestones as they stand, with the dates they slipped from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from negotiations.models import Clocks
from negotiations.queries.assembly import Records
from negotiations.queries.lanes import day_of
from negotiations.queries.shapes import MilestoneRecord, MilestoneState
from negotiations.queries.walks import held, newest, values_of
from negotiations.sql import array, fetch
from negotiations.vocabulary import Outcome


def milestone_history(track: int, *, clocks: Clocks) -> list[list[int]]:
    """Ids of the rows of each milestone of a track, oldest first, next due milestone first."""
    rows = fetch(
        f"""
        SELECT latest.id, told.id
        FROM ({_latest(clocks)}) latest
        JOIN negotiations_milestone_tracks link
            ON link.milestone_id = latest.id AND link.track_id = ANY(%(tracks)s::bigint[])
        JOIN negotiations_milestone told
            ON told.negotiation_id = latest.negotiation_id AND told.slug = latest.slug
                AND {held("told", "milestone", clocks=clocks)}
        ORDER BY latest.due_lower, latest.due_upper, latest.ledger_number,
            told.effective_lower, told.effective_upper, told.ledger_number
        """,  # noqa: S608  words of ours
        {**values_of(clocks), "tracks": array([track])},
    )
    histories: dict[int, list[int]] = {}
    for latest, pk in rows:
        histories.setdefault(latest, []).append(pk)
    return list(histories.values())


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
    slug: str

    @property
    def stands_on(self) -> date:
        """The day at which it is drawn."""
        return day_of(self.lower, self.upper)


def milestones_of(tracks: Collection[int], *, clocks: Clocks) -> list[Due]:
    """The milestones of these tracks as they stand, in the order of their dates; one SQL query."""
    rows = fetch(
        f"""
        SELECT latest.id, latest.outcome, latest.due_lower, latest.due_upper, ARRAY(
            SELECT track_id FROM negotiations_milestone_tracks WHERE milestone_id = latest.id),
            latest.slug
        FROM ({_latest(clocks)}) latest
        ORDER BY latest.due_lower, latest.due_upper, latest.ledger_number
        """,  # noqa: S608  words of ours
        {**values_of(clocks), "tracks": array(tracks)},
    )
    return [
        Due(pk, outcome, lower, upper, tuple(on), slug)
        for pk, outcome, lower, upper, on, slug in rows
    ]


def next_of(due: Iterable[Due], *, on: date) -> dict[int, Due]:
    """The earliest open one that is due on that day or later, by track id; `due` in that order."""
    found: dict[int, Due] = {}
    for one in due:
        if one.outcome == Outcome.OPEN and one.upper >= on:
            for track in one.tracks:
                found.setdefault(track, one)
    return found


def _latest(clocks: Clocks) -> str:
    """SQL: the latest row of each milestone that any row has bear on one of `%(tracks)s`.

    A later row of the same milestone counts even where it bears on other tracks.
    """
    return f"""
        SELECT DISTINCT ON (row.negotiation_id, row.slug) row.* FROM negotiations_milestone row
        WHERE (row.negotiation_id, row.slug) IN (
            SELECT bearing.negotiation_id, bearing.slug
            FROM negotiations_milestone_tracks link
                JOIN negotiations_milestone bearing ON bearing.id = link.milestone_id
            WHERE link.track_id = ANY(%(tracks)s::bigint[]))
            AND {held("row", "milestone", clocks=clocks)}
        ORDER BY row.negotiation_id, row.slug, {newest("row")}
    """  # noqa: S608  words of ours


def _state(rows: list[MilestoneRecord]) -> MilestoneState:
    latest, slips = rows[-1], []
    for row, before in zip(rows, [None, *rows], strict=False):
        # The row that set a date tells of it; later ones with the same date add an outcome.
        if row.due_on != latest.due_on and (before is None or before.due_on != row.due_on):
            slips.append(row)
    return MilestoneState(latest=latest, slips=tuple(slips))
