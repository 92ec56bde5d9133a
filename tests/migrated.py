"""One migrated database for all processes of a run: each copies it, in place of migrating its own.

The run's first process, which hands the tests out, makes it while the others still collect them.
Who needs it waits for the lock of its maker, and makes it where nobody has.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

# Any number that nothing else locks on that server.
_LOCK = 6_210_733
_MANAGE = Path(__file__).parents[1] / "manage.py"


def migrated(url: str) -> str:
    """The name of the migrated database beside that of `url`, which is there from then on."""
    name = _name(url)
    with _server(url) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is None:
            _make(connection, url, name)
    return name


def forget(url: str) -> None:
    """Drop it: a server of somebody's own keeps nothing of a run, and no run begins with it."""
    with _server(url) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        for name in (_name(url), _half(url)):
            _execute(connection, "DROP DATABASE IF EXISTS {}", name)


def _make(connection: psycopg.Connection, url: str, name: str) -> None:
    # It has its name only when it is whole.
    half = _half(url)
    _execute(connection, "DROP DATABASE IF EXISTS {}", half)
    _execute(connection, "CREATE DATABASE {}", half)
    command = [sys.executable, str(_MANAGE), "migrate", "--run-syncdb", "--verbosity=0"]
    subprocess.run(command, env={**os.environ, "DATABASE_URL": _beside(url, half)}, check=True)
    _execute(connection, "ALTER DATABASE {} RENAME TO {}", half, name)


def _server(url: str) -> psycopg.Connection:
    return psycopg.connect(_beside(url, "postgres"), autocommit=True)


def _name(url: str) -> str:
    return f"template_{urlsplit(url).path.removeprefix('/')}"


def _half(url: str) -> str:
    return f"{_name(url)}_half"


def _beside(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _execute(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
