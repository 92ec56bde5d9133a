"""The servers that are measured, each a process of its own with one worker, on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.bench import processes
from tests.bench.client import Ask, Client
from tests.bench.databases import Bench
from tracker.local_lock import until
from tracker.local_place import CHECKOUT

_GRANIAN = "-m granian --interface wsgi --no-ws --workers 1 --blocking-threads 4 --log-level error"
DELIVERED = "parley-delivered"
_UVICORN = "-m uvicorn --workers 1 --no-access-log --log-level error"


@dataclass(frozen=True)
class Place:
    """Where a run works: the database, its SQLite copy, a folder for files.

    `python` has the packages of the product and no others, as where it is delivered: some of the
    framework reads whatever is there.
    """

    bench: Bench
    name: str
    folder: Path
    python: Path

    @property
    def url(self) -> str:
        """The address of the database."""
        return self.bench.url(self.name)


@dataclass
class Server:
    """One of them, running."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    first_answer: float
    client: Client
    # The name by which its connections to the database are told.
    application: str
    _lost: int = field(default=0)

    def spent(self, own: psycopg.Connection[Any]) -> dict[int, float]:
        """Processor time so far, of its processes and of the backends that serve it."""
        rows = own.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = %s", [self.application]
        )
        return processes.spent([*processes.tree(self.process.pid), *(pid for (pid,) in rows)])

    def stop(self) -> None:
        """End it."""
        self.client.close()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def start(name: str, place: Place) -> Server | None:
    """Start one by its name and wait for its first answer; None where it is absent."""
    port = free_port()
    made = _COMMANDS[name.partition(":")[0]](port, place)
    if made is None:
        return None
    command, path, settings = made
    application = f"bench-{name}"
    environ = {
        **os.environ, "DATABASE_URL": place.url, "BROKER_URL": place.bench.broker,
        "PGAPPNAME": application, "SECRET_KEY": "of a bench that nobody else reaches",
        "STATIC_ROOT": str(place.folder / "static"), "WEB_WORKERS": "1",
        "DJANGO_SETTINGS_MODULE": "tracker.settings", "PYTHONPATH": str(CHECKOUT), **settings,
    }  # fmt: skip
    if name in PRODUCT:
        environ |= PRODUCT[name]
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=CHECKOUT, env=environ)
    client = Client(port)
    server = Server(name, port, process, 0, client, application)
    try:
        _wait(server, path)
    except BaseException:
        server.stop()
        raise
    server.first_answer = time.monotonic() - begun
    return server


def _wait(server: Server, path: str) -> None:
    for _ in until(60, pause=0.02):
        if server.process.poll() is not None:
            break
        with suppress(OSError, EOFError):
            if server.client.ask(Ask(path)).status == 200:
                return
    raise RuntimeError(f"{server.name} does not answer")


# Limits so wide that one client does not meet them, but counted as they are in public.
_LIMITS = {"RATE_ANONYMOUS": "1000000/s", "RATE_TOKEN": "1000000/s"}
# Its two columns: every answer made anew, and answers kept as the settings have it by default. As
# delivered, with its two processes, only its memory and its start are looked at.
PRODUCT = {
    "parley": {**_LIMITS, "ANSWER_CACHE_MB": "0"}, "parley-kept": _LIMITS, DELIVERED: _LIMITS,
}  # fmt: skip
Command = tuple[list[str], str, dict[str, str]]


def _product(port: int, place: Place, *, workers: int = 1) -> Command:
    from tracker import run_commands

    _, *words, _ = run_commands.web("127.0.0.1", port)
    return [str(place.python), *words, str(workers)], "/api/v1/negotiations/", {}


def _delivered(port: int, place: Place) -> Command:
    return _product(port, place, workers=2)


def _plain(port: int, _: Place) -> Command:
    where = f"--host 127.0.0.1 --port {port} tests.bench.peers.plain_django:application"
    # Its settings stand in the module itself.
    settings = {"DJANGO_SETTINGS_MODULE": ""}
    return [sys.executable, *_GRANIAN.split(), *where.split()], "/api/statements/1/", settings


def _fast(port: int, _: Place) -> Command:
    where = f"--host 127.0.0.1 --port {port} tests.bench.peers.fast:app"
    return [sys.executable, *_UVICORN.split(), *where.split()], "/statements?track=1", {}


def _star(port: int, _: Place) -> Command:
    where = f"--host 127.0.0.1 --port {port} tests.bench.peers.star:app"
    return [sys.executable, *_UVICORN.split(), *where.split()], "/statements?track=1", {}


def _datasette(port: int, place: Place) -> Command:
    where = f"--host 127.0.0.1 --port {port} tests.bench.peers.data:app"
    settings = {"COPY_FILE": str(place.folder / f"{place.name}.db"),
                "METADATA": str(place.folder / "datasette.json")}  # fmt: skip
    return [sys.executable, *_UVICORN.split(), *where.split()], "/-/versions.json", settings


def _nginx(port: int, place: Place) -> Command | None:
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        return None
    folder = place.folder / "nginx"
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text("here")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(f"""
        {user} worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/log crit;
        events {{ worker_connections 64; }}
        http {{
            access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
            default_type application/json;
            server {{ listen 127.0.0.1:{port}; root {folder}; }}
        }}
    """)
    return [program, "-p", str(folder), "-c", str(folder / "nginx.conf")], "/index.html", {}


_COMMANDS: dict[str, Callable[[int, Place], Command | None]] = {
    "parley": _product, "parley-kept": _product, "plain": _plain, "fastapi": _fast,
    "litestar": _star, "datasette": _datasette, "nginx": _nginx, DELIVERED: _delivered,
}  # fmt: skip
NAMES = tuple(name for name in _COMMANDS if name != DELIVERED)
