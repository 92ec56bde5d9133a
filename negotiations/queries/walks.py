"""The newest entries of a track as SQL: for each kind one walk of an index, cut where enough is found.

Shared by the timeline, which merges pages of all kinds, and the board, which wants each track's
newest. The pieces of text are ours; values go beside them, by name (`values_of`).
"""

from __future__ import annotations

from typing import Any

from negotiations.models import Clocks

Named = dict[str, Any]


def values_of(clocks: Clocks) -> Named:
    """The values that every walk takes."""
    return {
        "on": clocks.on,
        "known_by": clocks.known_by,
        "known_at": clocks.known_at,
        "as_of": clocks.as_of,
    }


def visible(row: str, table: str, *, clocks: Clocks) -> str:
    """The condition that this row is seen, as `PublishedQuerySet.visible` has it.

    `row` is its alias; `table` that of the noun, in which a correction would stand.
    """
    return (
        f"{_told(row, clocks)} AND NOT {row}.withdrawn AND NOT EXISTS ("
        f"SELECT FROM negotiations_{table} later WHERE later.supersedes_id IS NOT NULL"
        f" AND later.chain = {row}.chain AND later.ledger_number > {row}.ledger_number"
        f" AND {_told('later', clocks)})"
    )


def held(row: str, table: str, *, clocks: Clocks) -> str:
    """The condition that this row is seen and effective by `on`."""
    return f"{row}.effective_lower <= %(on)s AND {visible(row, table, clocks=clocks)}"


def newest(row: str, noun: str = "effective") -> str:
    """The order of rows, newest first."""
    return f"{row}.{noun}_lower DESC, {row}.{noun}_upper DESC, {row}.ledger_number DESC"


def walk(kind: str, track: str, *, clocks: Clocks, further: bool = False) -> str:
    """The newest entries of one kind: kind, id, lower, upper, number; at most `%(most)s` of them.

    `track` is an expression for the track's id; `further` begins after `%(lower)s`, `%(upper)s`
    and `%(number)s`.
    """
    match kind:
        case "status_change":
            return _rows(kind, "statuschange", f"row.track_id = {track}", clocks, further)
        case "position":
            inner = _rows(kind, "position", "row.term_id = term.id", clocks, further)
            term = "negotiations_term term"
            return _cut(f"{term} CROSS JOIN LATERAL ({inner}) row", f"term.track_id = {track}")
        case "linkage":
            either = (
                _rows(kind, "linkage", f"row.{end}_track_id = {track}", clocks, further)
                for end in ("from", "to")
            )
            return _cut(f"({' UNION ALL '.join(f'({one})' for one in either)}) row", "true")
        case "milestone":
            # Few rows, and only those of the track are read: there is nothing to walk.
            bears = (
                "row.id = ANY(ARRAY(SELECT link.milestone_id"
                f" FROM negotiations_milestone_tracks link WHERE link.track_id = {track}))"
            )
            return _rows(kind, "milestone", bears, clocks, further)
        case _:
            return _statements(track, clocks, further)


def _rows(kind: str, table: str, wanted: str, clocks: Clocks, further: bool) -> str:
    return (
        f"SELECT '{kind}' AS kind, row.id, row.effective_lower AS lower,"  # noqa: S608  our words
        f" row.effective_upper AS upper, row.ledger_number AS number"
        f" FROM negotiations_{table} row"
        f" WHERE {wanted} AND {held('row', table, clocks=clocks)}{_beyond('effective', further)}"
        f" ORDER BY {newest('row')} LIMIT %(most)s"
    )


def _statements(track: str, clocks: Clocks, further: bool) -> str:
    return (
        "SELECT 'statement' AS kind, row.statement_id AS id, row.said_lower AS lower,"  # noqa: S608
        " row.said_upper AS upper, row.ledger_number AS number"
        " FROM negotiations_statementtrack row"
        f" WHERE row.track_id = {track} AND row.said_lower <= %(on)s"
        f" AND {visible('row', 'statement', clocks=clocks)}{_beyond('said', further)}"
        f" ORDER BY {newest('row', 'said')} LIMIT %(most)s"
    )


def _cut(rows: str, wanted: str) -> str:
    return (
        f"SELECT row.* FROM {rows} WHERE {wanted}"  # noqa: S608  our words
        " ORDER BY row.lower DESC, row.upper DESC, row.number DESC LIMIT %(most)s"
    )


def _beyond(noun: str, further: bool) -> str:
    if not further:
        return ""
    here = f"(row.{noun}_lower, row.{noun}_upper, row.ledger_number)"
    return f" AND {here} < (%(lower)s, %(upper)s, %(number)s)"


def _told(row: str, clocks: Clocks) -> str:
    known = f"{row}.known_on <= %(known_by)s"
    if clocks.known_at is not None:
        known = f"({row}.known_at IS NULL AND {known} OR {row}.known_at <= %(known_at)s)"
    return f"{known} AND {row}.published_at <= %(as_of)s"
