"""The product as it is served: its own database, the seeds, static files, the web server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from psycopg import sql

from tracker import run_commands

# Two sites may stand at once: each has a database of its own.
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running site: its address, the path of one page of each kind, and its environment."""

    url: str
    paths: dict[str, str]
    environ: dict[str, str]

    def read(self, path: str) -> bytes:
        """The body of a page, whatever its status."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=30) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as refusal:
            return bytes(refusal.read())


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """Prepare and serve the site; everything goes away at the end."""
    with prepared(folder) as environ:
        mended = json.loads(run([sys.executable, "-m", "tests.browser.mending"], environ))
        with served(environ, folder) as url:
            yield Site(url=url, paths=_paths(url, mended), environ=environ)


@contextmanager
def prepared(folder: Path, **further: str) -> Iterator[dict[str, str]]:
    """A database with the seeds, and the environment of the site's processes."""
    with _database() as address:
        environ = os.environ | {
            "DATABASE_URL": address,
            "STATIC_ROOT": str(folder / "static"),
            "WEB_WORKERS": "1",
            "DEBUG": "0",
            "SECRET_KEY": "of this test",
            **further,
        }
        run(run_commands.prepare(), environ)
        yield environ


@contextmanager
def _database() -> Iterator[str]:
    """A new database on the server that the tests use; its address."""
    server = settings.DATABASES["default"]
    name = f"browser_{os.getpid()}_{next(_NUMBERS)}"
    given = {"host": server["HOST"], "port": server["PORT"], "user": server["USER"]}
    known = {key: value for key, value in given.items() if value}
    if server["PASSWORD"]:
        known["password"] = server["PASSWORD"]
    identifier = sql.Identifier(name)
    with psycopg.connect(dbname="postgres", autocommit=True, **known) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(identifier))
        try:
            host, user = quote(server["HOST"], safe=""), quote(server["USER"], safe="")
            secret = f":{quote(server['PASSWORD'], safe='')}" if server["PASSWORD"] else ""
            port = f":{server['PORT']}" if server["PORT"] else ""
            yield f"postgres://{user}{secret}@{host}{port}/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


def run(command: list[str], environ: dict[str, str]) -> str:
    """What a command of the site prints; it must end well."""
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served(environ: dict[str, str], folder: Path) -> Iterator[str]:
    """The web server; the address of the site."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with started(run_commands.web("127.0.0.1", port), environ, folder / "web.log") as server:
        _wait(f"http://127.0.0.1:{port}/about/", server)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def started(
    command: list[str], environ: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the site, for as long as this lasts."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environ, stdout=out, stderr=out
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        assert server.poll() is None, "the web server ended"
        time.sleep(0.1)
    raise AssertionError("the web server does not answer")


def _paths(url: str, mended: dict[str, int]) -> dict[str, str]:
    """One page of every kind, by what the API says is there."""
    with urllib.request.urlopen(f"{url}/api/v1/statements/?limit=200", timeout=30) as answer:
        statements = json.load(answer)["results"]
    quoted = next(s for s in statements if "not optimistic" in (s["quotation"] or ""))
    paraphrased = next(s for s in statements if not s["quotation"])
    return {
        "home": "/",
        "board": "/rok-us/",
        "board then": "/rok-us/?known_on=2025-10-05",
        "linkages": "/rok-us/linkages/",
        "milestones": "/rok-us/milestones/",
        "milestones then": "/rok-us/milestones/?known_on=2025-07-20",
        "positions": "/rok-us/positions/",
        "positions that differ": "/rok-us/positions/?differing=true&track=investment",
        "figures": "/rok-us/figures/",
        "brief": "/rok-us/brief/?known_on=2025-10-14",
        "brief then": f"/rok-us/brief/{statements[0]['ledger_number']}/",
        "handover": "/rok-us/handover/?known_on=2025-10-14",
        "track": "/rok-us/currency-swap/",
        "track then": "/rok-us/security/?known_on=2025-10-05",
        "track by kind": "/rok-us/investment/?kind=position",
        "meetings": "/rok-us/meetings/",
        "meeting": "/rok-us/meetings/july-trade-deal/",
        "what changed": "/rok-us/compare/?from=2025-09-20&to=2025-10-14",
        "what changed on a track": "/rok-us/currency-swap/compare/?since=0",
        "days reversed": "/rok-us/compare/?from=2025-10-14&to=2025-09-20",
        "quotation": f"/statements/{quoted['id']}/",
        "paraphrase": f"/statements/{paraphrased['id']}/",
        "corrected": f"/statements/{mended['corrected']}/",
        "correction": f"/statements/{mended['mended']}/",
        "retracted": f"/statements/{mended['retracted']}/",
        "source": f"/sources/{quoted['source']['id']}/",
        "person": "/people/cho-hyun/",
        "search": "/search/?q=currency+swap",
        "search, nothing asked": "/search/",
        "search, narrowed": "/search/?q=%EA%B4%80%EC%84%B8&negotiation=rok-us&sort=relevance",
        "search, nothing found": "/search/?q=xylophone",
        "search, refused": "/search/?q=-",
        "changes": "/changes/",
        "ledger": "/ledger/",
        "act of the ledger": "/ledger/1/",
        "growth of the ledger": "/ledger/consistency/?from=1",
        "corrections": "/corrections/",
        "vocabulary": "/vocabulary/",
        "about": "/about/",
        "scripts": "/for-scripts/",
        "trust": "/trust/",
        "reports": "/reports/",
        "reporting": f"/reports/new/?about=statement:{quoted['id']}",
        "letters": "/subscriptions/?negotiation=rok-us&track=security",
        "letters asked for": "/subscriptions/asked/",
        "nothing there": "/rok-us/no-such-track/",
        "refused": "/changes/?colour=red",
    }
