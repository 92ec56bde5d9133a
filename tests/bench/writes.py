"""Part of `make bench`: drafts and publications a second through the served API, with readers.

Baseline, in the same run on the same database: one INSERT and one COMMIT of a small row. A ratio of
0.1 says that the server takes ten such commits' time to do it. Throughput, not processor time: what
writers wait for is each other's turn, and that does not show in a processor's clock.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tracker.local import provide
from tracker.local_lock import until

SECONDS = float(os.environ.get("SECONDS", "5"))
WRITERS, READERS = 4, 4
READ = (
    "/rok-us/", "/rok-us/currency-swap/", "/api/v1/statements/?limit=50",
    "/api/v1/negotiations/rok-us/board/",
)  # fmt: skip
_numbers = count(1)


class Script:
    """One client on one kept-alive connection, with the token of one officer."""

    def __init__(self, url: str, token: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def send(self, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        """One POST below /api/v1, which must make something."""
        data = json.dumps(body).encode()
        self.connection.request("POST", f"/api/v1{path}", data, {**self.headers, **headers})
        answer = self.connection.getresponse()
        told = answer.read()
        if answer.status != 201:
            raise RuntimeError(f"{answer.status} {told!r}")
        made: dict[str, Any] = json.loads(told)
        return made


def draft_statement(script: Script) -> None:
    """A paraphrase, as an import script would send it."""
    script.send("/statements/", {
        "source": 1, "tracks": ["rok-us/security"], "said_on": "2025-10-01", "zone": "Asia/Seoul",
        "kind": "reports", "language": "en", "paraphrase_en": f"Number {next(_numbers)}",
        "voice_en": "bench",
    })  # fmt: skip


def draft_source(script: Script) -> dict[str, Any]:
    """A document that nobody has captured."""
    return script.send("/sources/", {
        "url": f"https://bench.example/{secrets.token_hex(8)}", "title": "Bench", "language": "en",
        "publisher": "reuters-via-japan-news", "published_on": "2025-10-01",
    })  # fmt: skip


def publish(script: Script, draft: dict[str, Any]) -> None:
    """The publication of a draft, as its reviewer saw it."""
    path = f"/sources/{draft['id']}/publication/"
    script.send(path, {"seen": 1}, **{"If-Match": f'"v{draft["version"]}"'})


def rate(calls: list[Callable[[], None]], seconds: float = SECONDS) -> float:
    """How often a second these callers, each on a thread of its own, get done what they call."""
    ends = time.monotonic() + seconds

    def work(call: Callable[[], None]) -> int:
        done = 0
        while time.monotonic() < ends:
            call()
            done += 1
        return done

    begun = time.monotonic()
    with ThreadPoolExecutor(len(calls)) as pool:
        done = sum(pool.map(work, calls))
    return done / (time.monotonic() - begun)


def read_on(url: str, stop: Any, done: Any) -> None:
    """One reader: page after page until told to stop; adds how many were read."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    read = 0
    while not stop.is_set():
        connection.request("GET", READ[read % len(READ)])
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {READ[read % len(READ)]}")
        read += 1
    with done.get_lock():
        done.value += read


def with_readers(url: str, measure: Callable[[], float]) -> tuple[float, float]:
    """What `measure` says while readers read, and how many pages a second they read."""
    stop, done = multiprocessing.Event(), multiprocessing.Value("i", 0)
    crowd = [
        multiprocessing.Process(target=read_on, args=(url, stop, done)) for _ in range(READERS)
    ]
    for reader in crowd:
        reader.start()
    begun = time.monotonic()
    try:
        found = measure()
    finally:
        stop.set()
        for reader in crowd:
            reader.join()
    return found, done.value / (time.monotonic() - begun)


