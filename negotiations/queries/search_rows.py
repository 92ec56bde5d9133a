"""The newest published rows with these words: walked through in order, or by the inverted index.

Frequent words end early on the walk, rare ones come from the index, and neither reads the whole
record: how many rows are walked and how many hits are put in order is bounded ("Search" in
negotiations/README.md). All SQL is sent with its values in it: a prepared statement would get one
plan for frequent and rare words alike, which is several times slower for one of them. Django
prepares none here, and a test sees to that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from negotiations.models import Clocks

Key = tuple[date, date, int]
Row = tuple[int, Key]

# Rows walked in the first, second and every further go, and in all of them together; a further one
# only while the words are frequent.
STEPS = (300, 3_000, 12_000)
MOST_WALKED = 15_000
# What a hit of the index costs, in rows walked, and what each word of the query adds to that:
# measured at 100,000 statements.
_HIT, _WORD = 2, 0.2
# Hits put in order at once; where there are more, by windows of months, from the newest.
MOST_HITS = 10_000
_WINDOWS = (1, 3, 9)

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
        hits, _ = _indexed(wanted, where, months, after=after, need=need - len(found))
        found += hits
    return found


def _within(wanted: Wanted, *, after: Key | None, need: int) -> list[Row]:
    found: list[Row] = []
    walked, place, rows, go = 0, after, 0, 0
    while walked < MOST_WALKED:
        if walked and len(found) < _frequent(wanted, need, rows) * walked:
            break
        steps = min(STEPS[min(go, len(STEPS) - 1)], MOST_WALKED - walked)
        if found:
            # Twice as far as it should take.
            steps = min(steps, 2 * (need - len(found)) * walked // len(found) + 1)
        go += 1
        hits, place, rows = _walk(wanted, after=place, need=need - len(found), steps=steps)
        found += hits
        walked += steps
        if len(found) >= need or place is None:
            return found
    return found + _rest(wanted, after=place, need=need - len(found))


def _frequent(wanted: Wanted, need: int, rows: int) -> float:
    """The share of hits from which on walking to the last one is cheaper than the index.

    Walking takes `need / share` rows, the index `share * rows`, each of which costs it as much as
    some of those, the more so the more words it looks for: they are equal at the root of
    `need / (rows * hit)`. `rows` is the database's estimate of how many there are.
    """
    hit = _HIT + _WORD * (wanted.query.count("'") // 2)
    return math.sqrt(need / (max(rows, need) * hit))


def _rest(wanted: Wanted, *, after: Key | None, need: int) -> list[Row]:
    """Hits by the inverted index: all at once, or by windows where there are too many."""
    above = "AND lower >= %(bottom)s" if wanted.bottom else ""
    found, complete = _indexed(wanted, above, (), after=after, need=need, most=MOST_HITS)
    if complete or after is None:
        return found
    found = []
    for where, months in _windows(after[0], wanted.bottom):
        hits, _ = _indexed(wanted, where, months, after=after, need=need - len(found))
        found += hits
        if len(found) >= need:
            break
    return found


def _windows(top: date, bottom: date | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Conditions and months of each window, from the newest; the last one has all that is left."""
    above = "AND lower >= %(bottom)s" if bottom else ""
    month = _month(top)
    for span in _WINDOWS:
        least = max(month - span + 1, _month(date.min))
        yield above, tuple(f"'#m{_number(n)}'" for n in range(least, month + 1))
        month = least - 1
    yield f"{above} AND lower < DATE '{_first_day(month + 1).isoformat()}'", ()


def _walk(
    wanted: Wanted, *, after: Key | None, need: int, steps: int
) -> tuple[list[Row], Key | None, int]:
    """Hits among the next `steps` rows, newest first, where the last of them stands, and about how
    many rows there are.

    No place: the walk came to the end. The database stops as soon as it has `need`.
    """
    scope = (
        "foremost AND noun = %(noun)s"
        if wanted.negotiation is None
        else "negotiation_id = %(negotiation)s AND noun = %(noun)s"
    )
    rows = _ask(
        f"""
        SELECT object_id, {_KEY}, hit, n, (SELECT reltuples::bigint FROM pg_class
            WHERE oid = 'negotiations_searchable'::regclass) FROM (
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
    if not rows or rows[-1][5] < steps:
        return found, None, 0
    return found, _row(rows[-1])[1], rows[-1][6]


def _indexed(
    wanted: Wanted,
    where: str,
    months: tuple[str, ...],
    *,
    after: Key | None,
    need: int,
    most: int | None = None,
) -> tuple[list[Row], bool]:
    """Hits by the inverted index, newest first, and whether they were no more than `most`.

    The hits are made ready first, so that no plan walks through the record for them; what has
    replaced them is looked for in order, as far as needed.
    """
    scope, query = "foremost", wanted.query
    if wanted.negotiation is not None:
        scope = "negotiation_id = %(negotiation)s"
        query += f" & '#n{wanted.negotiation}'"
    if months:
        query += f" & ({' | '.join(months)})"
    rows = _ask(
        f"""
        WITH hit AS MATERIALIZED (
            SELECT object_id, {_KEY}, chain FROM negotiations_searchable
            WHERE words @@ %(query)s::tsquery AND {scope} AND noun = %(noun)s
                AND {_told(wanted)} {_older(after)} {_range(wanted)} {where} LIMIT %(most)s)
        SELECT object_id, {_KEY}, hits FROM (SELECT count(*) AS hits FROM hit) counted LEFT JOIN (
            SELECT object_id, {_KEY} FROM (SELECT * FROM hit ORDER BY {_ORDER} OFFSET 0) one
            WHERE (NOT {_replaced(wanted)}) IS TRUE LIMIT %(need)s) told ON true
        ORDER BY {_ORDER}
        """,  # noqa: S608  conditions of our own; values are parameters
        wanted,
        after=after,
        need=need,
        query=query,
        most=None if most is None else most + 1,
    )
    return [_row(row) for row in rows if row[0] is not None], most is None or rows[0][4] <= most


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
        cursor.execute(sql.strip(), values)
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
