"""Processor time and memory of processes that others own, from Linux."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def cpu_seconds(pid: int) -> float:
    """User and system time that a process has spent so far, to the nanosecond.

    Of all its threads, also those that ended (clock_getcpuclockid(3)); 0 for one that is gone.
    """
    with suppress(OSError):
        return time.clock_gettime(~pid << 3 | 2)
    return 0.0


def tree(pid: int) -> list[int]:
    """A process with all below it."""
    found, parents = [pid], {}
    for entry in _PROC.glob("[0-9]*"):
        with suppress(OSError):
            # The name stands in brackets and may hold anything.
            after = (entry / "stat").read_text().rpartition(")")[2].split()
            parents[int(entry.name)] = int(after[1])
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def spent(pids: Iterable[int]) -> dict[int, float]:
    """What each of these has spent."""
    return {pid: cpu_seconds(pid) for pid in pids}


def pss_megabytes(pid: int) -> float:
    """Proportional set size: what a process holds alone, and its share of what it shares."""
    text = (_PROC / str(pid) / "smaps_rollup").read_text()
    return (
        next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    )


def largest_pss(pid: int) -> float:
    """That of the largest process of a tree: the worker, where the others only watch."""
    sizes = []
    for one in tree(pid):
        with suppress(OSError, IndexError):
            sizes.append(pss_megabytes(one))
    return max(sizes, default=0.0)
