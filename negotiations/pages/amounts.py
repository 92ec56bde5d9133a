"""The axis of amounts: round levels, what is written at them, and how wide that is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import ROUND_FLOOR, Decimal
from math import ceil

from negotiations.pages.chart_words import LETTER
from negotiations.pages.lettering import length
from negotiations.queries.shapes import FiguresTrack, TermFigures

# The least room at the left of a chart, and what stands between a label and the axis and edge.
_LEFT, _AROUND = 44, 10
_INTERVALS = 4


def levels_of(track: FiguresTrack) -> dict[str, list[Decimal]]:
    """The levels of each unit of a track's numeric terms; terms of one unit share their axis."""
    found: dict[str, list[Decimal]] = {}
    for term in track.terms:
        if term.numeric:
            found.setdefault(term.unit, [Decimal(0)]).extend(_amounts(term))
    return {unit: list(_levels(min(drawn), max(drawn))) for unit, drawn in found.items()}


def level_label(level: Decimal) -> str:
    """What is written at a level."""
    return f"{level.normalize():,f}"


def room_for(tracks: Collection[FiguresTrack]) -> int:
    """How wide the labels of all these tracks' levels are, with what stands around them."""
    labels = (
        level_label(level)
        for track in tracks
        for levels in levels_of(track).values()
        for level in levels
    )
    widest = max((length(label, letter=LETTER) for label in labels), default=0)
    return max(_LEFT, ceil(widest) + _AROUND)


def _amounts(term: TermFigures) -> Iterator[Decimal]:
    """All amounts that are drawn, ends of ranges too."""
    for line in term.lines:
        for step in line.steps:
            for amount in (step.position.amount, step.position.amount_to):
                if amount is not None:
                    yield amount


def _levels(low: Decimal, top: Decimal) -> Iterator[Decimal]:
    """Round amounts from at most `low` (zero or below) to at least `top`, five steps at most."""
    span = top - low or Decimal(1)
    steps = (n * Decimal(10) ** (span.adjusted() - 1) for n in (1, 2, 5, 10, 20, 50, 100))
    step = next(step for step in steps if span / step <= _INTERVALS)
    level = (low / step).to_integral_value(ROUND_FLOOR) * step
    yield level
    while level < top or level <= 0:
        level += step
        yield level
