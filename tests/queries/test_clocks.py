"""Reading the three clocks from the parameters of a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from negotiations.models import Clocks
from negotiations.queries.clocks import (
    FIRST_DAY,
    LAST_DAY,
    clocks_used,
    read_clocks,
    today,
    within_reach,
    worded,
)
from negotiations.refusals import Refusal

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2025, 10, 14, 16, 30, tzinfo=UTC)  # 15 October in Seoul


def read(on: str | None = None, known_by: str | None = None, as_of: str | None = None) -> Clocks:
    return read_clocks(on=on, known_by=known_by, as_of=as_of, now=NOW, zone=SEOUL)


def test_without_parameters_it_is_now() -> None:
    clocks = read()
    assert clocks.on == date(2025, 10, 15)
    assert clocks.known_by == date(2025, 10, 15)
    assert clocks.known_at is None
    assert clocks.as_of == NOW


def test_by_default_nothing_that_is_dated_today_anywhere_is_hidden() -> None:
    noon = datetime(2025, 10, 14, 12, tzinfo=UTC)
    clocks = read_clocks(on=None, known_by=None, as_of=None, now=noon, zone=ZoneInfo("UTC"))
    assert clocks.on == date(2025, 10, 14)
    assert clocks.known_by == date(2025, 10, 15)


def test_who_asks_nothing_has_the_clocks_of_today_and_the_record_that_is_given() -> None:
    newest = NOW + timedelta(seconds=1)
    assert today(now=NOW, as_of=newest, zone=SEOUL) == Clocks(
        on=date(2025, 10, 15), known_by=date(2025, 10, 15), known_at=None, as_of=newest
    )


EVENING = datetime(2025, 10, 14, 11, tzinfo=UTC)  # 20:00 in Seoul; the 15th has begun further east


def test_in_the_evening_the_day_that_is_told_by_default_is_not_tomorrow() -> None:
    clocks = read_clocks(on=None, known_by=None, as_of=None, now=EVENING, zone=SEOUL)
    told = worded(clocks, asked=False, zone=SEOUL)

    assert (clocks.known_by, told.known_by) == (date(2025, 10, 15), date(2025, 10, 14))
    assert replace(told, known_by=clocks.known_by) == clocks
    assert today(now=EVENING, as_of=EVENING, zone=SEOUL) == told


def test_a_day_that_was_asked_for_is_told_as_it_was_asked() -> None:
    clocks = read_clocks(on=None, known_by="2025-10-15", as_of=None, now=EVENING, zone=SEOUL)

    assert worded(clocks, asked=True, zone=SEOUL) == clocks


def test_of_a_past_record_no_later_day_is_told_by_default() -> None:
    assert worded(read(as_of="2025-10-05"), asked=False, zone=SEOUL).known_by == date(2025, 10, 5)


def test_a_day_of_the_record_ends_at_midnight_of_the_desk() -> None:
    clocks = read(as_of="2025-10-05")
    assert clocks.as_of == datetime(2025, 10, 5, 14, 59, 59, 999_999, tzinfo=UTC)


def test_a_day_of_the_record_may_have_23_hours() -> None:
    clocks = read_clocks(
        on=None, known_by=None, as_of="2025-03-09", now=NOW, zone=ZoneInfo("America/New_York")
    )
    assert clocks.as_of == datetime(2025, 3, 10, 3, 59, 59, 999_999, tzinfo=UTC)


def test_the_record_of_today_is_the_record_of_now() -> None:
    assert read(as_of="2025-10-15").as_of == NOW


def test_an_instant_that_was_known_has_its_day_in_its_own_zone() -> None:
    clocks = read(known_by="2025-10-05T00:30:00+09:00")
    assert clocks.known_at == datetime(2025, 10, 4, 15, 30, tzinfo=UTC)
    assert clocks.known_by == date(2025, 10, 5)
    assert clocks_used(clocks).known_by == clocks.known_at


def test_a_day_that_was_known_is_told_as_a_day() -> None:
    assert clocks_used(read(known_by="2025-10-05")).known_by == date(2025, 10, 5)


def test_an_instant_of_the_record_is_taken_as_it_is() -> None:
    clocks = read(as_of="2025-10-05T09:30:00.000001Z")
    assert clocks.as_of == datetime(2025, 10, 5, 9, 30, 0, 1, tzinfo=timezone(timedelta(0)))


def test_the_world_may_be_asked_about_its_future() -> None:
    assert read(on="2026-01-01").on == date(2026, 1, 1)


@pytest.mark.parametrize("name", ["on", "known_by", "as_of"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "2025-1-5",
        "20251005",
        "2025-W40-1",
        "2025-02-30",
        "0000-01-01",
        "2025-10-05 ",
        "２０２５-10-05",
        "2025-10-05T09:30:00",
        "2025-10-05T09:30:00 09:00",
        "2025-10-05T25:00Z",
        "2025-10-05T09:30:00+99:00",
        "T",
        "2025-10-05\n",
        "9" * 5000,
    ],
)
def test_what_is_no_date_is_refused(name: str, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(**{name: text})
    assert (refused.value.code, refused.value.at) == ("bad_parameter", name)
    assert len(str(refused.value)) < 300


def test_on_takes_no_instant() -> None:
    with pytest.raises(Refusal, match="not a date"):
        read(on="2025-10-05T09:30:00Z")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("known_by", "2025-10-16"),
        ("known_by", "9999-12-31"),
        ("known_by", "2025-10-14T16:30:01Z"),
        ("as_of", "2025-10-16"),
        ("as_of", "9999-12-31"),
        ("as_of", "2025-10-15T01:30:01+09:00"),
    ],
)
def test_what_is_not_yet_recorded_or_known_is_refused(name: str, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(**{name: text})
    assert (refused.value.code, refused.value.at) == ("clock_in_future", name)


@pytest.mark.parametrize("text", ["2025-10-15", "2025-10-14T16:30:00Z"])
def test_now_itself_is_no_future(text: str) -> None:
    read(known_by=text, as_of=text)


def test_the_first_instant_that_may_be_asked_about_is_read() -> None:
    assert read(as_of="1000-01-01T00:00:00+14:00").as_of.year == 1000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *((name, "0999-12-31") for name in ("on", "known_by", "as_of")),
        *((name, "0001-01-01T00:00:00+14:00") for name in ("known_by", "as_of")),
        ("on", "9001-01-01"),
    ],
)
def test_centuries_at_the_ends_of_the_calendar_cannot_be_asked_about(name: str, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(**{name: text})
    assert (refused.value.code, refused.value.at) == ("bad_parameter", name)
    assert "from 1000-01-01 to 9000-12-31" in refused.value.sentence("en")


@pytest.mark.parametrize(
    ("day", "days", "reached"),
    [
        (date(2025, 10, 5), -3, date(2025, 10, 2)),
        (date.max, 1, LAST_DAY),
        (date.min, -1, FIRST_DAY),
        (LAST_DAY, -3_000_000, FIRST_DAY),
    ],
)
def test_steps_end_at_the_ends_of_what_may_be_asked_about(
    day: date, days: int, reached: date
) -> None:
    assert within_reach(day, days) == reached


def test_clocks_reach_an_act_that_is_later_than_now() -> None:
    """Its writer's clock is ahead; the day that is asked about stays ours."""
    ahead = datetime(2025, 10, 16, 11, tzinfo=UTC)
    clocks = read_clocks(
        on=None, known_by=None, as_of=None, now=ahead - timedelta(days=1), zone=SEOUL, reached=ahead
    )
    assert (clocks.on, clocks.known_by, clocks.as_of) == (
        date(2025, 10, 15),
        date(2025, 10, 17),
        ahead,
    )
