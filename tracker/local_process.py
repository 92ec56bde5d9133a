"""Ties between processes: who dies with whom, who adopts whose orphans. Linux keeps them.

Only the standard library is imported here: the keeper runs this without the virtual environment.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tracker.local_lock import until

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def die_with_parent(signum: int = signal.SIGKILL, of: int | None = None) -> Callable[[], None]:
    """Return what a child has to call so that the kernel sends it `signum` when its parent dies.

    The parent is the process `of`, or else the calling one. Meant as a `preexec_fn`: the C library
    is looked up here, before the fork. Other systems than Linux lack this; there it does nothing.
    """
    parent, prctl = of or os.getpid(), _prctl()

    def tie() -> None:
        prctl(_PR_SET_PDEATHSIG, signum)
        if os.getppid() != parent:  # the parent died before the tie was made
            os._exit(1)

    return tie


def adopt_orphans() -> None:
    """Make the calling process the parent of its descendants whose own parent died."""
    _prctl()(_PR_SET_CHILD_SUBREAPER, 1)


def kill_orphans() -> None:
    """Kill what a killed child left behind; as their adoptive parent one cannot hit a stranger."""
    for _ in until(10):
        orphans = [pid for pid in _processes() if _parent_of(pid) == os.getpid()]
        if not orphans:
            return
        for pid in orphans:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def end(child: subprocess.Popen[bytes], signum: int) -> None:
    """Ask `child` to end by `signum`, and ever less kindly if it does not within a minute."""
    for kind in (signum, signal.SIGQUIT, signal.SIGKILL):
        child.send_signal(kind)
        with suppress(subprocess.TimeoutExpired):
            child.wait(60)
            return


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # gone meanwhile
        return 0


def _prctl() -> Callable[..., int]:
    library = ctypes.CDLL(None)
    return library.prctl if hasattr(library, "prctl") else lambda *_: 0
