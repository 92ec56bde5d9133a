"""The lines that `make run` prints: each with the seconds since the start, so one sees what takes
how long.
"""

from __future__ import annotations

import os
import time

# In the environment, so that the processes started here count from the same moment.
_START = float(os.environ.setdefault("PARLEY_RUN_STARTED", str(time.monotonic())))


def say(text: str) -> None:
    """Print `text` with the seconds since the start of the run."""
    print(f"{time.monotonic() - _START:6.1f} s  {text}", flush=True)
