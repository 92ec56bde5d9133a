"""When digests go out, by the clock on the desk's wall."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from negotiations.operations.rhythms import next_digest

BERLIN, SEOUL = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("rhythm", "zone", "now", "due"),
    [
        # Seven in Seoul is 22:00 UTC of the day before.
        ("daily", SEOUL, "2025-10-14T21:59:59", "2025-10-14T22:00:00"),
        ("daily", SEOUL, "2025-10-14T22:00:00", "2025-10-15T22:00:00"),
        ("weekly", SEOUL, "2025-10-14T03:00:00", "2025-10-19T22:00:00"),
        ("weekly", SEOUL, "2025-10-19T22:00:00", "2025-10-26T22:00:00"),
        # Clocks go back on 26 October 2025 and forward on 29 March 2026: it stays seven o'clock.
        ("daily", BERLIN, "2025-10-25T05:00:00", "2025-10-26T06:00:00"),
        ("daily", BERLIN, "2025-10-26T05:30:00", "2025-10-26T06:00:00"),
        ("daily", BERLIN, "2026-03-28T06:00:00", "2026-03-29T05:00:00"),
        ("weekly", BERLIN, "2026-03-23T06:00:00", "2026-03-30T05:00:00"),
    ],
)
def test_a_digest_is_due_at_seven(rhythm: str, zone: ZoneInfo, now: str, due: str) -> None:
    at, then = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, due))
    assert next_digest(rhythm, now=at, zone=zone) == then


def test_letters_at_once_have_no_hour() -> None:
    assert next_digest("immediate", now=datetime(2025, 10, 14, tzinfo=UTC), zone=SEOUL) is None
