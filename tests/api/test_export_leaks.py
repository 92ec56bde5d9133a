"""Drafts and what is under embargo: in no export, no count, no tag, no manifest."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoDbBlocker

from negotiations.api.nightly_writing import write_set
from negotiations.api.nouns import PATHS, TABLES
from tests.api.conftest import staying_connected
from tests.api.office import V1, Office, open_office
from tests.api.test_leaks import MARK, NOW, marked
from tests.operations.desk import DRAFTS, last_entry
from tests.standing import lasting


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:  # noqa: ARG001
    """An office whose work is committed: an export has a connection of its own."""
    with staying_connected(), lasting(django_db_blocker):
        yield open_office()


def _told() -> dict[str, tuple[bytes, str, str]]:
    forms = [f"{table}.{form}" for table in TABLES for form in ("ndjson", "csv", "parquet")]
    addresses = [f"{V1}/export/{form}" for form in forms]
    talks = f"{V1}/negotiations/talks/export"
    addresses += [f"{talks}/{form}" for form in forms if form.split(".")[0] in PATHS]
    told = {}
    for address in addresses:
        answer = Client().get(address)
        told[address] = (answer.getvalue(), answer["ETag"], answer["Parley-Ledger-Number"])
    return told


def _files(root: Path) -> tuple[Any, dict[str, bytes]]:
    made = write_set(root)
    manifest = json.loads((made / "manifest.json").read_bytes())
    return manifest, {path.name: path.read_bytes() for path in made.iterdir()}


def test_drafts_are_in_no_export(db: Office, tmp_path: Path) -> None:
    """Every file is byte for byte as before, under the same tag and number."""
    with time_machine.travel(NOW, tick=False):
        for noun in DRAFTS:
            db.desk.published(noun)
        before, files = _told(), _files(tmp_path / "before")
        ids = marked(db)
        items = [{"noun": "source", "id": ids["sources"], "version": 2}]
        body = {
            "items": items, "seen": last_entry().number, "confirmed": True,
            "release_at": (NOW + timedelta(days=1)).isoformat(),
        }  # fmt: skip
        assert db.script("reviewer").post("/releases/", body).status_code == 201

        assert _told() == before
        assert _files(tmp_path / "after") == files
    manifest, content = files
    assert all(one["rows"] for one in manifest["files"] if one["negotiation"] == "talks")
    for name, raw in content.items():
        assert MARK.encode() not in (gzip.decompress(raw) if name.endswith(".gz") else raw)
