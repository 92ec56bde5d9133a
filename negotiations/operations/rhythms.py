"""When a digest goes out: at seven in the morning where the desk is, daily or on Mondays."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from negotiations.desk_words import Rhythm

HOUR = time(7)
_MONDAY = 0


def next_digest(rhythm: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next moment after `now` at which a digest of this rhythm is due; None for letters at
    once.

    Seven o'clock by the clock on the wall, whatever the offset is that day.
    """
    if rhythm == Rhythm.IMMEDIATE:
        return None
    day = now.astimezone(zone).date()
    while True:
        due = datetime.combine(day, HOUR, zone).astimezone(UTC)
        if due > now and (rhythm == Rhythm.DAILY or day.weekday() == _MONDAY):
            return due
        day += timedelta(days=1)
