"""The newest published rows with these words: walked through in order, or by the inverted index.

Frequent words end early on the walk, rare ones come from the index, which is read by windows of
months, so that neither reads the whole record (README, “Search”). All SQL is sent with its values
in it: a prepared statement would get one plan for frequent and rare words alike, which is several
times slower for one of them. Django prepares none, and a test sees to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from negotiations.models import Clocks

Key = tuple[date, date, int]
Row = tuple[int, Key]

# Rows looked at before we know whether a word is frequent, the share of hits from which on it is,
# and how many rows are then looked at in one go.
FIRST_STEPS = 300
FREQUENT = 0.03
FURTHER_STEPS = 5_000
# Months that a window takes in, one after the other; then all that are left.
_WINDOWS = (3, 12)
_MOST_MONTHS = 60

_KEY = "lower, upper, ledger_number"
_ORDER = "lower DESC, upper DESC, ledger_number DESC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to look for: `words` as a tsquery, in a noun, with facets (`#n3`), between two days.

    `bottom` and `top` hold vague dates of which any day may be meant; `newest` leaves out what has
    a higher ledger number.
    """

    words: str
    noun: str
    clocks: Clocks
    negotiation: int | None = None
    facets: tuple[str, ...] = ()
    bottom: date | None = None
    top: date | None = None
    newest: int | None = None

    @property
    def query(self) -> str:
        """The words and the facets as one tsquery."""
        return " & ".join((f"({self.words})", *(f"'{facet}'" for facet in self.facets)))


def newest(wanted: Wanted, *, after: Key | None, need: int) -> list[Row]:
    """The newest visible rows (ids and sort keys) older than `after`; `need` at most."""
    found: list[Row] = []
    bottom = wanted.bottom
    if bottom is None or after is None or after[0] >= bottom:
        found = _within(wanted, after=after, need=need)
    if bottom is not None and len(found) < need:
        # What began before the first day and may have ended on it or later.
        months = (f"'#m{_number(_month(bottom))}'", "'#v'")
        where = "AND lower < %(bottom)s AND upper >= %(bottom)s"
        found += _indexed(wanted, where, months, after=after, need=need - len(found))
    return found


