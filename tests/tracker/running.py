"""`make run` as a process of its own, in a folder of its own, and the processes it consists of."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.tracker.conftest import CHECKOUT, Folder, wait_for

# The stamp is declared old, so that this does not touch the environment the tests run in.
_MAKE = ["make", "--no-print-directory", "--old-file=.venv/.run", f"PY={sys.executable}", "run"]


def environ_of(folder: Folder, port: int, static: Path | None = None) -> dict[str, str]:
    """The environment of a run there; `static` is where its static files are or will be."""
    return {
        "PATH": os.environ["PATH"],
        "PARLEY_DATA": str(folder.path),
        "STATIC_ROOT": str(static or folder.path / "static"),
        "PORT": str(port),
        "PYTHONDONTWRITEBYTECODE": "1",
        "FOLDER_OF_THIS_TEST": str(folder.path),
    }


def run_there(folder: Folder, environ: dict[str, str]) -> subprocess.Popen[str]:
    """`make run`, once it has said where it is and all its parts are there.

    What it says goes into a file: nobody empties a pipe for as long as it lives.
    """
    log = log_of(folder)
    with log.open("w") as said:
        process = subprocess.Popen(
            _MAKE,
            cwd=CHECKOUT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    here = f"Parley is at http://127.0.0.1:{environ['PORT']}/"
    wait_for(lambda: here in log.read_text() or process.poll() is not None, 240)
    if process.poll() is not None:
        pytest.fail(log.read_text())
    wait_for(lambda: crew(folder, "celery worker") and crew(folder, "celery beat"))
    return process


def log_of(folder: Folder) -> Path:
    """What the last run there said, and says."""
    return folder.path / "run.log"


def end(process: subprocess.Popen[str]) -> None:
    """Kill a run with all that it started, whatever is left of it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def crew(folder: Folder, word: str = "") -> list[int]:
    """The processes that inherited a run's environment and have `word` in their command line."""
    mark = f"FOLDER_OF_THIS_TEST={folder.path}\0".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if mark in (entry / "environ").read_bytes() and word in command:
                found.append(int(entry.name))
    return found


def is_gone(folder: Folder) -> bool:
    """Whether nothing of a run there is left."""
    return not crew(folder) and folder.is_quiet()


def database_of(folder: Folder) -> psycopg.Connection:
    """A connection to the database of a run there, in autocommit."""
    sockets = (folder.path / "data/postgres/sockets").read_text()
    return psycopg.connect(f"host={sockets} dbname=parley user=parley", autocommit=True)
