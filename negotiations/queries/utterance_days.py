"""When the newest statements of tracks were said, and for whom: any number in one SQL query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from negotiations.models import Clocks
from negotiations.queries.walks import newest, said_by, values_of, visible, walk
from negotiations.sql import array, fetch

# What a board shows at most, from the newest back: a picture of more can nobody read, and a board
# may not cost more the longer its record is. The statements are shared out among the lanes.
MOST_STATEMENTS, LEAST_A_LANE = 720, 15
# How many are looked through for the days on which a party spoke, shared out likewise.
MOST_HEARD, LEAST_HEARD = 8000, 150


class Word(NamedTuple):
    """A statement: the day at which it stands, its id, and the ids of whom it was said for."""

    on: date
    statement: int
    parties: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Statements of one track, oldest first; before `since` (if set) only some of them."""

    words: tuple[Word, ...] = ()
    since: date | None = None

    def of(self, party: int) -> Said:
        """Those of them that were said for a party."""
        return Said(tuple(word for word in self.words if party in word.parties), self.since)


class Spoken(NamedTuple):
    """The days on which a party spoke of a track, and the first on which anybody did.

    `cut`: before the first day (null: nobody spoke) there are others, which are not at hand.
    """

    days: frozenset[date] = frozenset()
    first: date | None = None
    cut: bool = False


class Period(NamedTuple):
    """From a day to a day, both included; null: open."""

    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether the day is in it."""
        return (self.since or date.min) <= day <= (self.until or date.max)


EVER = Period(None, None)


def utterance_days(
    tracks: Collection[int], *, clocks: Clocks, period: Period = EVER
) -> dict[int, Said]:
    """The newest visible statements of each track; one SQL query.

    Of each `MOST_STATEMENTS` over the number of tracks, but LEAST_A_LANE at least.
    """
    most = max(MOST_STATEMENTS // max(len(tracks), 1), LEAST_A_LANE)
    values = {**values_of(clocks), "tracks": array(tracks), **days_of(period)}
    rows: dict[int, list[Any]] = defaultdict(list)
    # One more than are shown tells whether there are more.
    for track, *told in fetch(_said_sql(clocks, most + 1, period), values):
        rows[track].append(told)
    return {track: _said(told, most=most, on=clocks.on) for track, told in rows.items()}


def spoken_days(tracks: Collection[int], *, party: int, clocks: Clocks) -> dict[int, Spoken]:
    """When this party spoke of each of these tracks; one SQL query, with one row a track.

    Of each track the newest MOST_HEARD statements over the number of tracks are looked through,
    but LEAST_HEARD at least.
    """
    most = max(MOST_HEARD // max(len(tracks), 1), LEAST_HEARD)
    values = {**values_of(clocks), "tracks": array(tracks), "party": party}
    found: dict[int, Spoken] = {}
    for track, count, oldest, first, days in fetch(_spoken_sql(clocks, most + 1), values):
        # Of those that begin on the day of the oldest, others may be left out, too.
        first = max(oldest + timedelta(days=1), first) if count > most else first
        found[track] = Spoken(frozenset(days or ()), first, cut=count > most)
    return found


def last_said_on(tracks: Collection[int], *, clocks: Clocks) -> date | None:
    """The day of the newest statement on any of these tracks; one SQL query."""
    rows = fetch(
        "SELECT said.lower, said.upper FROM unnest(%(tracks)s::bigint[]) here (track)"  # noqa: S608
        f" CROSS JOIN LATERAL ({walk('statement', 'here.track', clocks=clocks, most=1)}) said",
        {**values_of(clocks), "tracks": array(tracks)},
    )
    days = (min(day_of(lower, upper), clocks.on) for lower, upper in rows)
    return max(days, default=None)


def day_of(lower: date, upper: date) -> date:
    """Where a vague date stands: where it begins, or ends where its beginning is open."""
    return upper if lower == date.min else lower


def days_of(period: Period) -> dict[str, date]:
    """The values that `within` takes."""
    return {"since": period.since or date.min, "until": period.until or date.max}


def within(row: str, noun: str, period: Period) -> str:
    """The condition that a row (its alias) stands on a day of the period, by its `noun`_lower and
    `noun`_upper.
    """
    if period == EVER:
        return "true"
    lower, upper = f"{row}.{noun}_lower", f"{row}.{noun}_upper"
    # The first is for the index.
    return f"{lower} <= %(until)s AND {_day_sql(lower, upper)} BETWEEN %(since)s AND %(until)s"


def _day_sql(lower: str, upper: str) -> str:
    """`day_of` in SQL, by `on` at the latest."""
    return f"LEAST(CASE WHEN {lower} = '0001-01-01' THEN {upper} ELSE {lower} END, %(on)s)"


def _said_sql(clocks: Clocks, most: int, period: Period) -> str:
    return f"""
        SELECT here.track, said.said_lower, said.said_upper, said.statement_id, ARRAY(
            SELECT party_id FROM negotiations_statement_parties
            WHERE statement_id = said.statement_id ORDER BY party_id)
        FROM unnest(%(tracks)s::bigint[]) here (track)
        CROSS JOIN LATERAL (
            SELECT row.* FROM negotiations_statementtrack row
            WHERE row.track_id = here.track
                AND row.said_lower <= {said_by(clocks, track="here.track")}
                AND {within("row", "said", period)}
                AND {visible("row", "statement", clocks=clocks, singly=True)}
            ORDER BY {newest("row", "said")} LIMIT {most:d}
        ) said
        ORDER BY here.track, said.said_lower, said.said_upper, said.ledger_number
    """  # noqa: S608  words of ours


def _spoken_sql(clocks: Clocks, most: int) -> str:
    day = _day_sql("near.lower", "near.upper")
    return f"""
        SELECT here.track, said.* FROM unnest(%(tracks)s::bigint[]) here (track)
        CROSS JOIN LATERAL (
            SELECT count(*), min(near.lower), min({day}),
                array_agg(DISTINCT {day}) FILTER (WHERE link.party_id IS NOT NULL)
            FROM ({walk("statement", "here.track", clocks=clocks, most=most)}) near
            LEFT JOIN negotiations_statement_parties link
                ON link.statement_id = near.id AND link.party_id = %(party)s
        ) said
    """  # noqa: S608  words of ours


def _said(rows: list[tuple[date, date, int, list[int]]], *, most: int, on: date) -> Said:
    """`most` of the rows, which are in the order of their dates, oldest first."""
    since = None
    if len(rows) > most:
        # Of those that begin on the day of the oldest, others may be left out, too.
        since = rows[0][0] + timedelta(days=1)
        rows = rows[1:]
    words = (Word(min(day_of(a, b), on), pk, tuple(parties)) for a, b, pk, parties in rows)
    # What begins before all days stands where it ends.
    return Said(tuple(sorted(words, key=lambda word: word.on)), since)
