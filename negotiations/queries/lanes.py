"""A negotiation over time: for each track, its stages as bands, statements and dates as marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from negotiations.models import Clocks
from negotiations.queries.shapes import Band, Tick
from negotiations.queries.utterance_days import Period, Said, day_of, days_of, within
from negotiations.queries.walks import held, newest, told, values_of
from negotiations.sql import array, fetch

# As with statements, of each track the newest: a lane of more can nobody read.
MOST_BANDS, MOST_LINKAGES = 100, 60


def bands(
    tracks: Collection[int], *, clocks: Clocks, party: int | None = None
) -> dict[int, tuple[Band, ...]]:
    """The newest MOST_BANDS stages of each track up to `on`, oldest first; one SQL query.

    They are read by this party, or by the desk.
    """
    # Several readings of one day: the last one stands.
    by_day: dict[int, dict[date, Any]] = defaultdict(dict)
    values = {**values_of(clocks), "tracks": array(tracks), "party": party}
    for track, lower, upper, *row in fetch(_bands_sql(clocks, party), values):
        by_day[track][min(day_of(lower, upper), clocks.on)] = row
    return {track: tuple(_bands(days)) for track, days in by_day.items()}


class Ties(NamedTuple):
    """Ids of words on ties, oldest first; before `since` (if set) some are left out."""

    ids: tuple[int, ...]
    since: date | None


def linkages(
    tracks: Collection[int], *, clocks: Clocks, period: Period, party: int | None = None
) -> Ties:
    """The newest MOST_LINKAGES words of a period on ties between two of these; one SQL query.

    Of all voices, or of one party's.
    """
    voice = "" if party is None else "AND row.according_to_id = %(party)s"
    values = {**values_of(clocks), "tracks": array(tracks), "party": party, **days_of(period)}
    # One more than are told tells whether there are more.
    rows = fetch(
        f"""
        SELECT row.effective_lower, row.id FROM negotiations_linkage row
        WHERE row.from_track_id = ANY(%(tracks)s::bigint[])
            AND row.to_track_id = ANY(%(tracks)s::bigint[]) {voice}
            AND {within("row", "effective", period)}
            AND {held("row", "linkage", clocks=clocks)}
        ORDER BY {newest("row")} LIMIT {MOST_LINKAGES + 1:d}
        """,  # noqa: S608  words of ours
        values,
    )
    ids = tuple(pk for _, pk in reversed(rows[:MOST_LINKAGES]))
    # Of those that begin on the day of the oldest, others may be left out, too.
    cut = rows[-1][0] + timedelta(days=1) if len(rows) > MOST_LINKAGES else None
    return Ties(ids, cut)


class Mark(NamedTuple):
    """A milestone as it is told, at the day on which it stands."""

    on: date
    milestone: Any
    slips: tuple[Any, ...]


def ticks(said: Said, marks: Iterable[Mark]) -> tuple[Tick, ...]:
    """The marks of one lane, by day, statements before milestones."""
    found = [_said(day, [word.statement for word in words]) for day, words in _days(said)]
    found += (
        Tick(on=one.on, statements=0, statement_ids=(), milestone=one.milestone, slips=one.slips)
        for one in marks
    )
    return tuple(sorted(found, key=lambda tick: (tick.on, tick.milestone is not None)))


def busy(days: Iterable[date]) -> tuple[date, date] | tuple[None, None]:
    """The shortest stretch that holds nine tenths of these days; of several, the latest."""
    inorder = sorted(days)
    if not inorder:
        return None, None
    most = -(-len(inorder) * 9 // 10)
    stretches = zip(inorder, inorder[most - 1 :], strict=False)
    return min(stretches, key=lambda ends: (ends[1] - ends[0], -ends[0].toordinal()))


def _days(said: Said) -> Iterator[tuple[date, Iterator[Any]]]:
    return groupby(said.words, key=lambda word: word.on)


def _said(day: date, ids: list[int]) -> Tick:
    return Tick(on=day, statements=len(ids), statement_ids=tuple(ids), milestone=None, slips=())


def _bands_sql(clocks: Clocks, party: int | None) -> str:
    whose = "IS NULL" if party is None else "= %(party)s"
    return f"""
        SELECT here.track, band.effective_lower, band.effective_upper, band.stage, band.momentum,
            band.headline_en, band.headline_ko, band.ledger_number, ARRAY(
                SELECT said.id FROM negotiations_statement said
                WHERE said.id = ANY(ARRAY(
                    SELECT band.basis_id UNION ALL
                    SELECT statement_id FROM negotiations_statuschange_further_basis
                    WHERE statuschange_id = band.id))
                    AND {told("said", clocks)}
                ORDER BY said.id <> band.basis_id, said.id)
        FROM unnest(%(tracks)s::bigint[]) here (track)
        CROSS JOIN LATERAL (
            SELECT row.* FROM negotiations_statuschange row
            WHERE row.track_id = here.track AND row.according_to_id {whose}
                AND {held("row", "statuschange", clocks=clocks)}
            ORDER BY {newest("row")} LIMIT {MOST_BANDS}
        ) band
        ORDER BY here.track, band.effective_lower, band.effective_upper, band.ledger_number
    """  # noqa: S608  words of ours


def _bands(days: Mapping[date, Any]) -> Iterator[Band]:
    starts = sorted(days)
    for since, until in zip(starts, [*starts[1:], None], strict=True):
        stage, momentum, headline_en, headline_ko, number, statements = days[since]
        yield Band(
            stage=stage,
            momentum=momentum,
            since=since,
            until=until,
            headline_en=headline_en,
            headline_ko=headline_ko,
            ledger_number=number,
            statement_ids=tuple(statements),
        )