def baseline() -> float:
    """One row and one commit at a time, on one connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench (id bigserial PRIMARY KEY, words text)")

        def insert() -> None:
            cursor.execute("INSERT INTO bench (words) VALUES (%s)", ["x" * 200])

        found = _alone(insert)
        cursor.execute("DROP TABLE bench")
    return found


def _alone(call: Callable[[], None]) -> float:
    done, begun = 0, time.monotonic()
    while time.monotonic() < begun + SECONDS:
        call()
        done += 1
    return done / (time.monotonic() - begun)


def token(username: str) -> str:
    """The token of a new officer who may do everything."""
    from django.utils import timezone

    from negotiations import operations
    from negotiations.models import Officer

    secret, now = f"parley_{secrets.token_urlsafe(32)}", timezone.now()
    by = operations.Actor(officer=Officer.objects.create_superuser(username=username).pk)
    operations.issue_token(
        by=by, now=now, name="bench", scopes=["publish"], expires_at=now + timedelta(days=1),
        secret=secret,
    )  # fmt: skip
    return secret


def measure(url: str) -> dict[str, tuple[float, float]]:
    """Rates of drafting and of publishing, alone and with readers: (writes, reads) a second."""
    drafter, reviewer = token("bench-drafter"), token("bench-reviewer")

    def crew(token: str) -> list[Script]:
        # Anew each time: the server closes connections that stand idle.
        return [Script(url, token) for _ in range(WRITERS)]

    def drafting() -> float:
        return rate([partial(draft_statement, script) for script in crew(drafter)])

    def publishing() -> float:
        with ThreadPoolExecutor(WRITERS) as pool:
            piles = list(pool.map(_pile, crew(drafter)))
        pairs = zip(crew(reviewer), piles, strict=True)
        return rate([partial(_publish_next, script, pile) for script, pile in pairs])

    return {
        "drafts": (drafting(), 0.0),
        "publications": (publishing(), 0.0),
        "drafts, with readers": with_readers(url, drafting),
        "publications, with readers": with_readers(url, publishing),
    }


def _pile(script: Script) -> list[dict[str, Any]]:
    return [draft_source(script) for _ in range(int(SECONDS * 60))]


def _publish_next(script: Script, pile: list[dict[str, Any]]) -> None:
    publish(script, pile.pop())


@contextmanager
def served(folder: str) -> Iterator[str]:
    """The product on the database of this process; its address."""
    from django.conf import settings
    from django.db import connection

    from tracker import run_commands

    at = connection.settings_dict
    host, user = quote(at["HOST"], safe=""), quote(at["USER"], safe="")
    environ = {
        **os.environ, "DATABASE_URL": f"postgres://{user}@{host}/{at['NAME']}",
        "STATIC_ROOT": folder, "SECRET_KEY": secrets.token_urlsafe(50),
    }  # fmt: skip
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(collect, cwd=settings.BASE_DIR, env=environ, check=True)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    web = subprocess.Popen(run_commands.web("127.0.0.1", port), cwd=settings.BASE_DIR, env=environ)
    try:
        for _ in until(60, pause=0.1):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        web.terminate()
        web.wait(timeout=30)


def main() -> None:
    """Make a database, load the seeds, serve, measure, print, throw all of it away."""
    from django.db import connection
    from django.utils import timezone

    from negotiations.intake.seeds import load_folder

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        load_folder(Path("seeds") / "rok-us", now=timezone.now())
        commits = baseline()
        with tempfile.TemporaryDirectory() as folder, served(folder) as url:
            found = measure(url)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    print(f"{'':38} {'a second':>9} {'of baseline':>12} {'reads a second':>15}")
    print(f"{'baseline: one INSERT and COMMIT':38} {commits:9.0f} {1:11.3f}×")
    for what, (writes, reads) in found.items():
        read = f"{reads:15.0f}" if reads else f"{'':15}"
        print(f"{what:38} {writes:9.1f} {writes / commits:11.3f}× {read}")


if __name__ == "__main__":
    SERVERS = provide(os.environ, purpose="test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    os.environ.setdefault("DATABASE_LIMITS", "0")
    import django

    django.setup()
    main()
