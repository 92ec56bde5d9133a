"""A time axis: from days to places, and which months are written under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from negotiations.pages.dates import MONTHS_EN

# Months between two marks; the first that leaves every label its room is taken.
_STEPS = (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)))
_ROOM = 44
# Days of the month that are marked where a month is wide.
_WEEKS = (1, 8, 15, 22)


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

    def shows(self, day: date) -> bool:
        """Whether the day is on it."""
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisMark:
    """The first day of a month, or of a week of it; `year` is written where it is new."""

    x: float
    label: str
    year: str


def axis_marks(scale: Scale, *, language: str) -> tuple[AxisMark, ...]:
    """Marks at the beginnings of months (or of every so many, or of weeks), in that language."""
    per_month = _per_month(scale)
    if per_month >= _ROOM * len(_WEEKS):
        shown, yearly, daily = _weeks(scale), False, True
    else:
        step = next((s for s in _STEPS if s * per_month >= _ROOM), _STEPS[-1])
        months = _months(scale)
        shown = [day for day in months if (day.year * 12 + day.month - 1) % step == 0]
        yearly, daily = step >= 12, False
    years = [None, *(day.year for day in shown)]
    return tuple(
        _mark(day, scale, new_year=day.year != before, yearly=yearly, daily=daily, to=language)
        for day, before in zip(shown, years, strict=False)
    )


def _per_month(scale: Scale) -> float:
    return scale.x(scale.even_until) / max((scale.even_until - scale.since).days / 30.4, 1)


def _months(scale: Scale) -> list[date]:
    first = scale.since.year * 12 + scale.since.month
    last = scale.even_until.year * 12 + scale.even_until.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(first, last + 1)]


def _weeks(scale: Scale) -> list[date]:
    length = (scale.even_until - scale.since).days
    days = (scale.since + timedelta(days=n) for n in range(1, length + 1))
    return [day for day in days if day.day in _WEEKS]


def _mark(
    day: date, scale: Scale, *, new_year: bool, yearly: bool, daily: bool, to: str
) -> AxisMark:
    korean = to == "ko"
    year = f"{day.year}년" if korean else str(day.year)
    name = f"{day.month}월" if korean else MONTHS_EN[day.month - 1][:3]
    if daily:
        name = f"{name} {day.day}일" if korean else f"{day.day} {name}"
    return AxisMark(
        x=scale.x(day),
        label=year if yearly else name,
        year=year if new_year and not yearly else "",
    )
