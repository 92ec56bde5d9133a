"""Labels at the ends of a chart's lines, kept apart from each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from negotiations.pages.chart_parts import Label

# Two lines of words at the end of a line.
LABEL = 29
# How far to the right of its line's end a label begins.
_LEADER = 8


def apart(labels: Sequence[Label], *, top: int, height: int, right: int) -> Iterator[Label]:
    """The labels in their order, none on another and all within a chart of that top and height.

    Lines end at `right`; the `leader` of each label is led on from there to where it stands.
    """
    order = sorted(range(len(labels)), key=lambda number: labels[number].y)
    places: dict[int, float] = {}
    least = top + LABEL / 2
    for rank, number in enumerate(order):
        most = top + height - LABEL * (len(order) - rank - 0.5)
        places[number] = min(max(labels[number].y, least), max(most, least))
        least = places[number] + LABEL
    for number, label in enumerate(labels):
        y = round(places[number], 1)
        yield replace(label, y=y, leader=f"{label.leader}L{right + _LEADER} {y}")
