"""Which tracks moved together: on one day, and by the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from negotiations.queries.shapes import Band, Lane, Move

# Where each of these tracks begins a band on that day.
_Started = Mapping[int, Band]


def moves(lanes: Iterable[Lane]) -> tuple[Move, ...]:
    """The days on which bands of several lanes begin, oldest first.

    What rests on one statement is told with it; where that is not all of the day, so is the day.
    """
    lanes = tuple(lanes)
    days: dict[date, dict[int, Band]] = defaultdict(dict)
    for place, lane in enumerate(lanes):
        for band in lane.bands:
            days[band.since][place] = band
    return tuple(
        Move(on=day, tracks=tuple(lanes[place].track for place in places), statement=statement)
        for day in sorted(days)
        for places, statement in _of_a_day(days[day])
    )


def _of_a_day(started: _Started) -> Iterator[tuple[tuple[int, ...], int | None]]:
    if len(started) < 2:
        return
    shared = _shared(started)
    if not any(len(places) == len(started) for places in shared):
        yield tuple(sorted(started)), None
    yield from shared.items()


def _shared(started: _Started) -> dict[tuple[int, ...], int]:
    """Of each set of tracks that rest on one statement, the first such statement."""
    resting: dict[int, list[int]] = defaultdict(list)
    for place in sorted(started):
        for statement in started[place].statement_ids:
            resting[statement].append(place)
    found: dict[tuple[int, ...], int] = {}
    for statement, places in sorted(resting.items()):
        if len(places) > 1:
            found.setdefault(tuple(places), statement)
    return dict(sorted(found.items()))
