"""A negotiation at one look."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Self

from negotiations.models import Clocks
from negotiations.queries.assembly import Records
from negotiations.queries.clocks import clocks_used
from negotiations.queries.entries import KINDS
from negotiations.queries.layouts import Layout
from negotiations.queries.milestones import Due, next_of, overdue_of
from negotiations.queries.pieces import Tellers, records_of
from negotiations.queries.shapes import Board, BoardRow, MilestoneRecord
from negotiations.queries.states import Standing, standings, states
from negotiations.queries.utterance_days import day_of
from negotiations.queries.walks import values_of, walk
from negotiations.sql import array, fetch

_OTHERS = tuple(kind for kind in KINDS if kind != "statement")


def board(laid: Layout, *, tell: Tellers = records_of) -> Board:
    """Every track of a negotiation and where it stands.

    Four SQL queries, six more for what has no piece; `tell` says in which form its rows come.
    """
    (found,) = boards([laid], tell=tell)
    return found


def boards(laid: Sequence[Layout], *, tell: Tellers = records_of) -> list[Board]:
    """The boards of negotiations laid out under the same clocks; no query more than for one."""
    if not laid:
        return []
    clocks = laid[0].clocks
    tracks = [track for one in laid for track in one.plan.tracks]
    where = standings(tracks, clocks=clocks)
    beside = [_Beside.of(one, on=clocks.on) for one in laid]
    records = tell(
        clocks=clocks,
        status_change={pk for standing in where for pk in standing.status_change_ids},
        milestone={due.id for one in beside for due in (*one.next.values(), *one.overdue.values())},
    )
    last = _last_entries([track.pk for track in tracks], clocks=clocks)
    standing = {one.track.pk: one for one in where}
    return [
        Board(
            negotiation=one.negotiation,
            rows=tuple(_rows(one, standing, records=records, last=last, beside=dates)),
            clocks=clocks_used(clocks),
            ledger_number=one.ledger_number,
        )
        for one, dates in zip(laid, beside, strict=True)
    ]


class _Beside(NamedTuple):
    """The milestones that stand in a board's rows, by track."""

    next: Mapping[int, Due]
    overdue: Mapping[int, Due]

    @classmethod
    def of(cls, laid: Layout, *, on: date) -> Self:
        return cls(next_of(laid.due, on=on), overdue_of(laid.due, on=on))


def _rows(
    laid: Layout,
    standing: Mapping[int, Standing],
    *,
    records: Records,
    last: Mapping[int, _Last],
    beside: _Beside,
) -> Iterator[BoardRow]:
    where = [standing[track.pk] for track in laid.plan.tracks]
    stand = states(where, records=records.status_change, parties=laid.parties)
    for (track, depth), state in zip(laid.plan.placed, stand, strict=True):
        newest = last.get(track.pk)
        yield BoardRow(
            state=state,
            depth=depth,
            last_entry_on=newest and newest.entry_on,
            last_said_on=newest and newest.said_on,
            next_milestone=_told(beside.next.get(track.pk), records.milestone),
            overdue_milestone=_told(beside.overdue.get(track.pk), records.milestone),
        )


def _told(due: Due | None, records: Mapping[int, MilestoneRecord]) -> MilestoneRecord | None:
    return records[due.id] if due else None


class _Last(NamedTuple):
    """The date, as recorded, of a track's newest entry, and the day of its newest statement."""

    entry_on: str
    said_on: date | None


def _last_entries(tracks: Collection[int], *, clocks: Clocks) -> dict[int, _Last]:
    """The newest of each track's timeline, where there is anything; one SQL query.

    Most often that is a statement, so of the other kinds only what is newer is looked for.
    """
    others = " UNION ALL ".join(
        f"({walk(kind, 'here.track', clocks=clocks, most=1, beside='said')})" for kind in _OTHERS
    )
    dates = " ".join(
        f"WHEN '{kind}' THEN (SELECT effective_on FROM negotiations_{kind.replace('_', '')}"  # noqa: S608
        " WHERE id = other.id)"
        for kind in _OTHERS
    )
    rows = fetch(
        f"""
        SELECT here.track, CASE other.kind {dates}
            ELSE (SELECT said_on FROM negotiations_statement WHERE id = said.id) END,
            said.lower, said.upper
        FROM unnest(%(tracks)s::bigint[]) here (track)
        LEFT JOIN LATERAL ({walk("statement", "here.track", clocks=clocks, most=1)}) said ON true
        LEFT JOIN LATERAL (
            SELECT kind, id FROM ({others}) newest
            ORDER BY lower DESC, upper DESC, number DESC LIMIT 1
        ) other ON true
        WHERE said.id IS NOT NULL OR other.id IS NOT NULL
        """,  # noqa: S608  words of ours
        {**values_of(clocks), "tracks": array(tracks)},
    )
    return {
        track: _Last(entry_on, min(day_of(lower, upper), clocks.on) if lower else None)
        for track, entry_on, lower, upper in rows
    }
