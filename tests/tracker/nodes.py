"""Web nodes as they are deployed: processes of their own on one database and one Valkey."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.site import run, started
from tests.tracker.conftest import Folder, wait_for
from tracker import run_commands

PASSWORD = "correct horse battery"
CHECKS = "/api/v1/negotiations/rok-us/tracks/currency-swap/checks/"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.body)

    def cookie(self, name: str) -> str:
        """A cookie that it sets, as a browser sends it back."""
        cookies = self.headers.get_all("Set-Cookie") or []
        return next(one.partition(";")[0] for one in cookies if one.startswith(f"{name}="))


@dataclass(frozen=True)
class Door:
    """A port of this machine to which HTTP is spoken."""

    port: int

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """One request on a connection of its own; words in names of headers are joined by `_`."""
        line = self.connect()
        try:
            told = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, body=body or None, headers=told)
            answer = line.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            line.close()

    def connect(self) -> http.client.HTTPConnection:
        """A connection to it."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def answers(self) -> bool:
        """Whether it does at all."""
        with suppress(OSError, http.client.HTTPException):
            return self.ask("/api/v1/health/").status == 200
        return False

    def health(self) -> Any:
        """What it says of itself."""
        return self.ask("/api/v1/health/").json


@dataclass(frozen=True)
class Node(Door):
    """A web server of ours."""

    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """As a machine that fails."""
        self.process.kill()
        self.process.wait()
        wait_for(lambda: not self.answers())


def prepared(folder: Folder, **more: str) -> dict[str, str]:
    """The environment of nodes on a database of their own, with the seeds and two officers."""
    database, broker = folder.user().addresses()
    environ = os.environ | {
        "DATABASE_URL": database,
        "BROKER_URL": broker,
        "SECRET_KEY": "of this drill",
        "DIE_WITH_PARENT": "1",
        **more,
    }
    manage = [sys.executable, "manage.py"]
    for command in (["migrate", "--verbosity=0"], ["seed"]):
        run([*manage, *command], environ)
    return environ


def token(environ: Mapping[str, str]) -> str:
    """The secret of a token of `kim`, who may do all and has the password."""
    said = run([sys.executable, "-m", "tests.tracker.nodes"], dict(environ))
    return said.strip()


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def own_folder() -> Iterator[Folder]:
    """A folder for servers that the tests of a module share; nothing is left of it."""
    path = Path(tempfile.mkdtemp(prefix="parley-test-", dir="/tmp"))
    path.chmod(0o755)
    folder = Folder(path)
    try:
        yield folder
    finally:
        folder.end()
        shutil.rmtree(path)


@contextmanager
def node(environ: Mapping[str, str], log: Path) -> Iterator[Node]:
    """A node that answers."""
    port = free_port()
    with started(run_commands.web("127.0.0.1", port), dict(environ), log) as process:
        made = Node(port, process)
        wait_for(lambda: made.answers() or process.poll() is not None, 240)
        assert process.poll() is None, log.read_text()
        yield made


def _main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    from negotiations.models import Officer  # needs the settings
    from tests.api.office import issue  # likewise

    kim = Officer.objects.create_superuser("kim", "kim@example.org", PASSWORD)
    print(issue(kim.pk, ["read", "draft", "publish"]))


if __name__ == "__main__":
    _main()
