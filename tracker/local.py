"""The embedded default: PostgreSQL and Valkey for who has set neither DATABASE_URL nor BROKER_URL.

`provide` is all that others need. A server runs while at least one process uses it; see
`tracker.local_keeper`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Self

from tracker.local_lock import Lock, until
from tracker.local_place import CHECKOUT, LocalError, Purpose, data_folder
from tracker.local_service import Service
from tracker.local_services import Embedded, postgres, valkey

__all__ = ["LocalError", "Provided", "provide"]

_SERVERS: dict[str, Callable[[Path, Purpose], Embedded]] = {
    "DATABASE_URL": postgres,
    "BROKER_URL": valkey,
}
_PATIENCE = 120.0  # recovery after a crash may take long; a server that fails says so at once


class Provided:
    """The embedded servers one process uses: they run until it is closed or the process is gone."""

    def __init__(self, urls: Mapping[str, str], servers: list[Embedded], locks: list[Lock]) -> None:
        """Keep the addresses, and the locks that keep the servers."""
        self.urls = urls
        self._servers = servers
        self._locks = locks

    def mend(self) -> None:
        """Give a server whose keeper was killed a new keeper, and so a new life at the same
        address.
        """
        for server in self._servers:
            if not _has_keeper(server):
                _start_keeper(server.service)

    def close(self) -> None:
        """Stop using the servers; who is the last one to do so ends them."""
        for lock in self._locks:
            lock.release()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()


def provide(environ: MutableMapping[str, str], *, purpose: Purpose = "data") -> Provided:
    """Set DATABASE_URL and BROKER_URL in `environ`, each where it is absent, to an embedded server
    that answers.

    What is set already stays untouched, and no server is started for it. Keep what is returned: as
    long as it (or the process) lives, the servers do. Raises LocalError, with the end of the
    server's log, when one cannot be had.
    """
    missing = [name for name in _SERVERS if not environ.get(name)]
    if not missing:
        return Provided({}, [], [])
    folder = data_folder(environ)
    servers = {name: _SERVERS[name](folder, purpose) for name in missing}
    locks = [_join(server) for server in servers.values()]
    urls = {name: server.url(_wait(server)) for name, server in servers.items()}
    environ.update(urls)
    return Provided(urls, list(servers.values()), locks)


def _join(server: Embedded) -> Lock:
    """Become a user of the server and see that it has a keeper."""
    users = Lock(server.service.home / "users")
    # The keeper holds this exclusively only while it stops the server.
    if not users.wait(seconds=_PATIENCE, shared=True):
        raise _failure(server, f"is still being stopped after {_PATIENCE:.0f} s")
    if not _has_keeper(server):
        _start_keeper(server.service)
    return users


def _wait(server: Embedded) -> Path:
    """Return the directory of the server's socket once the server answers on it."""
    note = server.service.home / "sockets"
    for _ in until(_PATIENCE):
        kept = _has_keeper(server)
        if note.exists() and server.answers(sockets := Path(note.read_text())):
            return sockets
        if not kept:  # the keeper that was there a moment ago gave up
            raise _failure(server, "does not start")
    raise _failure(server, f"does not answer after {_PATIENCE:.0f} s")


def _has_keeper(server: Embedded) -> bool:
    lock = Lock(server.service.home / "keeper")
    try:
        return not lock.is_free()
    finally:
        lock.release()


def _start_keeper(service: Service) -> None:
    # Returns as soon as there is a keeper, this one or another; -S and -E keep the virtual
    # environment out of it.
    command = [sys.executable, "-S", "-E", "-m", "tracker.local_keeper", service.dumps()]
    subprocess.run(command, cwd=CHECKOUT, check=True, stdin=subprocess.DEVNULL)


def _failure(server: Embedded, what: str) -> LocalError:
    log = server.service.home / "log"
    lines = log.read_text(errors="replace").splitlines()[-20:] if log.exists() else []
    return LocalError(
        "\n  ".join([f"The embedded {server.name} {what}. The end of {log}:", *lines])
    )
