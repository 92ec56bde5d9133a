"""A negotiation over time: for each track, its stages as bands, statements and dates as marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from negotiations.models import Clocks
from negotiations.queries.shapes import Band, Lane, MilestoneRecord, Tick, TrackRef
from negotiations.queries.walks import held, newest, said_by, values_of, visible, walk
from negotiations.sql import array, fetch

# What a board shows at most, from the newest back: a picture of more can nobody read, and a board
# may not cost more the longer its record is. The statements are shared out among the lanes.
MOST_STATEMENTS, LEAST_A_LANE = 1000, 20
MOST_BANDS = 100


@dataclass(frozen=True, slots=True)
class Said:
    """How many statements were said on which day; before `since` (if set) only some of them."""

    days: Mapping[date, int] = field(default_factory=dict)
    since: date | None = None


def bands(tracks: Collection[int], *, clocks: Clocks) -> dict[int, tuple[Band, ...]]:
    """The desk's newest MOST_BANDS stages of each track up to `on`, oldest first; one SQL query."""
    # Several readings of one day: the last one stands.
    by_day: dict[int, dict[date, Any]] = defaultdict(dict)
    values = {**values_of(clocks), "tracks": array(tracks)}
    for track, lower, upper, *told in fetch(_bands_sql(clocks), values):
        by_day[track][min(day_of(lower, upper), clocks.on)] = told
    return {track: tuple(_bands(days)) for track, days in by_day.items()}


def statement_days(tracks: Collection[int], *, clocks: Clocks) -> dict[int, Said]:
    """When the newest visible statements of each track were said; one SQL query.

    Of each `MOST_STATEMENTS` over the number of tracks, but LEAST_A_LANE at least.
    """
    most = max(MOST_STATEMENTS // max(len(tracks), 1), LEAST_A_LANE)
    # One more than are shown tells whether there are more.
    values = {**values_of(clocks), "tracks": array(tracks)}
    rows: dict[int, list[Any]] = defaultdict(list)
    for track, *told in fetch(_said_sql(clocks, most + 1), values):
        rows[track].append(told)
    return {track: _said(told, most=most, on=clocks.on) for track, told in rows.items()}


def last_said_on(tracks: Collection[int], *, clocks: Clocks) -> date | None:
    """The day of the newest statement on any of these tracks; one SQL query."""
    rows = fetch(
        "SELECT said.lower, said.upper FROM unnest(%(tracks)s::bigint[]) here (track)"  # noqa: S608
        f" CROSS JOIN LATERAL ({walk('statement', 'here.track', clocks=clocks, most=1)}) said",
        {**values_of(clocks), "tracks": array(tracks)},
    )
    days = (min(day_of(lower, upper), clocks.on) for lower, upper in rows)
    return max(days, default=None)


def lane(
    track: TrackRef,
    *,
    depth: int,
    bands: tuple[Band, ...],
    said: Said,
    milestones: Iterable[tuple[date, MilestoneRecord]],
) -> Lane:
    """One lane; `milestones` with the days on which they stand."""
    ticks = [Tick(on=day, statements=count, milestone=None) for day, count in said.days.items()]
    ticks += (Tick(on=day, statements=0, milestone=row) for day, row in milestones)
    ticks.sort(key=lambda tick: (tick.on, tick.milestone is not None))
    return Lane(
        track=track, depth=depth, bands=bands, ticks=tuple(ticks), statements_since=said.since
    )


def day_of(lower: date, upper: date) -> date:
    """Where a vague date stands: where it begins, or ends where its beginning is open."""
    return upper if lower == date.min else lower


def _bands_sql(clocks: Clocks) -> str:
    return f"""
        SELECT here.track, band.effective_lower, band.effective_upper, band.stage, band.momentum,
            band.headline_en, band.headline_ko
        FROM unnest(%(tracks)s::bigint[]) here (track)
        CROSS JOIN LATERAL (
            SELECT row.* FROM negotiations_statuschange row
            WHERE row.track_id = here.track AND row.according_to_id IS NULL
                AND {held("row", "statuschange", clocks=clocks)}
            ORDER BY {newest("row")} LIMIT {MOST_BANDS}
        ) band
        ORDER BY here.track, band.effective_lower, band.effective_upper, band.ledger_number
    """  # noqa: S608  words of ours


def _said_sql(clocks: Clocks, most: int) -> str:
    return f"""
        SELECT here.track, said.said_lower, said.said_upper, count(*)
        FROM unnest(%(tracks)s::bigint[]) here (track)
        CROSS JOIN LATERAL (
            SELECT row.said_lower, row.said_upper FROM negotiations_statementtrack row
            WHERE row.track_id = here.track
                AND row.said_lower <= {said_by(clocks, track="here.track")}
                AND {visible("row", "statement", clocks=clocks)}
            ORDER BY {newest("row", "said")} LIMIT {most:d}
        ) said
        GROUP BY here.track, said.said_lower, said.said_upper
        ORDER BY here.track, said.said_lower, said.said_upper
    """  # noqa: S608  words of ours


def _bands(days: Mapping[date, Any]) -> Iterator[Band]:
    starts = sorted(days)
    for since, until in zip(starts, [*starts[1:], None], strict=True):
        stage, momentum, headline_en, headline_ko = days[since]
        yield Band(
            stage=stage,
            momentum=momentum,
            since=since,
            until=until,
            headline_en=headline_en,
            headline_ko=headline_ko,
        )


def _said(rows: list[tuple[date, date, int]], *, most: int, on: date) -> Said:
    """The days of `most` of the rows, which are in the order of their dates, oldest first."""
    since = None
    if sum(count for *_, count in rows) > most:
        lower, upper, count = rows[0]
        # Of those that begin on the day of the oldest, others may be left out, too.
        since = lower + timedelta(days=1)
        rows = [(lower, upper, count - 1), *rows[1:]] if count > 1 else rows[1:]
    days: dict[date, int] = {}
    for lower, upper, count in rows:
        day = min(day_of(lower, upper), on)
        days[day] = days.get(day, 0) + count
    return Said(days, since)
