"""A moment on somebody's clock."""

from __future__ import annotations

from datetime import datetime

import pytest
from django import forms

from negotiations.pages.desk.moments import WallClock, instant_of, zone_choices


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        ("2025-10-31T09:00", "Asia/Seoul", "2025-10-31T00:00:00+00:00"),
        ("2025-10-31T09:00", "America/New_York", "2025-10-31T13:00:00+00:00"),
        ("2025-12-31T09:00", "America/New_York", "2025-12-31T14:00:00+00:00"),
        # The hour that is there twice counts as its first time.
        ("2025-11-02T01:30", "America/New_York", "2025-11-02T05:30:00+00:00"),
    ],
)
def test_a_wall_clock_is_read_in_its_zone(local: str, zone: str, instant: str) -> None:
    assert instant_of(datetime.fromisoformat(local), zone).isoformat() == instant


@pytest.mark.parametrize(
    ("local", "zone"),
    [
        ("2025-03-09T02:30", "America/New_York"),
        ("0001-01-01T00:00", "Asia/Seoul"),
        ("9999-12-31T23:59", "America/New_York"),
    ],
)
def test_a_time_that_a_clock_leaves_out_is_refused(local: str, zone: str) -> None:
    with pytest.raises(forms.ValidationError):
        instant_of(datetime.fromisoformat(local), zone)


@pytest.mark.parametrize("typed", ["2025-10-31T09:00", "2025-10-31 09:00", "2025-10-31T09:00:00"])
def test_day_and_time_are_read_as_typed(typed: str) -> None:
    assert WallClock(required=False).clean(typed) == datetime.fromisoformat("2025-10-31T09:00")


@pytest.mark.parametrize("typed", ["tomorrow", "2025-13-01T09:00", "2025-10-31"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        WallClock(required=False).clean(typed)


def test_the_desks_own_clock_comes_first() -> None:
    assert zone_choices()[0] == ("Asia/Seoul", "Seoul")
    assert ("America/New_York", "Washington") in zone_choices()
