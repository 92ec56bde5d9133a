"""Real processes that use embedded servers, in a folder of their own, and ways to watch them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
_HOLD = """
import os, sys
from tracker.local import provide
servers = provide(os.environ)
print(os.environ["DATABASE_URL"], os.environ["BROKER_URL"], flush=True)
sys.stdin.read()
"""


def wait_for(condition: Callable[[], object], seconds: float = 20) -> None:
    """Return as soon as `condition` holds; fail when it does not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {condition}"
        time.sleep(0.02)


@dataclass
class User:
    """A process that holds the embedded servers until its input is closed or it is killed."""

    process: subprocess.Popen[str]

    def addresses(self) -> tuple[str, str]:
        """Return DATABASE_URL and BROKER_URL, once the process has them; fail with what it said if
        it ended.
        """
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"ended with {self.process.wait()}"
        database, broker = line.split()
        return database, broker

    def connect(self) -> psycopg.Connection:
        """Return a connection to its database, in autocommit."""
        return psycopg.connect(self.addresses()[0], autocommit=True)

    def kill(self) -> None:
        """Kill it as nothing can be prepared for."""
        self.process.kill()
        self.process.wait()

    def leave(self) -> None:
        """Let it end in order."""
        if self.process.poll() is None:
            self.process.communicate("")


@dataclass
class Folder:
    """A folder for local files (PARLEY_DATA) and the processes that live on it."""

    path: Path
    environ: dict[str, str] = field(default_factory=dict)
    users: list[User] = field(default_factory=list)

    def user(self, python: str = sys.executable, uid: int | None = None, **environ: str) -> User:
        """Start a process that uses the servers, with hardly any environment, as `uid` or self."""
        process = subprocess.Popen(
            [python, "-c", _HOLD],
            cwd=CHECKOUT,
            env={
                "PARLEY_DATA": str(self.path),
                "PATH": os.environ["PATH"],
                **self.environ,
                **environ,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            user=uid,
            group=uid,
            extra_groups=None if uid is None else [],
        )
        self.users.append(User(process))
        return self.users[-1]

    def processes(self, word: str = "") -> list[int]:
        """Return the ids of the servers' processes and keepers of this folder whose command line
        has `word`.
        """
        return [pid for pid, command, _ in _processes_in(self.path) if word in command]

    def accounts(self, word: str = "") -> set[int]:
        """Return the accounts under which the processes run whose command line has `word`."""
        return {uid for _, command, uid in _processes_in(self.path) if word in command}

    def postmaster(self) -> int:
        """Return the id of the process that PostgreSQL wrote down as its first."""
        return int((self.path / "data/postgres/data/postmaster.pid").read_text().split()[0])

    def is_quiet(self) -> bool:
        """Say whether no process of this folder is left."""
        return not self.processes()

    def end(self) -> None:
        """End all its users, then what is left of the servers."""
        for user in self.users:
            with suppress(BrokenPipeError):
                user.leave()
            for stream in (user.process.stdin, user.process.stdout):
                if stream:
                    stream.close()
        try:
            wait_for(self.is_quiet)
        finally:
            for pid in self.processes():
                os.kill(pid, signal.SIGKILL)


def _processes_in(folder: Path) -> Iterator[tuple[int, str, int]]:
    """Yield id, command line and account of each process that works in or is told of `folder`."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # gone meanwhile, or somebody else's
            words = (entry / "cmdline").read_bytes().split(b"\0")
            command = b" ".join(words).decode(errors="replace")
            inside = (entry / "cwd").readlink().is_relative_to(folder)
            if command and (inside or str(folder) in command):
                yield int(entry.name), command, entry.stat().st_uid


@pytest.fixture
def folder() -> Iterator[Folder]:
    """Provide a fresh folder that the servers' account can reach too; it is quiet, or the test
    fails, at the end.
    """
    path = Path(tempfile.mkdtemp(prefix="parley-test-", dir="/tmp"))
    path.chmod(0o755)
    made = Folder(path)
    try:
        yield made
    finally:
        made.end()
        shutil.rmtree(path)
