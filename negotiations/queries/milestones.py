"""Milestones as they stand, with the dates they slipped from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import NamedTuple, TypeVar

from negotiations.models import Clocks
from negotiations.queries.assembly import Records
from negotiations.queries.shapes import MilestoneRecord, MilestoneState
from negotiations.queries.spans import HasDueDate, days_late, days_left, shift, span_of
from negotiations.queries.utterance_days import day_of
from negotiations.queries.walks import held, newest, values_of
from negotiations.sql import array, fetch
from negotiations.vocabulary import Outcome

R = TypeVar("R")
# So many dates of a milestone are told, from the present one back: a page may not cost more the
# longer its record is. How often and how far it moved counts all of them.
MOST_DATES = 20


class DueRow(NamedTuple):
    """One row of a milestone: its date as recorded, with its bounds."""

    id: int
    due_on: str
    due_lower: date
    due_upper: date

    @property
    def day(self) -> date:
        """The day at which it is drawn."""
        return day_of(self.due_lower, self.due_upper)


def milestone_history(track: int, *, clocks: Clocks) -> list[list[DueRow]]:
    """The rows of each milestone of a track, oldest first, next due milestone first."""
    here = """
        JOIN negotiations_milestone_tracks link
            ON link.milestone_id = latest.id AND link.track_id = ANY(%(tracks)s::bigint[])
    """
    values = {**values_of(clocks), "tracks": array([track])}
    return _histories(_latest(clocks), here, values, clocks=clocks)


def milestone_histories(negotiation: int, *, clocks: Clocks) -> list[list[DueRow]]:
    """The same of all milestones of a negotiation; one SQL query."""
    latest = _newest(f"row.negotiation_id = {negotiation:d}", clocks)
    return _histories(latest, "", values_of(clocks), clocks=clocks)


def _histories(
    latest: str, here: str, values: Mapping[str, object], *, clocks: Clocks
) -> list[list[DueRow]]:
    rows = fetch(
        f"""
        SELECT latest.id, told.id, told.due_on, told.due_lower, told.due_upper
        FROM ({latest}) latest {here}
        JOIN negotiations_milestone told
            ON told.negotiation_id = latest.negotiation_id AND told.slug = latest.slug
                AND {held("told", "milestone", clocks=clocks)}
        ORDER BY latest.due_lower, latest.due_upper, latest.ledger_number,
            told.effective_lower, told.effective_upper, told.ledger_number
        """,  # noqa: S608  words of ours
        dict(values),
    )
    histories: dict[int, list[DueRow]] = {}
    for standing, *row in rows:
        histories.setdefault(standing, []).append(DueRow(*row))
    return list(histories.values())


def told_rows(histories: Collection[Sequence[DueRow]]) -> set[int]:
    """Ids of the rows of which `milestone_states` needs the records: of each milestone the rows
    that set its MOST_DATES newest dates, and the latest.
    """
    dates = {
        pk
        for rows in histories
        for pk in date_setters([(row.id, row.due_on) for row in rows])[-MOST_DATES:]
    }
    return dates.union(rows[-1].id for rows in histories)


def milestone_states(
    histories: Sequence[Sequence[DueRow]], records: Records, *, on: date
) -> tuple[MilestoneState, ...]:
    """How each milestone stands on that day, with the dates it slipped from.

    `records` hold those of `told_rows`.
    """
    told = records.milestone
    return tuple(_state([(row, told.get(row.id)) for row in rows], on=on) for rows in histories)


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone as far as a board places it: its latest row, and all of them, oldest first.

    `tracks` are ids.
    """

    id: int
    outcome: str
    lower: date
    upper: date
    tracks: tuple[int, ...]
    rows: tuple[DueRow, ...]
    slug: str

    @property
    def stands_on(self) -> date:
        """The day at which it is drawn."""
        return day_of(self.lower, self.upper)

    @property
    def slips(self) -> list[DueRow]:
        """The rows that set its earlier dates."""
        return slipped([(row, row.due_on) for row in self.rows])

    @property
    def days(self) -> list[date]:
        """All days at which it is or was drawn."""
        return [self.stands_on, *(slip.day for slip in self.slips)]


