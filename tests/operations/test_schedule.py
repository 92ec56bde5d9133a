"""When a webhook is tried again."""

from __future__ import annotations

from datetime import timedelta

from negotiations.operations.schedule import delay_after, rest_after


def test_the_delays_are_those_of_the_specification() -> None:
    hours = [delay_after(n) / timedelta(hours=1) for n in range(1, 12)]
    assert hours == [5 / 3600, 5 / 60, 0.5, 2, 5, 10, 14, 20, 24, 24, 24]


def test_jitter_adds_a_tenth_at_most_and_is_the_same_for_the_same_seed() -> None:
    found = {delay_after(2, seed=str(n)) for n in range(50)}
    assert len(found) > 40
    assert all(timedelta(minutes=5) <= one <= timedelta(minutes=5.5) for one in found)
    assert delay_after(2, seed="a") == delay_after(2, seed="a")


def test_one_failure_is_no_reason_to_rest() -> None:
    assert [rest_after(n) for n in (0, 1, 2, 3)] == [
        timedelta(), timedelta(), timedelta(seconds=5), timedelta(minutes=5),
    ]  # fmt: skip
