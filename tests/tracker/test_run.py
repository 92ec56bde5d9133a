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

# The stamp is declared old, so that this does not touch the environment the tests run in.
_MAKE = ["make", "--no-print-directory", "--old-file=.venv/.run", f"PY={sys.executable}", "run"]
Start = Callable[[], subprocess.Popen[str]]


def _environ(folder: Folder, port: int, static: Path | None = None) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PARLEY_DATA": str(folder.path),
        "STATIC_ROOT": str(static or folder.path / "static"),
        "PORT": str(port),
        "PYTHONDONTWRITEBYTECODE": "1",
        "FOLDER_OF_THIS_TEST": str(folder.path),
    }


def test_taken_port_is_told_in_one_line_before_anything_starts(folder: Folder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "tracker.run"],
            cwd=CHECKOUT,
            env=_environ(folder, port),
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
        process = subprocess.Popen(
            _MAKE,
            cwd=CHECKOUT,
            env=_environ(folder, port, static),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if f"Parley is at http://127.0.0.1:{port}/" in line:
                wait_for(lambda: _crew(folder, "celery worker") and _crew(folder, "celery beat"))
                return process
        pytest.fail("".join(said))

    yield make_run
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _crew(folder: Folder, word: str = "") -> list[int]:
    """Return the processes that inherited this test's environment and have `word` in their command
    line.
    """
    mark = f"FOLDER_OF_THIS_TEST={folder.path}\0".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if mark in (entry / "environ").read_bytes() and word in command:
                found.append(int(entry.name))
    return found


def _is_gone(folder: Folder) -> bool:
    return not _crew(folder) and folder.is_quiet()


def _get(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    finally:
        connection.close()


def _note(folder: Folder) -> psycopg.Connection:
    sockets = (folder.path / "data/postgres/sockets").read_text()
    connection = psycopg.connect(f"host={sockets} dbname=parley user=parley", autocommit=True)
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
    said = process.communicate(timeout=10)[0]
    wait_for(lambda: _is_gone(folder), 5)
    assert "Traceback" not in said


@pytest.mark.drill
@pytest.mark.parametrize("victim", ["make", "tracker.run"])
def test_killed_parent_takes_all_along_and_loses_nothing(
    folder: Folder, start: Start, port: int, victim: str
) -> None:
    start()
    with _note(folder) as connection:
        connection.execute("INSERT INTO drill VALUES (1)")
    os.kill(_crew(folder, victim)[0], signal.SIGKILL)
    wait_for(lambda: _is_gone(folder), 10)
    start()
    assert _get(port) == 200
    with _note(folder) as connection:
        assert connection.execute("SELECT count(*) FROM drill").fetchone() == (1,)


@pytest.mark.drill
def test_killed_parts_are_started_again(folder: Folder, start: Start, port: int) -> None:
    start()
    for word in ("granian", "--concurrency 1 ", "--queues dispatch", "celery beat"):
        killed = set(_crew(folder, word))
        os.kill(min(killed), signal.SIGKILL)  # the parent; its children must not go on without it
        wait_for(lambda: not killed & set(_crew(folder, word)))  # noqa: B023  waits in the loop
        wait_for(lambda: len(_crew(folder, word)) >= len(killed))  # noqa: B023
    for pid in folder.processes("tracker.local_keeper"):
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: len(folder.processes("tracker.local_keeper")) == 2)
    wait_for(lambda: _answers(port))


def _answers(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        return _get(port) == 200
    return False
