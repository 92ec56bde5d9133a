"""A milestone's dates as a small picture: from the first promise to the last, and the outcome.

A date that is not to the day is drawn as long as it is. Lengths are SVG units, one to a CSS pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from negotiations.pages.dates import in_words
from negotiations.pages.frames import language_now
from negotiations.pages.spans import shift_in_words
from negotiations.queries.shapes import MilestoneRecord, MilestoneState

WIDTH, HEIGHT = 240, 44
_LEFT, _RIGHT, _LINE = 10, 230, 20
# Shorter, and two dates would stand on each other.
_LEAST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnDate:
    """A date: where it begins and how far it reaches; `told` is its date in words."""

    x: float
    width: float
    outcome: str
    mark_x: float
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The dates of a milestone, the last with its outcome; `told` is the picture in words.

    `hops` is the path from date to date; `now_x` is set where the day asked about lies within.
    """

    dates: tuple[DrawnDate, ...]
    hops: str
    now_x: float | None
    told: str
    width: int = WIDTH
    height: int = HEIGHT


def strip(state: MilestoneState, *, on: date) -> Strip | None:
    """The picture of a milestone that moved; None of one that did not."""
    if not state.slips:
        return None
    rows = (*state.slips, state.latest)
    ends = [_ends(row) for row in rows]
    first, last = min(lower for lower, _ in ends), max(upper for _, upper in ends)
    if state.days_late is not None:
        last = max(last, on)

    def x(day: date) -> float:
        share = (day - first).days / max((last - first).days, 1)
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)

    dates = tuple(
        _date(row, x(lower), x(upper), "" if n < len(rows) - 1 else state.latest.outcome)
        for n, (row, (lower, upper)) in enumerate(zip(rows, ends, strict=True))
    )
    return Strip(
        dates=dates,
        hops=_hops([one.x + one.width / 2 for one in dates]),
        now_x=x(on) if first <= on <= last else None,
        told=_told(state),
    )


def _ends(row: MilestoneRecord) -> tuple[date, date]:
    """The first and the last day that are drawn: of an open end nothing is."""
    lower, upper = row.due_lower, row.due_upper
    if lower == date.min:
        lower = upper
    return lower, lower if upper == date.max else upper


def _date(row: MilestoneRecord, left: float, right: float, outcome: str) -> DrawnDate:
    width = max(round(right - left, 1), _LEAST)
    start = left if right - left >= _LEAST else round((left + right - _LEAST) / 2, 1)
    return DrawnDate(
        x=start,
        width=width,
        outcome=outcome,
        mark_x=round(start + width / 2 - 6.5, 1),
        told=in_words(row.due_on, language_now()),
    )


def _hops(places: list[float]) -> str:
    """Arcs over the line, from each date to the next."""
    return "".join(
        f"M{a:.1f} {_LINE - 4}Q{(a + b) / 2:.1f} 0 {b:.1f} {_LINE - 4}" for a, b in pairwise(places)
    )


def _told(state: MilestoneState) -> str:
    language = language_now()
    dates = [in_words(row.due_on, language) for row in (*state.slips, state.latest)]
    steps = [
        f"{day} ({shift_in_words(move)})" for day, move in zip(dates[1:], state.moves, strict=True)
    ]
    return " → ".join([*(["…"] if state.cut else []), dates[0], *steps])
