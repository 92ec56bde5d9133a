"""Many readers who wait at a real web server: nobody else notices, and nobody is left hanging."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from django.db import connection

from tests import factories
from tests.browser.site import started
from tests.standing import lasting
from tests.tracker.conftest import wait_for
from tracker import run_commands
from tracker.turns import READERS

PLACES = 6


@dataclass(frozen=True)
class Answer:
    """What a reader was told."""

    status: int
    retry_after: str | None
    body: Any


@dataclass
class Server:
    """The product's web server, with one process, on the database of the tests."""

    process: Any
    port: int

    def get(self, path: str) -> Answer:
        """Ask for something."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            asked.request("GET", path)
            told = asked.getresponse()
            body = json.loads(told.read() or b"null")
            return Answer(told.status, told.getheader("Retry-After"), body)
        finally:
            asked.close()

    def wait(self, after: int) -> Answer:
        """Wait for an act."""
        return self.get(f"/api/v1/changes/?after={after}&wait=30")

    def answers(self) -> bool:
        """Whether it can be asked already."""
        try:
            return self.get("/api/v1/health/").status == 200
        except OSError:
            return False


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """What is written is there for the server."""
    with lasting(django_db_blocker):
        yield


@pytest.fixture
def serve(
    db: None,  # noqa: ARG001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[int], Server]]:
    """Start the server with so many places; it is gone at the end."""
    running = []
    monkeypatch.setenv("WEB_WORKERS", "1")

    def start(places: int) -> Server:
        port = _free_port()
        environ = os.environ | {
            "DATABASE_URL": _address(),
            "CHANGES_WAITERS": str(places),
            "DEBUG": "1",
            "SECRET_KEY": "of this test",
        }
        command = run_commands.web("127.0.0.1", port)
        running.append(started(command, environ, tmp_path / "web.log"))
        server = Server(running[-1].__enter__(), port)
        wait_for(server.answers, 60)
        return server

    yield start
    for one in running:
        one.__exit__(None, None, None)
    assert "Traceback" not in (tmp_path / "web.log").read_text()
    assert "quite high" not in (tmp_path / "web.log").read_text()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _address() -> str:
    given = connection.settings_dict
    host = quote(str(given["HOST"]), safe="")
    port = f":{given['PORT']}" if given["PORT"] else ""
    secret = f":{quote(given['PASSWORD'], safe='')}" if given["PASSWORD"] else ""
    return f"postgres://{quote(given['USER'])}{secret}@{host}{port}/{given['NAME']}"


def _turned_away(answers: list[Future[Answer]]) -> list[Answer]:
    return [one.result() for one in answers if one.done()]


def _all_wait(answers: list[Future[Answer]], places: int) -> None:
    """Until as many wait as may, and the others were told to come again."""
    wait_for(lambda: len(_turned_away(answers)) == len(answers) - places, 30)
    assert {(a.status, a.retry_after) for a in _turned_away(answers)} <= {(200, "5")}


def test_while_all_places_are_taken_others_are_answered(
    serve: Callable[[int], Server],
) -> None:
    factories.enter()
    server = serve(PLACES)
    with ThreadPoolExecutor(PLACES + 3) as pool:
        answers = [pool.submit(server.wait, 1) for _ in range(PLACES + 3)]
        _all_wait(answers, PLACES)
        assert {server.get("/api/v1/people/").status for _ in range(READERS * 3)} == {200}
        factories.enter()
        told = [one.result() for one in answers]
    assert [[act["number"] for act in one.body["results"]] for one in told].count([2]) == PLACES


def test_many_who_come_at_the_same_instant_take_no_thread_from_who_comes_next(
    serve: Callable[[int], Server],
) -> None:
    """The server must make a thread for each of them, and one more, with nobody else coming."""
    factories.enter()
    server = serve(PLACES)
    with ExitStack() as open_sockets:
        door = ("127.0.0.1", server.port)
        sockets = [
            open_sockets.enter_context(socket.create_connection(door)) for _ in range(PLACES)
        ]
        for one in sockets:
            one.sendall(b"GET /api/v1/changes/?after=1&wait=30 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert server.get("/api/v1/people/").status == 200
        factories.enter()
        assert [one.recv(15) for one in sockets] == [b"HTTP/1.1 200 OK"] * PLACES


def test_a_server_that_is_to_end_lets_everybody_go(serve: Callable[[int], Server]) -> None:
    factories.enter()
    server = serve(PLACES)
    with ThreadPoolExecutor(PLACES + 1) as pool:
        answers = [pool.submit(server.wait, 1) for _ in range(PLACES + 1)]
        _all_wait(answers, PLACES)
        server.process.send_signal(signal.SIGTERM)
        # Otherwise they would be cut off when the server's patience ends.
        assert [one.result().body for one in answers] == [{"results": [], "next": None}] * len(
            answers
        )
        assert server.process.wait(timeout=20) == 0


@pytest.mark.drill
def test_hundred_and_twenty_readers_at_one_process(serve: Callable[[int], Server]) -> None:
    """A hundred wait, twenty are turned away; acts, readers and a database that goes away."""
    factories.enter()
    server = serve(100)
    with ThreadPoolExecutor(120) as pool:
        for number in (1, 2):
            answers = [pool.submit(server.wait, number) for _ in range(120)]
            _all_wait(answers, 100)
            _cut_connections()
            assert {server.get("/api/v1/statements/").status for _ in range(50)} == {200}
            factories.enter()
            told = [one.result().body["results"] for one in answers]
            assert [[act["number"] for act in one] for one in told].count([number + 1]) == 100


def _cut_connections() -> None:
    """End every connection of the server, as a restart of the database does.

    The database's own workers stay: to end one that vacuums takes a right of its own.
    """
    with psycopg.connect(_address(), autocommit=True) as cutting:
        cutting.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend'"
            " AND pid NOT IN (pg_backend_pid(), %s)",
            [connection.connection.info.backend_pid],
        )


def test_the_address_of_the_tests_database_is_right() -> None:
    assert urlsplit(_address()).path.removeprefix("/") == connection.settings_dict["NAME"]
