"""Marks below a lane: a stroke for a day with statements, a diamond for a milestone.

The earlier dates of a milestone are hollow, struck diamonds, joined to the date that it has now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import inf
from typing import NamedTuple

from negotiations.pages.axes import Scale
from negotiations.pages.hints import Hint, Hints
from negotiations.pages.sheets import WIDTH
from negotiations.pages.side_by_side import side_by_side
from negotiations.queries.shapes import Lane, MilestoneRecord, Tick
from negotiations.queries.utterance_days import day_of

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
    """A diamond around `x`; a `slip` is a date that the milestone no longer has, joined with the
    place of the next one, `joined`.
    """

    milestone: MilestoneRecord
    hint: Hint
    x: float
    slip: bool
    joined: float | None

    @property
    def left(self) -> float:
        """Where it begins."""
        return round(self.x - DIAMOND / 2, 1)


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
    dates = [one for tick in lane.ticks if tick.milestone for one in _dates(tick, tick.milestone)]
    shown = [one for one in dates if scale.shows(due_day(one.row))]
    shown.sort(key=lambda one: (scale.x(due_day(one.row)), one.row.ledger_number))
    places = side_by_side(
        [scale.x(due_day(one.row)) for one in shown],
        size=DIAMOND,
        within=(DIAMOND / 2, WIDTH - DIAMOND / 2),
    )
    at = {one.row.id: x for one, x in zip(shown, places, strict=True)}
    drawn = (
        DrawnMilestone(
            milestone=one.row,
            hint=hints.milestone(lane.track, one.row, slip=one.later is not None),
            x=at[one.row.id],
            slip=one.later is not None,
            joined=at.get(one.later.id, scale.x(due_day(one.later))) if one.later else None,
        )
        for one in shown
    )
    return tuple(sorted(drawn, key=lambda one: not one.slip))


class _Dated(NamedTuple):
    """A date of a milestone, and the one that took its place."""

    row: MilestoneRecord
    later: MilestoneRecord | None


def _dates(tick: Tick, latest: MilestoneRecord) -> Iterator[_Dated]:
    rows = [*tick.slips, latest]
    yield from map(_Dated, rows, [*rows[1:], None])


def due_day(row: MilestoneRecord) -> date:
    """The day at which a milestone is drawn."""
    return day_of(row.due_lower, row.due_upper)


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
