"""When a webhook that failed is tried again, by the schedule of the Standard Webhooks."""

from __future__ import annotations

import hashlib
from datetime import timedelta

# At once, and so long after the attempt before.
SCHEDULE = tuple(
    timedelta(seconds=seconds)
    for seconds in (0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
# Nothing is tried for longer, whether an endpoint fails or one event alone.
PATIENCE = timedelta(days=5)
# So much is added at most, for endpoints that failed together not to be asked together.
_JITTER = 0.1


def delay_after(attempts: int, *, seed: str = "") -> timedelta:
    """How long to wait after so many failed attempts; the same for the same `seed`."""
    usual = SCHEDULE[min(attempts, len(SCHEDULE) - 1)]
    share = int.from_bytes(hashlib.sha256(f"{seed} {attempts}".encode()).digest()[:4]) / 2**32
    return usual * (1 + _JITTER * share) if seed else usual


def rest_after(misses: int) -> timedelta:
    """How long an endpoint rests after so many failures in a row, whatever else waits for it.

    One failure may be the event's own, and what stands on other tracks goes on.
    """
    return SCHEDULE[min(max(misses - 1, 0), len(SCHEDULE) - 1)]
