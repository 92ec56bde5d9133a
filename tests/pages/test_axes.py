"""Days on an axis."""

from __future__ import annotations

import itertools
from datetime import date

from negotiations.pages.axes import Scale, axis_marks

EVEN = Scale(anchors=((date(2025, 1, 1), 0), (date(2025, 12, 31), 1000)))
BROKEN = Scale(
    anchors=((date(2025, 1, 1), 0), (date(2025, 7, 1), 900), (date(2029, 7, 1), 1000)),
    busy_until=date(2025, 7, 1),
)


def test_days_stand_evenly_and_never_outside():
    assert EVEN.x(date(2025, 1, 1)) == 0
    assert EVEN.x(date(2025, 7, 2)) == 500
    assert EVEN.x(date(2024, 1, 1)) == 0
    assert EVEN.x(date(2030, 1, 1)) == 1000


def test_a_quiet_stretch_takes_little_room():
    assert BROKEN.x(date(2025, 7, 1)) == 900
    assert 949 < BROKEN.x(date(2027, 7, 1)) < 951


def test_a_single_day_is_no_division_by_zero():
    day = date(2025, 10, 1)
    assert Scale(anchors=((day, 0), (day, 1000))).x(day) == 0


def test_months_are_named_and_the_year_once():
    marks = axis_marks(EVEN, language="en")
    assert [mark.label for mark in marks][:3] == ["Feb", "Mar", "Apr"]
    assert [mark.year for mark in marks if mark.year] == ["2025"]


def test_korean_months():
    first = axis_marks(EVEN, language="ko")[0]
    assert (first.label, first.year) == ("2월", "2025년")


def test_no_month_is_named_within_a_shortened_stretch():
    assert all(mark.x <= 900 for mark in axis_marks(BROKEN, language="en"))


def test_long_periods_name_years_only():
    long = Scale(anchors=((date(1990, 1, 1), 0), (date(2025, 12, 31), 1000)))
    marks = axis_marks(long, language="en")
    assert all(mark.label.isdigit() for mark in marks)
    assert min(b.x - a.x for a, b in itertools.pairwise(marks)) >= 44
