"""The processes of `make run`: started together, started again when one dies, ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from types import FrameType, TracebackType
from typing import Self

from tracker.local import Provided
from tracker.local_lock import until
from tracker.local_process import die_with_parent

_GRACE = 5.0  # seconds for an orderly end
_YOUNG = 10.0  # seconds; who dies before that cannot live
_TOO_OFTEN = 5  # so many young deaths of one process in a row end everything


class Crew:
    """Child processes that live and die with this one; `with` ends them all."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.stopping = False
        self.failed = False
        self._commands: dict[str, list[str]] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._born: dict[str, float] = {}
        self._died_young: dict[str, int] = {}

    def listen_for_signals(self) -> None:
        """Take Ctrl-C, SIGTERM and SIGHUP as the wish to end."""
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._wish_to_end)

    def _wish_to_end(self, _signum: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def start(self, name: str, command: list[str]) -> None:
        """Start `command` and keep it running under `name`."""
        self._commands[name] = command
        self._born[name] = time.monotonic()
        self._running[name] = _spawn(command)

    def run_once(self, command: list[str]) -> int:
        """Run `command` to its end, or until the wish to end; return its exit code."""
        child = _spawn(command)
        while child.poll() is None and not self.stopping:
            time.sleep(0.02)
        _end([child])
        return child.returncode

    def is_alive(self, name: str) -> bool:
        """Say whether the process started under `name` still runs."""
        return self._running[name].poll() is None

    def mind(self) -> None:
        """Start again who has died; who dies as soon as started, again and again, sets `failed`."""
        for name, child in list(self._running.items()):
            if child.poll() is None or self.stopping:
                continue
            _kill_group(child)  # what it started must not go on without it
            print(
                f"{name} ended with {child.returncode}; starting it again",
                file=sys.stderr,
                flush=True,
            )
            # Who was killed from outside, for want of memory say, might have lived.
            if child.returncode != -signal.SIGKILL:
                self._note_death(name)
            if not self.failed:
                self.start(name, self._commands[name])

    def _note_death(self, name: str) -> None:
        young = time.monotonic() - self._born[name] < _YOUNG
        self._died_young[name] = self._died_young.get(name, 0) + 1 if young else 0
        if self._died_young[name] >= _TOO_OFTEN:
            print(f"{name} does not live; giving up", file=sys.stderr, flush=True)
            self.failed = True

    def watch(self, servers: Provided) -> int:
        """Mind children and embedded servers until the wish to end; return the exit code."""
        for turn in count():
            if self.stopping or self.failed:
                break
            self.mind()
            if turn % 10 == 0:
                servers.mend()
            time.sleep(0.2)
        return 1 if self.failed else 0

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all children: asked first, killed after some seconds or a second Ctrl-C."""
        if self._running:
            print("\nEnding …", flush=True)
        self.stopping = False  # from here on it tells of a second Ctrl-C
        _end(list(self._running.values()), hurry=lambda: self.stopping)


def die_with_make() -> None:
    """End this process when the `make` that started it, if one did, is killed."""
    if "MAKELEVEL" in os.environ:
        die_with_parent(signal.SIGTERM, of=os.getppid())()


def _spawn(command: list[str]) -> subprocess.Popen[bytes]:
    # A process group of its own keeps Ctrl-C of the terminal from it: the parent ends all in order.
    # And if the parent cannot, because it was killed, the kernel kills the child.
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "DIE_WITH_PARENT": "1"},
        process_group=0,
        preexec_fn=die_with_parent(),
    )


def _end(
    children: list[subprocess.Popen[bytes]], hurry: Callable[[], bool] = lambda: False
) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for _ in until(_GRACE):
        if hurry() or all(child.poll() is not None for child in children):
            break
    for child in children:
        _kill_group(child)


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
