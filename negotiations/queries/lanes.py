"""A negotiation over time: for each track, its stages as bands, statements and dates as marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count

from negotiations.models import Clocks, Milestone, Statement, StatementTrack, StatusChange
from negotiations.queries.held import held, latest_of_each
from negotiations.queries.shapes import Band, Lane, MilestoneRecord, Tick, TrackRef

Pairs = dict[int, list[int]]
_BAND = (
    *("effective_lower", "effective_upper"),
    *("stage", "momentum", "headline_en", "headline_ko"),
)


def bands(tracks: Collection[int], *, clocks: Clocks) -> dict[int, tuple[Band, ...]]:
    """The desk's stages of each track up to `on`, oldest first; one SQL query."""
    rows = held(StatusChange, clocks=clocks).filter(track__in=tracks, according_to__isnull=True)
    ordered = rows.order_by("effective_lower", "effective_upper", "ledger_number")
    # Several readings of one day: the last one stands.
    by_day: dict[int, dict[date, Any]] = defaultdict(dict)
    for track, lower, upper, *told in ordered.values_list("track_id", *_BAND):
        by_day[track][min(day_of(lower, upper), clocks.on)] = told
    return {track: tuple(_bands(days)) for track, days in by_day.items()}


def statement_days(tracks: Collection[int], *, clocks: Clocks) -> dict[int, dict[date, int]]:
    """How many visible statements were said on which day, by track; one SQL query."""
    rows = StatementTrack.objects.filter(
        track__in=tracks,
        said_lower__lte=clocks.on,
        statement__in=Statement.objects.visible(clocks),
    )
    days: dict[int, dict[date, int]] = defaultdict(dict)
    counted = rows.values_list("track_id", "said_lower", "said_upper").annotate(count=Count("pk"))
    for track, lower, upper, count in counted.order_by("track_id", "said_lower", "said_upper"):
        day = min(day_of(lower, upper), clocks.on)
        days[track][day] = days[track].get(day, 0) + count
    return days


def milestones(tracks: Collection[int], *, clocks: Clocks) -> Pairs:
    """The latest row of each milestone, by track, in the order of their dates; one SQL query."""
    rows = latest_of_each(Milestone, key=("negotiation", "slug"), clocks=clocks)
    due = rows.filter(tracks__in=tracks).order_by("due_lower", "due_upper", "ledger_number")
    found: Pairs = defaultdict(list)
    for track, pk in due.values_list("tracks", "pk"):
        found[track].append(pk)
    return found


def lane(
    track: TrackRef,
    *,
    depth: int,
    bands: tuple[Band, ...],
    days: dict[date, int],
    milestones: Iterable[MilestoneRecord],
) -> Lane:
    """One lane."""
    said = [Tick(on=day, statements=count, milestone=None) for day, count in days.items()]
    due = [
        Tick(on=day_of(row.due_lower, row.due_upper), statements=0, milestone=row)
        for row in milestones
    ]
    ticks = sorted([*said, *due], key=lambda tick: (tick.on, tick.milestone is not None))
    return Lane(track=track, depth=depth, bands=bands, ticks=tuple(ticks))


def _bands(days: dict[date, Any]) -> Iterable[Band]:
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


def day_of(lower: date, upper: date) -> date:
    """Where a vague date stands: where it begins, or ends where its beginning is open."""
    return upper if lower == date.min else lower
