"""Local dates, here and at the other party's."""

from __future__ import annotations

import pytest

from negotiations.pages.places import city, local_dates, said_instant

SEOUL, WASHINGTON = "Asia/Seoul", "America/New_York"


def test_a_date_alone_is_told_with_its_city_only():
    told = local_dates("2025-10-01", SEOUL, others=(WASHINGTON,), language="en")
    assert told == [("2025-10-01", "1 October 2025", "Seoul")]


def test_a_time_tells_the_other_partys_date_where_it_differs():
    told = local_dates("2025-10-01T09:00:00+09:00", SEOUL, others=(WASHINGTON,), language="en")
    assert told == [
        ("2025-10-01", "1 October 2025, 09:00", "Seoul"),
        ("2025-09-30", "30 September 2025", "Washington"),
    ]


def test_the_same_day_is_told_once():
    told = local_dates("2025-10-01T22:00:00+09:00", SEOUL, others=(WASHINGTON,), language="ko")
    assert told == [("2025-10-01", "2025년 10월 1일 22:00", "서울")]


def test_an_instant_written_in_utc_is_told_in_the_zone_of_the_statement():
    told = local_dates("2025-07-30T22:16:00Z", WASHINGTON, others=(SEOUL,), language="en")
    assert [day for day, _words, _city in told] == ["2025-07-30", "2025-07-31"]


@pytest.mark.parametrize(
    ("zone", "english", "korean"),
    [
        (WASHINGTON, "Washington", "워싱턴"),
        ("Asia/Shanghai", "Beijing", "베이징"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "Buenos Aires"),
    ],
)
def test_zones_are_called_by_their_city(zone, english, korean):
    assert (city(zone, "en"), city(zone, "ko")) == (english, korean)


@pytest.mark.parametrize("text", ["2025-10", "2025-10-01T09:00", "2025-10-01T99:00:00+09:00"])
def test_what_is_no_instant_is_not_taken_for_one(text):
    assert said_instant(text) is None
