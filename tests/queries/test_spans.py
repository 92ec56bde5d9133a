"""Distances between vague dates, held against trying every day that each may mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.queries.shapes import Days, Shift
from negotiations.queries.spans import DateSpan, days_late, days_left, shift

DAY = date(2025, 10, 1)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
LENGTHS = st.integers(0, 60)


def single(day: date) -> DateSpan:
    """One day."""
    return DateSpan(day.isoformat(), day, day)


def stretch(day: date, more: int) -> DateSpan:
    """From a day on, so many more."""
    last = day + timedelta(days=more)
    text = f"{day.isoformat()}/{last.isoformat()}" if more else day.isoformat()
    return DateSpan(text, day, last)


def by(day: date) -> DateSpan:
    """All up to a day."""
    return DateSpan(f"../{day.isoformat()}", date.min, day)


def from_on(day: date) -> DateSpan:
    """All from a day on."""
    return DateSpan(f"{day.isoformat()}/..", day, date.max)


def possible(before: DateSpan, after: DateSpan) -> set[int]:
    """The oracle: how far each day that one may mean lies from each of the other."""
    return {
        (b - a).days
        for a in (
            before.lower + timedelta(n) for n in range((before.upper - before.lower).days + 1)
        )
        for b in (after.lower + timedelta(n) for n in range((after.upper - after.lower).days + 1))
    }


@given(DAYS, DAYS)
def test_between_single_days_it_is_their_distance(before: date, after: date) -> None:
    days = (after - before).days
    direction = "later" if days > 0 else "earlier" if days < 0 else "same"
    expected = Shift(least=days, most=days, exact=True, direction=direction)
    if days:
        assert shift(single(before), single(after)) == expected
    assert shift(single(before), single(after)).direction == direction


@given(DAYS, DAYS, LENGTHS)
def test_from_a_single_day_it_is_every_distance_that_is_possible(
    before: date, after: date, more: int
) -> None:
    for one, other in (
        (single(before), stretch(after, more)),
        (stretch(after, more), single(before)),
    ):
        found, every = shift(one, other), possible(one, other)
        assert (found.least, found.most) == (min(every), max(every))
        assert found.exact == (more == 0)


@given(DAYS, LENGTHS, DAYS, LENGTHS)
def test_both_ways_are_the_same_distance(a: date, more: int, b: date, further: int) -> None:
    one, other = stretch(a, more), stretch(b, further)
    there, back = shift(one, other), shift(other, one)
    assert (there.least, there.most) == (
        None if back.most is None else -back.most,
        None if back.least is None else -back.least,
    )
    turned = {"later": "earlier", "earlier": "later", "narrowed": "widened", "widened": "narrowed"}
    assert turned.get(there.direction, "same") == back.direction


@given(DAYS, LENGTHS, DAYS, LENGTHS)
def test_a_direction_is_what_the_days_do(a: date, more: int, b: date, further: int) -> None:
    one, other = stretch(a, more), stretch(b, further)
    inside = one.lower <= other.lower and other.upper <= one.upper
    around = other.lower <= one.lower and one.upper <= other.upper
    expected = (
        "same" if inside and around
        else "narrowed" if inside
        else "widened" if around
        else "later" if b > a
        else "earlier"
    )  # fmt: skip
    assert shift(one, other).direction == expected


@given(DAYS, LENGTHS, st.integers(1, 400))
def test_a_stretch_that_moves_whole_moves_exactly(day: date, more: int, days: int) -> None:
    later = stretch(day + timedelta(days=days), more)
    moved = shift(stretch(day, more), later)
    assert (moved.least, moved.most, moved.exact) == (days, days, True)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (by(DAY), by(date(2025, 10, 16)), (15, 15, True, "later")),
        (by(DAY), by(date(2025, 9, 21)), (-10, -10, True, "earlier")),
        (from_on(DAY), from_on(date(2025, 10, 6)), (5, 5, True, "later")),
        (by(DAY), single(date(2025, 10, 16)), (15, None, False, "later")),
        (by(DAY), single(date(2025, 9, 21)), (-10, None, False, "narrowed")),
        (single(date(2025, 10, 16)), by(DAY), (None, -15, False, "earlier")),
        (single(DAY), from_on(date(2025, 10, 6)), (5, None, False, "later")),
        (from_on(date(2025, 10, 6)), single(DAY), (None, -5, False, "earlier")),
        (by(DAY), from_on(date(2025, 10, 6)), (None, None, False, "later")),
    ],
)
def test_open_ends(
    before: DateSpan, after: DateSpan, expected: tuple[int | None, int | None, bool, str]
) -> None:
    least, most, exact, direction = expected
    told = Shift(least=least, most=most, exact=exact, direction=direction)
    assert shift(before, after) == told


@pytest.mark.parametrize("text", ["2025-10-15~", "2025-10-15?", "2025-10-15%", "2025-10", "2025"])
def test_what_is_vague_is_never_exact(text: str) -> None:
    vague, day = DateSpan(text, date(2025, 10, 15), date(2025, 10, 15)), single(DAY)
    assert not shift(day, vague).exact
    assert not shift(vague, day).exact
    assert (days_left(DAY, vague), days_late(date(2025, 10, 20), vague)) == (
        Days(least=14, most=14, exact=False),
        Days(least=5, most=5, exact=False),
    )


@given(DAYS, DAYS, LENGTHS)
def test_a_date_is_ahead_or_past_and_never_both(on: date, day: date, more: int) -> None:
    due = stretch(day, more)
    left, late = days_left(on, due), days_late(on, due)
    assert (left is None) != (late is None)
    if left:
        ahead = [n for n in possible(single(on), due) if n >= 0]
        assert (left.least, left.most) == (min(ahead), max(ahead))
    if late:
        assert late == Days(least=(on - due.upper).days, most=(on - due.upper).days, exact=True)


@pytest.mark.parametrize(
    ("on", "due", "left"),
    [
        (date(2025, 9, 21), by(DAY), Days(least=10, most=10, exact=True)),
        (DAY, by(DAY), Days(least=0, most=0, exact=True)),
        (date(2025, 9, 21), from_on(DAY), Days(least=10, most=None, exact=True)),
        (date(2025, 10, 21), from_on(DAY), Days(least=0, most=None, exact=True)),
    ],
)
def test_how_long_it_is_to_an_open_date(on: date, due: DateSpan, left: Days) -> None:
    assert days_left(on, due) == left


def test_a_vague_month_is_late_by_at_least_the_days_since_its_end() -> None:
    month = DateSpan("2025-09", date(2025, 9, 1), date(2025, 9, 30))
    assert days_late(date(2025, 10, 12), month) == Days(least=12, most=41, exact=False)
    limit = DateSpan("../2025-09", date.min, date(2025, 9, 30))
    assert days_late(date(2025, 10, 12), limit) == Days(least=12, most=None, exact=False)


def test_an_instant_is_to_the_day() -> None:
    assert DateSpan("2025-08-07T00:01:00-04:00", DAY, DAY).to_the_day
    assert not DateSpan("2025-08-07T00:01:00-04:00~", DAY, DAY).to_the_day
