"""The keeper: a small process that runs one embedded server for as long as anybody uses it.

Three locks in the server's folder carry the whole protocol, so no pid is ever believed and no
`kill -9` can confuse it:

- `users`: each user holds it shared; when the keeper gets it exclusively, all are gone, and it
  stops the server;
- `keeper`: held by the one keeper, let go before `users`, so whoever holds `users` and finds
  `keeper` held can rely on a keeper that will not leave;
- `servers`: inherited by the server and all it forks, so it is free only when no process of an
  earlier life is left.

It runs without the virtual environment and must import nothing but the standard library.
"""

from __future__ import annotations

import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from tracker.local_lock import Lock
from tracker.local_process import adopt_orphans, die_with_parent, end, kill_orphans
from tracker.local_service import Service

_LOG_LIMIT = 10_000_000
# A server that lived for less than these seconds died "quickly"; so many such deaths are enough.
_QUICK, _ENOUGH = 10.0, 3


class Keeper:
    """Runs the server of one service; made only by who holds the keeper lock."""

    def __init__(self, service: Service) -> None:
        """Take the service to keep; nothing is started yet."""
        self.service = service
        self.users = Lock(service.home / "users")
        self.servers = Lock(service.home / "servers")
        self.data = service.home / "data"
        self.sockets: Path  # known once no earlier server is left
        self.told_to_stop = False

    def run(self) -> None:
        """Run the server, again if it dies, until told to stop or the last user is gone."""
        if not self.servers.wait(seconds=60):
            raise SystemExit("keeper: an earlier server is still alive after 60 s; not starting")
        self.sockets = _own_sockets(self.service)
        try:
            self._prepare_data()
            _write(self.service.home / "sockets", str(self.sockets))
            self._keep()
        finally:
            self._clear_away()

    def stop(self, _signum: int = 0, _frame: FrameType | None = None) -> None:
        """Stop the server soon, whoever still uses it."""
        self.told_to_stop = True

    def _done(self) -> bool:
        return self.told_to_stop or self.users.attempt()

    def _keep(self) -> None:
        deaths = 0
        while deaths < _ENOUGH and not self._done():
            lived = self._keep_one()
            deaths = deaths + 1 if lived < _QUICK else 1

    def _keep_one(self) -> float:
        """Run one life of the server; return the seconds it lasted.

        One that was killed from outside counts as long: it could have lived, and to give up would
        take its address away from all who use it.
        """
        start = time.monotonic()
        for name in self.service.stale:
            (self.data / name).unlink(missing_ok=True)
        server = self._spawn(self.service.command, self.data)
        while server.poll() is None:
            if self._done():
                end(server, self.service.stop)
                break
            _bound(self.service.home / "log")
            time.sleep(0.1)
        else:
            print(f"keeper: the server ended with {server.returncode}", flush=True)
        kill_orphans()
        killed = server.returncode == -signal.SIGKILL
        return math.inf if killed else time.monotonic() - start

    def _prepare_data(self) -> None:
        if self.service.throwaway:
            shutil.rmtree(self.data, ignore_errors=True)
        if self.data.exists():
            return
        # Made under another name and renamed when complete: an interrupted first start leaves
        # nothing half-made.
        draft = self.data.with_name("data.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        os.chown(draft, self.service.uid, self.service.gid)
        for command, text in self.service.first:
            maker = self._spawn(command, draft, stdin=subprocess.PIPE)
            maker.communicate(text.encode())
            if maker.returncode:
                raise SystemExit(f"keeper: {command[0]} failed with {maker.returncode}")
        draft.rename(self.data)

    def _spawn(
        self, command: list[str], data: Path, stdin: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        folders = {"{data}": str(data), "{sockets}": str(self.sockets)}
        for mark, path in folders.items():
            command = [word.replace(mark, path) for word in command]
        switch: dict[str, Any] = {}
        if os.geteuid() == 0:
            gid = self.service.gid
            switch = {"user": self.service.uid, "group": gid, "extra_groups": [gid]}
        return subprocess.Popen(
            command,
            stdin=stdin,
            cwd="/",
            # A clean environment: neither PGDATA nor an odd HOME or LANG reaches the server.
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            pass_fds=[self.servers.fd],
            preexec_fn=die_with_parent(self.service.stop),
            **switch,
        )

    def _clear_away(self) -> None:
        shutil.rmtree(self.sockets, ignore_errors=True)
        (self.service.home / "sockets").unlink(missing_ok=True)
        if self.service.throwaway:
            shutil.rmtree(self.data, ignore_errors=True)


def _own_sockets(service: Service) -> Path:
    """Return the private directory for the sockets: that of a killed keeper, else a new one.

    It is short because a socket's path may not exceed 107 bytes, and kept because users know it.
    """
    with suppress(OSError, ValueError):
        old = Path((service.home / "sockets.old").read_text())
        found = old.lstat()
        if (found.st_mode, found.st_uid) == (0o040700, service.uid):
            for leftover in old.iterdir():
                leftover.unlink()
            return old
    new = Path(tempfile.mkdtemp(prefix="parley-", dir="/tmp"))
    os.chown(new, service.uid, service.gid)
    return new


def _write(path: Path, text: str) -> None:
    # By renaming, so that nobody reads half of it.
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(text)
    draft.rename(path)


def _bound(log: Path) -> None:
    if log.stat().st_size > _LOG_LIMIT:
        shutil.copyfile(log, log.with_name("log.1"))
        os.truncate(log, 0)


def _detach(log: Path) -> None:
    """Leave the session and the files of who started this; what is said goes to the log."""
    os.setsid()
    os.chdir("/")
    os.umask(0o077)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)


def main() -> None:
    """Become the keeper of the service in the first argument, unless there is one already.

    Who started it gets control back once that is settled; the keeper lives on in a child.
    """
    service = Service.loads(sys.argv[1])
    lock = Lock(service.home / "keeper")
    # Not one attempt only: who merely asks whether there is a keeper holds it for an instant.
    if not lock.wait(seconds=0.2):
        return
    # Until the new server answers, nobody may take a killed keeper's note for the present one.
    with suppress(FileNotFoundError):
        (service.home / "sockets").rename(service.home / "sockets.old")
    if os.fork():
        os._exit(0)
    _detach(service.home / "log")
    adopt_orphans()
    keeper = Keeper(service)
    signal.signal(signal.SIGTERM, keeper.stop)
    signal.signal(signal.SIGINT, keeper.stop)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        keeper.run()
    finally:
        lock.release()
        keeper.users.release()


if __name__ == "__main__":
    main()
