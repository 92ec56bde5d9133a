"""Locks between processes; the kernel lets go of them when the last holder dies, however it dies.

Only the standard library is imported here: the keeper runs this without the virtual environment.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path


class Lock:
    """One advisory lock on one file, held by this process or handed on to others by its `fd`."""

    def __init__(self, path: Path) -> None:
        """Open, and if need be make, the file at `path` without locking it yet."""
        # Close-on-exec: a program that a holder starts does not become a holder unless it is handed
        # `fd` on purpose.
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def attempt(self, *, shared: bool = False) -> bool:
        """Take the lock if that is possible at once; say whether it was."""
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self.fd, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait(self, *, seconds: float, shared: bool = False) -> bool:
        """Try to take the lock for `seconds`; say whether that worked."""
        return any(self.attempt(shared=shared) for _ in until(seconds))

    def is_free(self) -> bool:
        """Say whether nobody holds the lock exclusively; only for who does not hold it either."""
        # Shared, so that several who ask at once do not take each other for the holder.
        if not self.attempt(shared=True):
            return False
        fcntl.flock(self.fd, fcntl.LOCK_UN)
        return True

    def release(self) -> None:
        """Let go; calling it twice does no harm."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


def until(seconds: float, pause: float = 0.03) -> Iterator[float]:
    """Yield the seconds gone by: at once, then after each `pause`, until `seconds` are over."""
    start = time.monotonic()
    while True:
        gone = time.monotonic() - start
        yield gone
        if gone >= seconds:
            return
        time.sleep(pause)