def _within(wanted: Wanted, *, after: Key | None, need: int) -> list[Row]:
    found, place = _walk(wanted, after=after, need=need, steps=FIRST_STEPS)
    if len(found) >= need or place is None:
        return found
    if len(found) >= FREQUENT * FIRST_STEPS:
        steps = min(FURTHER_STEPS, 2 * (need - len(found)) * FIRST_STEPS // len(found))
        more, place = _walk(wanted, after=place, need=need - len(found), steps=steps)
        found += more
        if len(found) >= need or place is None:
            return found
    for where, months in _windows(place[0], wanted.bottom):
        found += _indexed(wanted, where, months, after=place, need=need - len(found))
        if len(found) >= need:
            break
    return found


def _windows(top: date, bottom: date | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Conditions and facets of each window, from the newest; within `bottom` where it is given."""
    above = "AND lower >= %(bottom)s" if bottom else ""
    month, last = _month(top), _month(bottom) if bottom else _month(date.min)
    for span in _WINDOWS:
        least = max(month - span + 1, last)
        yield above, tuple(f"'#m{_number(n)}'" for n in range(least, month + 1))
        month = least - 1
        if month < last:
            return
    months: tuple[str, ...] = ()
    if bottom and month - last < _MOST_MONTHS:
        months = tuple(f"'#m{_number(n)}'" for n in range(last, month + 1))
    yield f"{above} AND lower < DATE '{_first_day(month + 1).isoformat()}'", months


def _walk(
    wanted: Wanted, *, after: Key | None, need: int, steps: int
) -> tuple[list[Row], Key | None]:
    """Hits among the next `steps` rows, newest first, and where the last of them stands.

    No place: the walk came to the end. The database stops as soon as it has `need`.
    """
    scope = (
        "foremost AND noun = %(noun)s"
        if wanted.negotiation is None
        else "negotiation_id = %(negotiation)s AND noun = %(noun)s"
    )
    rows = _ask(
        f"""
        SELECT object_id, {_KEY}, hit, n FROM (
            SELECT object_id, {_KEY}, row_number() OVER () AS n,
                words @@ %(query)s::tsquery AND {_told(wanted)}
                    AND NOT {_replaced(wanted)} AS hit
            FROM (
                SELECT * FROM negotiations_searchable
                WHERE {scope} {_older(after)} {_range(wanted)}
                    {"AND lower >= %(bottom)s" if wanted.bottom else ""}
                ORDER BY {_ORDER} LIMIT %(steps)s) one
            ) seen
        WHERE hit OR n = %(steps)s LIMIT %(need)s
        """,  # noqa: S608  conditions of our own; values are parameters
        wanted,
        after=after,
        need=need,
        steps=steps,
    )
    found = [_row(row) for row in rows if row[4]]
    return found, _row(rows[-1])[1] if rows and rows[-1][5] == steps else None


def _indexed(
    wanted: Wanted, where: str, months: tuple[str, ...], *, after: Key | None, need: int
) -> list[Row]:
    """Hits by the inverted index; what has replaced them is looked for in order, as far as needed.

    The hits are made ready first, so that no plan walks through the record for them.
    """
    scope, query = "foremost", wanted.query
    if wanted.negotiation is not None:
        scope = "negotiation_id = %(negotiation)s"
        query += f" & '#n{wanted.negotiation}'"
    if months:
        query += f" & ({' | '.join(months)})"
    rows = _ask(
        f"""
        WITH one AS MATERIALIZED (
            SELECT object_id, {_KEY}, chain FROM negotiations_searchable
            WHERE words @@ %(query)s::tsquery AND {scope} AND noun = %(noun)s
                AND {_told(wanted)} {_older(after)} {_range(wanted)} {where})
        SELECT object_id, {_KEY} FROM (SELECT * FROM one ORDER BY {_ORDER} OFFSET 0) one
        WHERE (NOT {_replaced(wanted)}) IS TRUE ORDER BY {_ORDER} LIMIT %(need)s
        """,  # noqa: S608  conditions of our own; values are parameters
        wanted,
        after=after,
        need=need,
        query=query,
    )
    return [_row(row) for row in rows]


def _ask(sql: str, wanted: Wanted, *, after: Key | None, **more: Any) -> list[tuple[Any, ...]]:
    lower, upper, number = after or (None, None, None)
    values = {
        "query": wanted.query,
        "noun": wanted.noun,
        "negotiation": wanted.negotiation,
        "bottom": wanted.bottom,
        "top": wanted.top,
        "newest": wanted.newest,
        "as_of": wanted.clocks.as_of,
        "known_by": wanted.clocks.known_by,
        "known_at": wanted.clocks.known_at,
        "lower": lower,
        "upper": upper,
        "number": number,
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _told(wanted: Wanted) -> str:
    """`PublishedQuerySet.told` for these rows."""
    known = "known_on <= %(known_by)s"
    if wanted.clocks.known_at is not None:
        known = f"(known_at IS NULL AND {known} OR known_at <= %(known_at)s)"
    return f"published_at <= %(as_of)s AND {known}"


def _replaced(wanted: Wanted) -> str:
    """Whether a later row of the chain is told, too."""
    return (
        "EXISTS (SELECT FROM negotiations_searchable later WHERE later.chain = one.chain "
        f"AND later.ledger_number > one.ledger_number AND {_told(wanted)})"
    )


def _range(wanted: Wanted) -> str:
    top = "AND lower <= %(top)s" if wanted.top else ""
    return f"{top} AND ledger_number <= %(newest)s" if wanted.newest else top


def _older(after: Key | None) -> str:
    return f"AND ROW({_KEY}) < ROW(%(lower)s, %(upper)s, %(number)s)" if after else ""


def _row(row: tuple[Any, ...]) -> Row:
    return row[0], (row[1], row[2], row[3])


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _number(month: int) -> int:
    return month // 12 * 100 + month % 12 + 1


def _first_day(month: int) -> date:
    return date(max(month // 12, 1), month % 12 + 1, 1)
