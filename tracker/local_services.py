"""The two embedded servers: how each is filled, started, asked if it answers, and addressed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from tracker.local_parts import postgres_programs, valkey_program
from tracker.local_place import Purpose, made, server_account
from tracker.local_service import Service

_SAFE = {
    "shared_buffers": "128MB",
    "max_connections": "100",
    "max_wal_size": "256MB",
    "timezone": "UTC",
}
# A test database is thrown away, so nothing in it has to survive a crash of the machine.
_FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
}
# Rows of a test are never committed: vacuum would find tables empty that are being filled, and have
# them planned so. A row asked by its key then took eighteen seconds, for want of any right order.
_TESTED = {**_FAST, "autovacuum": "off"}
# That of the bench is kept between runs, but can be made again: all in memory, and no part of a
# query in a process of its own, so that its processor time is found at the connection that asked.
_MEASURED = {
    **_FAST,
    "shared_buffers": "1GB",
    "max_wal_size": "8GB",
    "maintenance_work_mem": "512MB",
    "max_parallel_workers_per_gather": "0",
    "shared_preload_libraries": "pg_stat_statements",
}
_SETTINGS: dict[Purpose, dict[str, str]] = {"data": {}, "test": _TESTED, "bench": _MEASURED}


@dataclass(frozen=True)
class Embedded:
    """One server as its users see it."""

    service: Service
    answers: Callable[[Path], bool]  # given the directory of its socket
    url: Callable[[Path], str]

    @property
    def name(self) -> str:
        """Return the server's name for people."""
        return self.service.home.name


def postgres(folder: Path, purpose: Purpose) -> Embedded:
    """Describe the PostgreSQL server whose files are in `folder`/`purpose`; raises LocalError
    without its programs.
    """
    account = server_account()
    programs = postgres_programs(folder, account)
    major = _major(programs)
    # The built-in provider gives full Unicode case mapping whatever the system's C library knows;
    # it came with 17.
    locale = (
        ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if major >= 17
        else ["--locale=C.UTF-8"]
    )
    initdb = [
        f"{programs}/initdb",
        "-D",
        "{data}",
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        *locale,
    ]
    roles = "CREATE ROLE parley LOGIN CREATEDB CREATEROLE\nCREATE DATABASE parley OWNER parley\n"
    settings = {**_SAFE, **_SETTINGS[purpose]}
    service = Service(
        home=_home(folder, purpose, "postgres"),
        uid=account.uid,
        gid=account.gid,
        first=[
            (initdb + ["--no-instructions"] + ["--no-sync"] * (purpose == "test"), ""),
            ([f"{programs}/postgres", "--single", "-D", "{data}", "postgres"], roles),
        ],
        command=[
            *(f"{programs}/postgres", "-D", "{data}", "-k", "{sockets}", "-c", "listen_addresses="),
            *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
        ],
        # It names a pid, which by now may be a stranger's; the keeper knows better who is alive.
        stale=["postmaster.pid"],
        stop=signal.SIGINT,  # PostgreSQL's fast shutdown: ends sessions, writes a checkpoint
        throwaway=purpose == "test",
    )
    # Test runs at the same time share the server, so each names its databases after itself.
    database = f"parley_{os.getpid()}" if purpose == "test" else "parley"
    return Embedded(
        service,
        answers=partial(_postgres_answers, programs),
        url=lambda sockets: f"postgresql://parley@{quote(str(sockets), safe='')}/{database}",
    )


def valkey(folder: Path, purpose: Purpose) -> Embedded:
    """Describe the Valkey server whose files are in `folder`/`purpose`; raises LocalError without
    its program.
    """
    account = server_account()
    program = valkey_program(folder, account)
    options = {
        "port": "0",
        "unixsocket": "{sockets}/valkey",
        "dir": "{data}",
        "appendonly": "yes",
        "save": "",
    }
    service = Service(
        home=_home(folder, purpose, "valkey"),
        uid=account.uid,
        gid=account.gid,
        first=[],
        command=[
            str(program),
            *(word for name, value in options.items() for word in (f"--{name}", value)),
        ],
        stale=[],
        stop=signal.SIGTERM,  # writes out the append-only file, then ends
        throwaway=purpose == "test",
    )
    return Embedded(
        service, answers=_valkey_answers, url=lambda sockets: f"redis+socket://{sockets}/valkey"
    )


def _home(folder: Path, purpose: Purpose, name: str) -> Path:
    made(folder / purpose)
    return made(folder / purpose / name)


def _major(programs: Path) -> int:
    said = subprocess.run(
        [f"{programs}/postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return int(said.split()[2].split(".")[0])


def _postgres_answers(programs: Path, sockets: Path) -> bool:
    who = [
        "--username",
        "parley",
        "--dbname",
        "parley",
    ]  # else it asks as the operating system's user, which is logged
    ask = [f"{programs}/pg_isready", "--quiet", "--host", str(sockets), *who, "--timeout", "3"]
    return subprocess.run(ask, env={"LC_ALL": "C"}, check=False).returncode == 0


def _valkey_answers(sockets: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(3)
        try:
            connection.connect(str(sockets / "valkey"))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
