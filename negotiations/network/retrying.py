"""How long a host asks to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=1)


def retry_after(text: str, *, now: datetime) -> datetime | None:
    """The moment that a `Retry-After` names (RFC 9110, 10.2.3): in seconds, or a date in GMT.

    From `now` to a day later; None where it is empty or cannot be read.
    """
    said = text.strip()
    if said.isascii() and said.isdigit():
        return now + min(timedelta(seconds=int(said[:9])), LONGEST)
    try:
        until = parsedate_to_datetime(said)
        # A date without an offset ("-0000") is in UTC.
        until = (until if until.tzinfo else until.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(until, now), now + LONGEST)
