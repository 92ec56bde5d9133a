"""How long a copy of an answer may be kept, as Cache-Control says it (RFC 9111, RFC 5861).

A copy is kept for seconds, then a cache may hand it out once more while it asks again, and for an
hour where asking fails. What default clocks told is kept no longer than the day they stand for.
What was asked under clocks that all lie fixed tells the same tomorrow: only a mended name or a new
release can change it, so it is kept for an hour. What is private is kept by nobody.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone, tzinfo

PRIVATE = "private, no-store"
# For who is known to this site: asked again at each use, so that they see what they just wrote.
ASK_AGAIN = "private, no-cache"
FIXED = "public, max-age=3600, stale-while-revalidate=3600, stale-if-error=86400"

_FRESH, _STALE, _ON_ERROR = 10, 20, 3600
# The record of an instant is settled a day later: acts under way are in, and replicas have them.
_SETTLED = timedelta(days=1)
# `known_by` turns with the first place on earth, as `queries.clocks` reads it.
_FIRST_ZONE = timezone(timedelta(hours=14))


def lifetime(*, now: datetime, zone: tzinfo) -> str:
    """Of an answer that tells the present, in a desk whose day ends in `zone`."""
    left = min(_left_of_the_day(now, zone), _left_of_the_day(now, _FIRST_ZONE))
    fresh = min(_FRESH, left)
    stale = min(_STALE, left - fresh)
    return f"public, max-age={fresh}, stale-while-revalidate={stale}, stale-if-error={_ON_ERROR}"


def is_fixed(*, on: bool, known_by: bool, as_of: datetime | None, now: datetime) -> bool:
    """Whether an answer stays: the first two clocks are set, and the third was, a day ago."""
    return on and known_by and as_of is not None and now - as_of >= _SETTLED


def _left_of_the_day(now: datetime, zone: tzinfo) -> int:
    """Whole seconds until the next midnight in the zone."""
    here = now.astimezone(zone)
    midnight = datetime.combine(here.date() + timedelta(days=1), time.min, zone)
    return int((midnight - now).total_seconds())
