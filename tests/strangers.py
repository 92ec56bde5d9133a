"""What a stranger takes from the site, and what they do with it: `verify.py` in a bare Python."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from negotiations import checkpoints, verifier
from negotiations.api.nightly_writing import write_set
from tests.api.conftest import staying_connected
from tests.operations.desk import NOW, Desk, open_desk
from tests.standing import lasting

PROGRAM = Path(verifier.__file__)
KEY = checkpoints.public_keys()[0]


@dataclass(frozen=True)
class Site:
    """What a stranger has taken: two nightly sets, and what the API answered after the second."""

    first: Path
    second: Path
    answers: Path


@pytest.fixture(scope="module")
def db(
    django_db_setup: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Of a desk that drafts, publishes, corrects and retracts."""
    folder = tmp_path_factory.mktemp("site")
    with staying_connected(), lasting(django_db_blocker):
        desk = open_desk()
        desk.published("position")
        desk.draft("statement")
        first = _night(folder, 1)
        _work(desk)
        desk.draft("statement")
        second = _night(folder, 2)
        size = json.loads((first / "manifest.json").read_bytes())["ledger_number"]
        for name, address in {
            "proof.json": f"{size}/proof/", "growth.json": f"consistency/?from={size}",
            "checkpoint.txt": "checkpoint.txt", "old.txt": f"checkpoint.txt?size={size}",
        }.items():  # fmt: skip
            (folder / name).write_bytes(Client().get(f"/api/v1/ledger/{address}").content)
        live = Client().get("/api/v1/export/ledger.ndjson")
        (folder / "ledger.ndjson").write_bytes(live.getvalue())
        yield Site(first, second, folder)


def _night(folder: Path, night: int) -> Path:
    with time_machine.travel(NOW + timedelta(days=night), tick=False):
        return write_set(folder / "exports")


def _work(desk: Desk) -> None:
    for noun in ("source", "statement", "status_change", "linkage", "milestone"):
        desk.published(noun)
        desk.correct(noun, desk.published(noun))
    desk.retract("position", desk.published("position"))


@pytest.fixture
def site(db: Site, tmp_path: Path) -> Site:
    """Copies, to be tampered with."""
    folder = Path(shutil.copytree(db.answers, tmp_path / "site"))
    sets = (folder / one.relative_to(db.answers) for one in (db.first, db.second))
    return Site(*sets, folder)


def verify(*words: object, key: str = KEY) -> tuple[int, list[str]]:
    """Run it; its exit code and what it says."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", PROGRAM, *map(str, words), "--key", key],
        capture_output=True, text=True, check=False, env={},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()


def is_false(*words: object, key: str = KEY) -> str:
    """The one thing that it finds false."""
    code, said = verify(*words, key=key)
    assert code == 1, said
    return said[-1].removeprefix("FALSE: ")


def cannot_tell(*words: object, key: str = KEY) -> str:
    """Why it cannot tell."""
    code, said = verify(*words, key=key)
    assert code == 2, said
    return said[-1].removeprefix("It cannot be told: ")


def entries_in(path: Path) -> list[Any]:
    """The entries in a ledger file."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in text.splitlines()]


def rewrite(path: Path, change: Callable[[list[Any]], None]) -> None:
    """Change the documents in a file of JSON lines."""
    documents = entries_in(path)
    change(documents)
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)


def seal(entries: list[Any]) -> str:
    """The site itself lies: every hash made anew, and a checkpoint that it signs."""
    before, leaves = "0" * 64, list[bytes]()
    for number, entry in enumerate(entries, 1):
        entry["number"] = number
        if "payload" in entry:
            entry["previous_hash"] = before
            told = {name: entry[name] for name in verifier.SEALED}
            text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            entry["hash"] = hashlib.sha256((before + text).encode()).hexdigest()
        before = entry["hash"]
        leaves.append(bytes.fromhex(before))
    return checkpoints.checkpoint(len(leaves), verifier.tree_head(leaves))
