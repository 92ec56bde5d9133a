"""A real streaming replica of an embedded database: copied, started, held up, stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from tests.tracker.conftest import Folder, wait_for
from tracker.local_parts import postgres_programs
from tracker.local_place import server_account

READER = "parley_reader"


@dataclass
class Standby:
    """Where it is; its process is there while it runs."""

    programs: Path
    data: Path
    sockets: Path
    # A standby lets nobody in that has room for fewer than its primary.
    connections: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """REPLICA_URL, for an account that only reads."""
        return f"postgresql://{READER}@{quote(str(self.sockets), safe='')}/parley"

    def start(self) -> None:
        """Start it, and wait until it lets readers in."""
        settings = {"listen_addresses": "", "max_connections": self.connections}
        command = [
            f"{self.programs}/postgres", "-D", str(self.data), "-k", str(self.sockets),
            *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, **_as_server(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(self._answers)

    def stop(self) -> None:
        """Kill it, as a machine that fails."""
        if self.process:
            self.process.send_signal(3)  # SIGQUIT: at once, its children with it
            self.process.wait()
            self.process = None

    def execute(self, command: str) -> tuple[Any, ...] | None:
        """One row that it answers its owner."""
        where = f"host={self.sockets} dbname=parley user=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            return connection.execute(command).fetchone()  # type: ignore[arg-type]

    def _answers(self) -> bool:
        try:
            return self.execute("SELECT pg_is_in_recovery()") == (True,)
        except psycopg.OperationalError:
            return False


@contextmanager
def standing_by(folder: Folder) -> Iterator[Standby]:
    """A replica of the folder's database, as tracker/deploy/README.md tells; it runs already."""
    account = server_account()
    sockets = Path(tempfile.mkdtemp(prefix="parley-standby-", dir="/tmp"))
    os.chown(sockets, account.uid, account.gid)
    primary = (folder.path / "data/postgres/sockets").read_text()
    with psycopg.connect(f"host={primary} dbname=parley user=postgres") as connection:
        (room,) = connection.execute("SHOW max_connections").fetchone() or ("",)
    made = Standby(postgres_programs(folder.path, account), sockets / "data", sockets, room)
    subprocess.run(
        [
            f"{made.programs}/pg_basebackup", "--pgdata", str(made.data), "--host", primary,
            "--username", "postgres", "--write-recovery-conf", "--wal-method=stream",
            "--checkpoint=fast",
        ],
        check=True,
        **_as_server(),
    )  # fmt: skip
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(sockets)


def _as_server() -> dict[str, Any]:
    """Under the account of the servers, from where it can be."""
    account = server_account()
    switch = {"user": account.uid, "group": account.gid, "extra_groups": [account.gid]}
    clean = {"env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}, "cwd": "/"}
    return {**clean, **(switch if os.geteuid() == 0 else {})}