def milestones_of(tracks: Collection[int], *, clocks: Clocks) -> list[Due]:
    """The milestones of these tracks as they stand, in the order of their dates; one SQL query."""
    order = "ORDER BY told.effective_lower, told.effective_upper, told.ledger_number"
    told = ("id", "due_on", "due_lower", "due_upper")
    rows = fetch(
        f"""
        SELECT latest.id, latest.outcome, latest.due_lower, latest.due_upper, ARRAY(
            SELECT track_id FROM negotiations_milestone_tracks WHERE milestone_id = latest.id),
            latest.slug, history.*
        FROM ({_latest(clocks)}) latest
        CROSS JOIN LATERAL (
            SELECT {", ".join(f"array_agg(told.{column} {order})" for column in told)}
            FROM negotiations_milestone told
            WHERE told.negotiation_id = latest.negotiation_id AND told.slug = latest.slug
                AND {held("told", "milestone", clocks=clocks)}
        ) history
        ORDER BY latest.due_lower, latest.due_upper, latest.ledger_number
        """,  # noqa: S608  words of ours
        {**values_of(clocks), "tracks": array(tracks)},
    )
    return [
        Due(pk, outcome, lower, upper, tuple(on), tuple(map(DueRow, *history)), slug)
        for pk, outcome, lower, upper, on, slug, *history in rows
    ]


def next_of(due: Iterable[Due], *, on: date) -> dict[int, Due]:
    """The earliest open one that is due on that day or later, by track id; `due` in that order."""
    found: dict[int, Due] = {}
    for one in due:
        if one.outcome == Outcome.OPEN and one.upper >= on:
            for track in one.tracks:
                found.setdefault(track, one)
    return found


def overdue_of(due: Iterable[Due], *, on: date) -> dict[int, Due]:
    """The latest open one whose day was over before that day, by track id; `due` in that order."""
    found: dict[int, Due] = {}
    for one in due:
        if one.outcome == Outcome.OPEN and one.upper < on:
            found |= dict.fromkeys(one.tracks, one)
    return found


def milestone_state(rows: Sequence[MilestoneRecord], *, on: date) -> MilestoneState:
    """How a milestone of these rows, oldest first, stands on that day; all its dates are told."""
    return _state([(row, row) for row in rows], on=on)


def _state(
    rows: Sequence[tuple[HasDueDate, MilestoneRecord | None]], *, on: date
) -> MilestoneState:
    """The same; the earlier dates of which there is no record count, and are not told."""
    dates = date_setters([(row, row[0].due_on) for row in rows])
    spans = [span_of(date) for date, _ in dates]
    moves = [shift(before, after) for before, after in pairwise(spans)]
    *slips, present = (record for _, record in dates if record is not None)
    latest = rows[-1][1] or present
    left_out = len(moves) - len(slips)
    is_open = latest.outcome == Outcome.OPEN
    return MilestoneState(
        latest=latest,
        slips=tuple(slips),
        moves=tuple(moves[left_out:]),
        cut=left_out > 0,
        times_moved=sum(move.is_move for move in moves),
        moved=shift(spans[0], spans[-1]) if len(spans) > 1 else None,
        set_on=present.effective_on,
        set_by=present.basis[0].parties,
        set_in=present.basis[0],
        days_left=days_left(on, spans[-1]) if is_open else None,
        days_late=days_late(on, spans[-1]) if is_open else None,
    )


def _latest(clocks: Clocks) -> str:
    """SQL: the latest row of each milestone that any row has bear on one of `%(tracks)s`.

    A later row of the same milestone counts even where it bears on other tracks.
    """
    bearing = """(row.negotiation_id, row.slug) IN (
        SELECT bearing.negotiation_id, bearing.slug
        FROM negotiations_milestone_tracks link
            JOIN negotiations_milestone bearing ON bearing.id = link.milestone_id
        WHERE link.track_id = ANY(%(tracks)s::bigint[]))"""
    return _newest(bearing, clocks)


def _newest(which: str, clocks: Clocks) -> str:
    return f"""
        SELECT DISTINCT ON (row.negotiation_id, row.slug) row.* FROM negotiations_milestone row
        WHERE {which} AND {held("row", "milestone", clocks=clocks)}
        ORDER BY row.negotiation_id, row.slug, {newest("row")}
    """  # noqa: S608  words of ours


def slipped(rows: Sequence[tuple[R, str]]) -> list[R]:
    """Of a milestone's rows with their dates, oldest first, those that set an earlier date."""
    return date_setters(rows)[:-1]


def date_setters(rows: Sequence[tuple[R, str]]) -> list[R]:
    """The rows that set a date each; later ones with the same date add an outcome."""
    return [next(same)[0] for _, same in groupby(rows, key=lambda row: row[1])]
