"""The key that signs sessions: one for all processes, and never one of each process's own."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

from tests.tracker.conftest import CHECKOUT, Folder
from tracker import local_key


def test_one_key_is_kept_for_all_processes_and_only_its_owner_reads_it(folder: Folder) -> None:
    first, second = ({"PARLEY_DATA": str(folder.path)} for _ in range(2))
    local_key.provide_key(first)
    local_key.provide_key(second)
    assert len(first["SECRET_KEY"]) > 50
    assert second["SECRET_KEY"] == first["SECRET_KEY"]
    (file,) = [path for path in folder.path.rglob("*") if path.is_file()]
    assert (file.name, stat.S_IMODE(file.stat().st_mode)) == ("secret-key", 0o600)


def test_a_key_that_is_given_stays(folder: Folder) -> None:
    given = "mine"
    environ = {"PARLEY_DATA": str(folder.path), "SECRET_KEY": given}
    local_key.provide_key(environ)
    assert environ["SECRET_KEY"] == given
    assert list(folder.path.iterdir()) == []


def _ends(*command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=CHECKOUT,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_is_served_with_a_key_of_each_process_own() -> None:
    done = _ends("-c", "import tracker.wsgi", DATABASE_URL="postgres://x@127.0.0.1:9/none")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "SECRET_KEY must be set to serve: any long random text, kept secret.\n"


def test_a_run_on_anothers_database_asks_for_the_key(folder: Folder) -> None:
    done = _ends(
        "-m", "tracker.run",
        DATABASE_URL="postgres://x@127.0.0.1:9/none", PARLEY_DATA=str(folder.path),
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "so SECRET_KEY must be: any long random text, kept secret." in done.stderr
    assert list(folder.path.iterdir()) == []
