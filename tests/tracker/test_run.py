"""`make run` as a person meets it: it comes up, it says where it is, and it goes away without a
trace.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.tracker.conftest import CHECKOUT, Folder, wait_for
from tests.tracker.running import crew, database_of, end, environ_of, is_gone, log_of, run_there

Start = Callable[[], subprocess.Popen[str]]


def test_taken_port_is_told_in_one_line_before_anything_starts(folder: Folder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "tracker.run"],
            cwd=CHECKOUT,
            env=environ_of(folder, port),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert list(folder.path.iterdir()) == []


@pytest.fixture
def port() -> int:
    """Return a port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one folder for the static files of all drills: to compress them again for each would
    take long.
    """
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def start(folder: Folder, port: int, static: Path) -> Iterator[Start]:
    """Return what starts `make run` and waits for the line with the address."""
    started: list[subprocess.Popen[str]] = []

    def make_run() -> subprocess.Popen[str]:
        started.append(run_there(folder, environ_of(folder, port, static)))
        return started[-1]

    yield make_run
    for process in started:
        end(process)


def _get(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    finally:
        connection.close()


def _note(folder: Folder) -> psycopg.Connection:
    connection = database_of(folder)
    connection.execute("CREATE TABLE IF NOT EXISTS drill (id int)")
    return connection


@pytest.mark.drill
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_it_ends_in_order(
    folder: Folder, start: Start, port: int, signum: int
) -> None:
    process = start()
    assert _get(port) == 200
    os.killpg(process.pid, signum)  # as a terminal does: to make and all in its group
    process.wait(timeout=10)
    wait_for(lambda: is_gone(folder), 5)
    assert "Traceback" not in log_of(folder).read_text()


@pytest.mark.drill
@pytest.mark.parametrize("victim", ["make", "tracker.run"])
def test_killed_parent_takes_all_along_and_loses_nothing(
    folder: Folder, start: Start, port: int, victim: str
) -> None:
    start()
    with _note(folder) as connection:
        connection.execute("INSERT INTO drill VALUES (1)")
    os.kill(crew(folder, victim)[0], signal.SIGKILL)
    wait_for(lambda: is_gone(folder), 10)
    start()
    assert _get(port) == 200
    with _note(folder) as connection:
        assert connection.execute("SELECT count(*) FROM drill").fetchone() == (1,)


@pytest.mark.drill
def test_killed_parts_are_started_again(folder: Folder, start: Start, port: int) -> None:
    start()
    for word in ("granian", "--concurrency 1 ", "--queues dispatch", "celery beat"):
        killed = set(crew(folder, word))
        os.kill(min(killed), signal.SIGKILL)  # the parent; its children must not go on without it
        wait_for(lambda: not killed & set(crew(folder, word)))  # noqa: B023  waits in the loop
        wait_for(lambda: len(crew(folder, word)) >= len(killed))  # noqa: B023
    for pid in folder.processes("tracker.local_keeper"):
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: len(folder.processes("tracker.local_keeper")) == 2)
    wait_for(lambda: _answers(port))


def _answers(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        return _get(port) == 200
    return False
