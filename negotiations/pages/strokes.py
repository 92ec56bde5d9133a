"""Marks below a lane: a stroke for a day with statements, a diamond for a milestone.

The earlier dates of a milestone are hollow, struck diamonds, joined to the date that it has now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import inf

from negotiations.pages.axes import Scale
from negotiations.pages.hints import Hint, Hints
from negotiations.pages.sheets import WIDTH
from negotiations.queries.shapes import Lane, MilestoneRecord, Tick, TrackRef

DIAMOND = 13
# A finger hits nothing smaller; where strokes stand closer they share the room between them.
_TARGET = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStroke:
    """A day with statements: a stroke as tall as they are many; from `left` on it is pressed."""

    tick: Tick
    hint: Hint
    x: float
    height: float
    left: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMilestone:
    """A diamond; a `slip` is a date that the milestone no longer has, joined with `joined`.

    `x` is where its day is; it begins at `left`, beside others of the same or nearly the same day.
    """

    milestone: MilestoneRecord
    hint: Hint
    x: float
    left: float
    slip: bool
    joined: float | None


def drawn_strokes(lane: Lane, scale: Scale, hints: Hints) -> tuple[DrawnStroke, ...]:
    """The days of a lane with statements."""
    ticks = [tick for tick in lane.ticks if tick.milestone is None and scale.shows(tick.on)]
    places = [scale.x(tick.on) for tick in ticks]
    between = [(one + other) / 2 for one, other in pairwise(places)]
    return tuple(
        _stroke(tick, x, hints, left=left, right=right)
        for tick, x, left, right in zip(
            ticks, places, [-inf, *between], [*between, inf], strict=False
        )
    )


def drawn_milestones(lane: Lane, scale: Scale, hints: Hints) -> tuple[DrawnMilestone, ...]:
    """The milestones of a lane with their earlier dates, these first; none covers another."""
    found: list[DrawnMilestone] = []
    for tick in lane.ticks:
        if tick.milestone is not None:
            found += _milestone(lane.track, tick, tick.milestone, scale, hints)
    found.sort(key=lambda drawn: (drawn.left, drawn.milestone.ledger_number))
    lefts = _side_by_side([drawn.left for drawn in found])
    apart = [replace(drawn, left=left) for drawn, left in zip(found, lefts, strict=True)]
    return tuple(sorted(apart, key=lambda drawn: not drawn.slip))


def _side_by_side(lefts: Sequence[float]) -> list[float]:
    """Where diamonds begin: as given, in rising order, but each after the one before it."""
    told: list[float] = []
    for left in lefts:
        told.append(max(left, told[-1] + DIAMOND) if told else left)
    # At the end of the sheet they give way backwards.
    end = max([WIDTH, *(left + DIAMOND for left in lefts)])
    for place in reversed(range(len(told))):
        end = told[place] = round(min(told[place], end - DIAMOND), 1)
    return told


def due_day(row: MilestoneRecord) -> date:
    """Where a vague date stands: where it begins, or ends where its beginning is open."""
    return row.due_upper if row.due_lower == date.min else row.due_lower


def _stroke(tick: Tick, x: float, hints: Hints, *, left: float, right: float) -> DrawnStroke:
    left, right = max(left, x - _TARGET / 2), min(right, x + _TARGET / 2)
    return DrawnStroke(
        tick=tick,
        hint=hints.tick(tick),
        x=x,
        height=4 + 2 * min(tick.statements, 4),
        left=round(left, 1),
        width=round(right - left, 1),
    )


def _milestone(
    track: TrackRef, tick: Tick, latest: MilestoneRecord, scale: Scale, hints: Hints
) -> Iterator[DrawnMilestone]:
    rows = [*tick.slips, latest]
    # A later date is where the thin line of an earlier one ends.
    later = [scale.x(due_day(row)) for row in rows[1:]]
    for row, joined in zip(rows, [*later, None], strict=True):
        if scale.shows(due_day(row)):
            x, slip = scale.x(due_day(row)), row is not latest
            yield DrawnMilestone(
                milestone=row,
                hint=hints.milestone(track, row, slip=slip),
                x=x,
                left=round(x - DIAMOND / 2, 1),
                slip=slip,
                joined=joined,
            )
