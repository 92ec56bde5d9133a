"""A time axis: from days to places, and which months are written under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from negotiations.pages.dates import MONTHS_EN

# Months between two marks; the first that leaves every label its room is taken.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_ROOM = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Days laid out from left to right, evenly between `anchors` (day, place), in order.

    After `busy_until`, where it is set, days are shorter than before: a year in which nothing was
    said may not squeeze the months in which everything was.
    """

    anchors: tuple[tuple[date, int], ...]
    busy_until: date | None = None

    @property
    def since(self) -> date:
        """The first day."""
        return self.anchors[0][0]

    @property
    def until(self) -> date:
        """The last day."""
        return self.anchors[-1][0]

    @property
    def even_until(self) -> date:
        """Up to here all days are equally long."""
        return self.busy_until or self.until

    def x(self, day: date) -> float:
        """Where a day stands; days outside stand at the edge."""
        inside = min(max(day, self.since), self.until)
        for (start, left), (end, right) in pairwise(self.anchors):
            if inside <= end:
                share = (inside - start).days / max((end - start).days, 1)
                return round(left + share * (right - left), 1)
        return float(self.anchors[-1][1])


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisMark:
    """The first day of a month; `year` is written where it is new."""

    x: float
    label: str
    year: str


def axis_marks(scale: Scale, *, language: str) -> tuple[AxisMark, ...]:
    """Marks at the beginnings of months (or of every so many months), in the reader's language."""
    per_month = scale.x(scale.even_until) / max((scale.even_until - scale.since).days / 30.4, 1)
    step = next((s for s in _STEPS if s * per_month >= _ROOM), _STEPS[-1])
    shown = [month for month in _months(scale) if (month.year * 12 + month.month - 1) % step == 0]
    years = [None, *(month.year for month in shown)]
    return tuple(
        _mark(month, scale, new_year=month.year != before, yearly=step >= 12, language=language)
        for month, before in zip(shown, years, strict=False)
    )


def _months(scale: Scale) -> list[date]:
    first = scale.since.year * 12 + scale.since.month
    last = scale.even_until.year * 12 + scale.even_until.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(first, last + 1)]


def _mark(month: date, scale: Scale, *, new_year: bool, yearly: bool, language: str) -> AxisMark:
    korean = language == "ko"
    year = f"{month.year}년" if korean else str(month.year)
    name = f"{month.month}월" if korean else MONTHS_EN[month.month - 1][:3]
    return AxisMark(
        x=scale.x(month),
        label=year if yearly else name,
        year=year if new_year and not yearly else "",
    )
