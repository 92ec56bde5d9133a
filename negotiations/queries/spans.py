"""Arithmetic over vague dates: how far a date moved, how long it is until one.

A date is its EDTF text (ISO 8601-2) with its first and last day; open ends reach to the first or
last day that the calendar has. A number of days is as vague as the dates: never a precise one from
vague ones.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple, Protocol

from negotiations.queries.shapes.spans import Days, Shift

_DAY = r"\d{4}-\d{2}-\d{2}(?:T[^/~?%]+)?"
# A day or an instant, a stretch between two, or all up to or from one.
_TO_THE_DAY = re.compile(rf"(?:{_DAY}|\.\.)(?:/(?:{_DAY}|\.\.))?", re.ASCII)


class DateSpan(NamedTuple):
    """A date in EDTF with its bounds."""

    text: str
    lower: date
    upper: date

    @property
    def to_the_day(self) -> bool:
        """Whether its ends are given to the day, and without doubt."""
        return _TO_THE_DAY.fullmatch(self.text) is not None


class HasDueDate(Protocol):
    """What is due on a date."""

    @property
    def due_on(self) -> str:
        """The date in EDTF."""

    @property
    def due_lower(self) -> date:
        """Its first day."""

    @property
    def due_upper(self) -> date:
        """Its last day."""


def span_of(due: HasDueDate) -> DateSpan:
    """When it is due."""
    return DateSpan(due.due_on, due.due_lower, due.due_upper)


def shift(before: DateSpan, after: DateSpan) -> Shift:
    """How far a date moved from `before` to `after`.

    By how many days its first and its last day moved: from the lesser to the greater. Where one of
    the dates is a single day, these are exactly the distances that are possible. An end that is
    open in both did not move; one that is open in one of them moved without bound.
    """
    moved = [
        (new - old).days if (new == end) == (old == end) else None
        for old, new, end in (
            (before.lower, after.lower, date.min),
            (before.upper, after.upper, date.max),
        )
        if not new == old == end
    ]
    known = [days for days in moved if days is not None]
    exact = before.to_the_day and after.to_the_day and None not in moved and len(set(known)) == 1
    least, most = min(known, default=None), max(known, default=None)
    if None in moved:
        least, most = _unbounded(before, after, least)
    return Shift(least=least, most=most, exact=exact, direction=_direction(before, after))


def _unbounded(
    before: DateSpan, after: DateSpan, known: int | None
) -> tuple[int | None, int | None]:
    """The bounds where one end is open in one of the two: it moved without bound to that side."""
    later = before.lower == date.min < after.lower or before.upper < date.max == after.upper
    earlier = after.lower == date.min < before.lower or after.upper < date.max == before.upper
    return (None if earlier else known, None if later else known)


def _direction(before: DateSpan, after: DateSpan) -> str:
    first, last = _sign(before.lower, after.lower), _sign(before.upper, after.upper)
    if before.lower == after.lower == date.min:
        first = last
    elif before.upper == after.upper == date.max:
        last = first
    if first == last:
        return ("same", "later", "earlier")[first]
    return "narrowed" if first >= 0 >= last else "widened"


def _sign(before: date, after: date) -> int:
    return (after > before) - (after < before)


def days_left(on: date, due: DateSpan) -> Days | None:
    """How many days there are from `on` to the first and to the last day; None once it is past.

    `least` is 0 while the date is on; for all up to a day only that day counts.
    """
    if due.upper < on:
        return None
    most = None if due.upper == date.max else (due.upper - on).days
    least = most if due.lower == date.min else max((due.lower - on).days, 0)
    return Days(least=least, most=most, exact=due.to_the_day)


def days_late(on: date, due: DateSpan) -> Days | None:
    """How many days ago the last day of a date was; None while it is not past.

    Of a vague date they are at least so many: it may have been meant for an earlier day. Of a
    stretch or a limit it is the last day that counts.
    """
    if due.upper >= on:
        return None
    passed = (on - due.upper).days
    if due.to_the_day:
        return Days(least=passed, most=passed, exact=True)
    most = None if due.lower == date.min else (on - due.lower).days
    return Days(least=passed, most=most, exact=False)
