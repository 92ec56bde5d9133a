"""Floor 0: the time while something is at work. An edge reads the clock once, and counts on."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta


def clock_from(now: datetime) -> Callable[[], datetime]:
    """The time as it goes on from `now`."""
    began = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - began)
