"""How long copies may be kept: seconds, never past the day, an hour where nothing can change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from negotiations.lifetimes import is_fixed, lifetime

SEOUL = ZoneInfo("Asia/Seoul")
NOON = datetime(2026, 1, 5, 3, tzinfo=UTC)


def test_the_present_is_kept_for_seconds() -> None:
    """Ten fresh, twenty more while a cache asks again, an hour where asking fails."""
    assert (
        lifetime(now=NOON, zone=SEOUL)
        == "public, max-age=10, stale-while-revalidate=20, stale-if-error=3600"
    )


@pytest.mark.parametrize("turn", [NOON.replace(hour=15), NOON.replace(hour=10)])
@pytest.mark.parametrize(
    ("before", "fresh", "stale"),
    [(40, 10, 20), (30, 10, 20), (29, 10, 19), (10, 10, 0), (4, 4, 0), (0.5, 0, 0), (0, 10, 20)],
)
def test_no_copy_outlives_the_day_it_tells(
    turn: datetime, before: float, fresh: int, stale: int
) -> None:
    """Neither the day of the desk (`on`) nor the first day on earth (`known_by`)."""
    told = lifetime(now=turn - timedelta(seconds=before), zone=SEOUL)

    assert told == f"public, max-age={fresh}, stale-while-revalidate={stale}, stale-if-error=3600"


@pytest.mark.parametrize(
    ("on", "known_by", "as_of", "fixed"),
    [
        (True, True, NOON - timedelta(days=1), True),
        (True, True, NOON - timedelta(hours=23), False),
        (True, True, None, False),
        (False, True, NOON - timedelta(days=9), False),
        (True, False, NOON - timedelta(days=9), False),
    ],
)
def test_a_past_answer_is_fixed_by_three_clocks(
    on: bool, known_by: bool, as_of: datetime | None, fixed: bool
) -> None:
    """Yesterday's record is settled: all acts are in it, here and on every replica."""
    assert is_fixed(on=on, known_by=known_by, as_of=as_of, now=NOON) is fixed
