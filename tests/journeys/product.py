"""The whole product as `make run` starts it, with a script's token, in a world of its own."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.tracker.conftest import CHECKOUT, Folder, wait_for
from tests.tracker.nodes import free_port
from tests.tracker.running import crew, database_of, end, environ_of, is_gone, log_of, run_there

_SHELL = "import django; django.setup(); exec(__import__('sys').stdin.read())"


@dataclass
class Product:
    """A run of the product: its folder, its port, and who may ask it."""

    folder: Folder
    port: int
    environ: dict[str, str]
    token: str = ""
    runs: list[subprocess.Popen[str]] = field(default_factory=list)

    def manage(self, code: str) -> Any:
        """Run Python inside the program, on this product's database; what it prints, as JSON."""
        sockets = quote((self.folder.path / "data/postgres/sockets").read_text(), safe="")
        environ = {
            **self.environ,
            "DATABASE_URL": f"postgresql://parley@{sockets}/parley",
            "SECRET_KEY": (self.folder.path / "secret-key").read_text().strip(),
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
        }
        done = subprocess.run(
            [sys.executable, "-c", _SHELL],
            cwd=CHECKOUT, env=environ, input=code, text=True, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "null")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with database_of(self.folder) as connection:
            return connection.execute(query.encode()).fetchall()

    def send(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        """One request of the script; 0 where nobody answers."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given |= {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        with closing(line), suppress(OSError, http.client.HTTPException):
            line.request(method, path, json.dumps(body) if body is not None else None, given)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        return 0, None

    def insist(self, path: str, body: object, **headers: str) -> Any:
        """Post under one Idempotency-Key until it is answered, as a careful script does."""
        key, answers = str(uuid.uuid4()), []

        def sent() -> bool:
            answers.append(self.send("POST", path, body, Idempotency_Key=key, **headers))
            return answers[-1][0] in (200, 201, 204)

        try:
            wait_for(sent, 90)
        except AssertionError:
            raise AssertionError(f"{answers[-1]}\n{log_of(self.folder).read_text()}") from None
        return answers[-1][1]

    def kill(self, word: str) -> int:
        """Kill -9 all processes with this word in their command line; how many."""
        found = [*crew(self.folder, word), *self.folder.processes(word)]
        for pid in set(found):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(found)


@contextmanager
def product(static: Path, **environ: str) -> Iterator[Product]:
    """The product, running; nothing of it is left afterwards."""
    path = Path(tempfile.mkdtemp(prefix="parley-test-", dir="/tmp"))
    path.chmod(0o755)
    folder, port = Folder(path), free_port()
    made = Product(folder, port, {**environ_of(folder, port, static), **environ})
    try:
        made.runs.append(run_there(folder, made.environ))
        yield made
    finally:
        for run in made.runs:
            end(run)
        with suppress(AssertionError):
            wait_for(lambda: is_gone(folder), 10)
        folder.end()
        shutil.rmtree(path)
