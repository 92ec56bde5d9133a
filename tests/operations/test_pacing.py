"""How long until a feed is asked again, to the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from negotiations.operations.pacing import after_failure, after_success, asked_to_wait
from negotiations.refusals import Refusal

NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)
EVERY = timedelta(minutes=15)
# A feed of this id has nothing added to its waits.
EVEN = 1000


def _minutes(wait: timedelta) -> float:
    return wait.total_seconds() / 60


def _busy(status: int, retry_after: str) -> Refusal:
    return Refusal("fetch_failed", host="a.example", status=status, retry_after=retry_after)


def test_what_is_quiet_is_asked_half_as_often_up_to_an_hour() -> None:
    waits = [_minutes(after_success(every=EVERY, quiet=n, feed=EVEN)) for n in range(5)]
    assert waits == [15, 30, 60, 60, 60]


def test_what_is_to_be_asked_less_often_than_hourly_stays_so() -> None:
    assert after_success(every=timedelta(hours=6), quiet=9, feed=EVEN) == timedelta(hours=6)


def test_what_fails_is_asked_half_as_often_up_to_a_day() -> None:
    waits = [_minutes(after_failure(every=EVERY, failures=n, feed=EVEN)) for n in range(1, 10)]
    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    assert after_failure(every=EVERY, failures=10**9, feed=EVEN) == timedelta(days=1)


def test_up_to_a_tenth_is_added_always_the_same_for_a_feed() -> None:
    waits = [after_success(every=timedelta(minutes=10), quiet=0, feed=n) for n in range(1, 2001)]
    assert min(waits) == timedelta(minutes=10)
    assert max(waits) == timedelta(minutes=10, seconds=59, milliseconds=940)
    assert len(set(waits)) == 1000
    assert waits[0] == after_success(every=timedelta(minutes=10), quiet=0, feed=1)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_left_alone_as_long_as_it_asks(status: int) -> None:
    assert asked_to_wait(_busy(status, "120"), now=NOW) == NOW + timedelta(seconds=120)
    assert asked_to_wait(_busy(status, "soon"), now=NOW) is None


def test_other_failures_ask_for_nothing() -> None:
    assert asked_to_wait(_busy(500, "120"), now=NOW) is None
    assert asked_to_wait(Refusal("fetch_timed_out", host="a.example"), now=NOW) is None
