"""The databases of made records: on an embedded server of their own, kept between runs.

Each says, in its comment, of which generator and of which migrations it is; one that is of others
is made anew.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from tracker.local import Provided, provide
from tracker.local_place import CHECKOUT

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
    """By which a made record is told from one of another generator or of other tables."""
    files = [
        *sorted((CHECKOUT / "tests" / "bench" / "making").glob("*.*")),
        *sorted((CHECKOUT / "negotiations" / "migrations").glob("*.py")),
    ]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def ensure(bench: Bench, size: str) -> str:
    """The name of the database with a made record of that size, made now where there is none.

    Runs in processes of their own: Django knows one database a process.
    """
    name = f"bench_{size}"
    if bench.names().get(name) == stamp():
        return name
    bench.drop(name)
    bench.create(name)
    print(f"Making the record of {SIZES[size]} statements", flush=True)
    begun = time.monotonic()
    environ = {**os.environ, "DATABASE_URL": bench.url(name), "BROKER_URL": bench.broker,
               "DATABASE_LIMITS": "0", "DJANGO_SETTINGS_MODULE": "tracker.settings"}  # fmt: skip
    for words in (
        ["manage.py", "migrate", "--verbosity=0"],
        ["-m", "tests.bench.databases", str(SIZES[size])],
        *([["manage.py", "rebuild"]] if _has_rebuild() else []),
    ):
        _run([sys.executable, *words], environ)
    with bench.connect(name) as own:
        own.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        own.execute("VACUUM ANALYZE")
        own.execute("CHECKPOINT")
    bench.mark(name, stamp())
    print(f"  made in {time.monotonic() - begun:.0f} s", flush=True)
    return name


def _has_rebuild() -> bool:
    return (CHECKOUT / "negotiations" / "management" / "commands" / "rebuild.py").exists()


def _run(command: list[str], environ: dict[str, str]) -> None:
    import subprocess

    subprocess.run(command, cwd=CHECKOUT, env=environ, check=True)


if __name__ == "__main__":
    import django

    django.setup()
    from tests.bench.making.loading import load_record

    size = int(sys.argv[1])
    load_record(size, triggers=size <= WITH_TRIGGERS, say=lambda text: print(text, flush=True))
