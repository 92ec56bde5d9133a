"""The three clocks as SQL, and the newest entries of a track: for each kind one walk of an index.

`visible` and `held` are the second form of `PublishedQuerySet.visible`, for questions written by
hand; a test holds both to each other. Walks are cut where they may end; the timeline merges pages
of all kinds, the board wants each track's newest. The pieces of text are ours; values go beside
them, by name (`values_of`).
"""

from __future__ import annotations

from datetime import UTC, date
from typing import Any, NamedTuple

from negotiations.models import Clocks
from negotiations.models.statements import Lead

Named = dict[str, Any]


def values_of(clocks: Clocks) -> Named:
    """The values that every walk takes."""
    return {
        "on": clocks.on,
        "known_by": clocks.known_by,
        "known_at": clocks.known_at,
        "as_of": clocks.as_of,
        "last_act": clocks.number,
        "told_until": _told_until(clocks),
    }


def visible(row: str, table: str, *, clocks: Clocks, singly: bool = False) -> str:
    """The condition that this row is seen, as `PublishedQuerySet.visible` has it.

    `row` is its alias; `table` that of the noun, in which a correction would stand. `singly` is for
    walks that end soon: each row is asked for by itself, where the planner would read all first.
    """
    return (
        f"{told(row, clocks)} AND NOT {row}.withdrawn AND NOT EXISTS ("
        f"SELECT FROM negotiations_{table} later WHERE later.supersedes_id IS NOT NULL"
        f" AND later.chain = {row}.chain AND later.ledger_number > {row}.ledger_number"
        f" AND {told('later', clocks)}{' OFFSET 0' if singly else ''})"
    )


def held(row: str, table: str, *, clocks: Clocks) -> str:
    """The condition that this row is seen and effective by `on`."""
    return f"{row}.effective_lower <= %(on)s AND {visible(row, table, clocks=clocks)}"


def said_by(clocks: Clocks, *, track: str | None = None) -> str:
    """The last day on which a statement that is seen can have been said: where a walk begins.

    That is `on`; for a question to the past, the day of the question and a little more. Statements
    that were not told then stand in a row before those that were, and would all be read and put
    aside. `track` is an expression for the id of the track whose statements are looked through,
    none of them stands for all.
    """
    if _told_until(clocks) >= clocks.on:
        return "%(on)s"
    table, where = "statement", ""
    if track is not None:
        table, where = "statementtrack", f" AND track_id = {track}"
    return (
        f"LEAST(%(on)s, %(told_until)s + (SELECT {Lead.template} AS days"  # noqa: S608  our words
        f" FROM negotiations_{table} WHERE published_at IS NOT NULL{where}"
        " ORDER BY days DESC LIMIT 1))"
    )


def _told_until(clocks: Clocks) -> date:
    """The last day, in UTC, on which anything that is told can have been known and published."""
    known = clocks.known_by
    if clocks.known_at is not None:
        known = max(known, clocks.known_at.astimezone(UTC).date())
    return min(known, clocks.as_of.astimezone(UTC).date())


def newest(row: str, noun: str = "effective") -> str:
    """The order of rows, newest first."""
    return f"{row}.{noun}_lower DESC, {row}.{noun}_upper DESC, {row}.ledger_number DESC"


def walk(
    kind: str,
    track: str,
    *,
    clocks: Clocks,
    most: int,
    further: bool = False,
    beside: str | None = None,
) -> str:
    """The newest entries of one kind, `most` of them: kind, id, lower, upper, number.

    `track` is an expression for the track's id; `further` begins after `%(lower)s`, `%(upper)s`
    and `%(number)s`; with `beside`, the alias of another such row or of none, only what is newer
    counts. How many stands in the text: a plan for any number would not walk the index.
    """
    ask = _Ask(clocks, f" LIMIT {most:d}", further, beside)
    match kind:
        case "status_change" | "account":
            return _rows(kind, kind.replace("_", ""), f"row.track_id = {track}", ask)
        case "position":
            inner = _rows(kind, "position", "row.term_id = term.id", ask)
            term = "negotiations_term term"
            return _cut(f"{term} CROSS JOIN LATERAL ({inner}) row", f"term.track_id = {track}", ask)
        case "linkage":
            either = (
                _rows(kind, "linkage", f"row.{end}_track_id = {track}", ask)
                for end in ("from", "to")
            )
            return _cut(f"({' UNION ALL '.join(f'({one})' for one in either)}) row", "true", ask)
        case "milestone":
            # Few rows, and only those of the track are read: there is nothing to walk.
            bears = (
                "row.id = ANY(ARRAY(SELECT link.milestone_id"  # noqa: S608  our words
                f" FROM negotiations_milestone_tracks link WHERE link.track_id = {track}))"
            )
            return _rows(kind, "milestone", bears, ask)
        case _:
            return _statements(track, ask)


class _Ask(NamedTuple):
    """What all parts of a walk have in common."""

    clocks: Clocks
    limit: str
    further: bool
    beside: str | None

    def beyond(self, noun: str) -> str:
        """The condition that a row comes after the key, or is newer, by these bounds."""
        here = f"(row.{noun}_lower, row.{noun}_upper, row.ledger_number)"
        if self.further:
            return f" AND {here} < (%(lower)s, %(upper)s, %(number)s)"
        if self.beside is None:
            return ""
        days = (f"COALESCE({self.beside}.{end}, '-infinity')" for end in ("lower", "upper"))
        return f" AND {here} > ({', '.join(days)}, COALESCE({self.beside}.number, 0))"


def _rows(kind: str, table: str, wanted: str, ask: _Ask) -> str:
    return (
        f"SELECT '{kind}' AS kind, row.id, row.effective_lower AS lower,"  # noqa: S608  our words
        f" row.effective_upper AS upper, row.ledger_number AS number"
        f" FROM negotiations_{table} row"
        f" WHERE {wanted} AND {held('row', table, clocks=ask.clocks)}{ask.beyond('effective')}"
        f" ORDER BY {newest('row')}{ask.limit}"
    )


def _statements(track: str, ask: _Ask) -> str:
    return (
        "SELECT 'statement' AS kind, row.statement_id AS id, row.said_lower AS lower,"  # noqa: S608
        " row.said_upper AS upper, row.ledger_number AS number"
        " FROM negotiations_statementtrack row"
        f" WHERE row.track_id = {track} AND row.said_lower <= {said_by(ask.clocks, track=track)}"
        f" AND {visible('row', 'statement', clocks=ask.clocks, singly=True)}{ask.beyond('said')}"
        f" ORDER BY {newest('row', 'said')}{ask.limit}"
    )


def _cut(rows: str, wanted: str, ask: _Ask) -> str:
    return (
        f"SELECT row.* FROM {rows} WHERE {wanted}"  # noqa: S608  our words
        f" ORDER BY row.lower DESC, row.upper DESC, row.number DESC{ask.limit}"
    )


def told(row: str, clocks: Clocks) -> str:
    """The condition that this row is on both clocks, as `PublishedQuerySet.told` has it."""
    known = f"{row}.known_on <= %(known_by)s"
    if clocks.known_at is not None:
        known = f"({row}.known_at IS NULL AND {known} OR {row}.known_at <= %(known_at)s)"
    if clocks.number is not None:
        known = f"{known} AND {row}.ledger_number <= %(last_act)s"
    # What is told comes in the order in which it was said, which the planner cannot know: it would
    # think the row it looks for rare, and read and sort them all. In COALESCE it counts on half.
    return f"COALESCE({known} AND {row}.published_at <= %(as_of)s, false)"
