"""The databases of made records: on an embedded server of their own, kept between runs.

Each says, in its comment, of which generator and of which migrations it is; one that is of others
is made anew.
"""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from tracker.local import Provided, provide
from tracker.local_lock import Lock
from tracker.local_place import CHECKOUT, data_folder, made

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
# Above this the triggers rest while a record is copied; tests see that the rows are the same.
WITH_TRIGGERS = 100_000


class Bench:
    """The embedded server of the bench; runs until it is closed."""

    def __init__(self) -> None:
        """Start it, or join it where it runs."""
        environ = {name: os.environ[name] for name in ("PARLEY_DATA",) if name in os.environ}
        self._servers: Provided = provide(environ, purpose="bench")
        self.broker = environ["BROKER_URL"]
        self._address = urlsplit(environ["DATABASE_URL"])

    @property
    def host(self) -> str:
        """The directory of the server's socket."""
        return unquote(self._address.netloc.split("@")[1])

    def url(self, name: str, *, user: str = "parley") -> str:
        """The address of one of its databases."""
        return self._address._replace(
            netloc=f"{user}@{self._address.netloc.split('@')[1]}", path=f"/{name}"
        ).geturl()

    def connect(self, name: str = "postgres", *, user: str = "postgres") -> psycopg.Connection[Any]:
        """A connection of the one who measures, who may see everything."""
        return psycopg.connect(self.url(name, user=user), autocommit=True)

    def names(self) -> dict[str, str]:
        """The databases of made records, and what each says of itself."""
        with self.connect() as own:
            rows = own.execute(
                "SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '')"
                " FROM pg_database WHERE datname LIKE 'bench\\_%'"
            )
            return {name: said for name, said in rows}

    def drop(self, name: str) -> None:
        """Throw one away."""
        with self.connect() as own:
            own.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def create(self, name: str) -> None:
        """Make an empty one."""
        with self.connect(user="parley") as own:
            own.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        with self.connect() as own:
            own.execute("GRANT SET ON PARAMETER session_replication_role TO parley")

    def mark(self, name: str, said: str) -> None:
        """Say what is in it, once all of it is."""
        with self.connect() as own:
            own.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), said))


def stamp() -> str:
    """By which a made record is told from one of another generator, and of other tables.

    Of what the files say, not of how they are laid out.
    """
    making = CHECKOUT / "tests" / "bench" / "making"
    words = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(making.glob("*.txt"))))
    tables = CHECKOUT / "negotiations" / "migrations"
    return f"{words.hexdigest()[:8]}{_digest(making)} {_digest(tables)}"


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*.py")):
        digest.update(ast.dump(ast.parse(file.read_text())).encode())
    return digest.hexdigest()[:16]


def ensure(bench: Bench, size: str) -> str:
    """The name of the database with a made record of that size, made now where there is none.

    One that lacks only migrations is migrated. Runs in processes of their own: Django knows one
    database a process.
    """
    name, mark = f"bench_{size}", stamp()
    # Who comes while another makes it waits.
    lock = Lock(made(data_folder(os.environ) / "bench") / f"{name}.lock")
    if not lock.wait(seconds=7200):
        raise RuntimeError(f"{name} is being made by another process")
    try:
        found = bench.names().get(name, "")
        if found != mark:
            of_this_generator = found.split(" ")[0] == mark.split(" ")[0]
            if not (of_this_generator and _migrate(bench, name)):
                _make(bench, name, SIZES[size])
            bench.mark(name, mark)
    finally:
        lock.release()
    return name


def _migrate(bench: Bench, name: str) -> bool:
    """Apply what came since; False where its own history does not allow that."""
    there = {file.stem for file in (CHECKOUT / "negotiations" / "migrations").glob("0*.py")}
    with bench.connect(name) as own:
        rows = own.execute("SELECT name FROM django_migrations WHERE app = 'negotiations'")
        if {applied for (applied,) in rows} - there:
            return False
    print(f"Migrating {name}", flush=True)
    for words in ("migrate --verbosity=0", "rebuild --follow --verbosity=0"):
        try:
            _run([sys.executable, "manage.py", *words.split()], _environ(bench, name))
        except subprocess.CalledProcessError:
            return False
    with bench.connect(name) as own:
        own.execute("VACUUM ANALYZE")
    return True


def _environ(bench: Bench, name: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": bench.url(name), "BROKER_URL": bench.broker,
            "DATABASE_LIMITS": "0", "DJANGO_SETTINGS_MODULE": "tracker.settings"}  # fmt: skip


def _make(bench: Bench, name: str, size: int) -> None:
    bench.drop(name)
    bench.create(name)
    print(f"Making the record of {size} statements", flush=True)
    begun = time.monotonic()
    for words in (
        ["manage.py", "migrate", "--verbosity=0"],
        ["-m", "tests.bench.databases", str(size)],
        ["manage.py", "rebuild", "--verbosity=0"],
    ):
        _run([sys.executable, *words], _environ(bench, name))
    with bench.connect(name) as own:
        own.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        own.execute("VACUUM ANALYZE")
        own.execute("CHECKPOINT")
    print(f"  made in {time.monotonic() - begun:.0f} s", flush=True)


def _run(command: list[str], environ: dict[str, str]) -> None:
    subprocess.run(command, cwd=CHECKOUT, env=environ, check=True)


if __name__ == "__main__":
    import django

    django.setup()
    from tests.bench.making.loading import load_record

    size = int(sys.argv[1])
    load_record(size, triggers=size <= WITH_TRIGGERS, say=lambda text: print(text, flush=True))
