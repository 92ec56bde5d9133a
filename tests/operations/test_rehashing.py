"""What is kept is hashed anew by night; one flipped byte is found."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.db import connection

from negotiations.models import Archive, Damage, Snapshot
from negotiations.operations.rehashing import Rehashed, rehash_kept
from tests.operations.desk import NOW, Desk


@pytest.fixture
def snapshot(desk: Desk) -> int:
    """A kept text with the answer that it was taken from."""
    pk = Snapshot.objects.get(source=desk.ids["source"]).pk
    warc, html = b"warc", "<p>서울</p>"
    Archive.objects.create(
        snapshot_id=pk, warc=warc, warc_sha256=hashlib.sha256(warc).hexdigest(), html=html,
        html_sha256=hashlib.sha256(html.encode()).hexdigest(), final_url="https://a.example",
        captured_at=NOW,
    )  # fmt: skip
    return pk


def _damage(table: str, change: str, constraint: str) -> None:
    """As a disk would: past triggers and constraints."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_what_is_as_it_was_is_well(snapshot: int) -> None:  # noqa: ARG001
    assert rehash_kept(now=NOW) == Rehashed(checked=3, damaged=())


@pytest.mark.parametrize(
    ("part", "table", "change", "constraint"),
    [
        ("text", "negotiations_snapshot", "text = overlay(text placing 'X' from 3 for 1)",
         "snapshot_digest"),
        ("html", "negotiations_archive", "html = html || ' '", "archive_html_digest"),
        ("warc", "negotiations_archive", "warc = set_bit(warc, 0, 1 - get_bit(warc, 0))",
         "archive_warc_digest"),
    ],
)  # fmt: skip
def test_a_flipped_byte_is_found_and_noted_once_until_it_is_mended(
    snapshot: int, part: str, table: str, change: str, constraint: str
) -> None:
    _damage(table, change, constraint)
    for _ in range(2):
        assert rehash_kept(now=NOW).damaged == ((part, snapshot),)
    assert list(Damage.objects.values_list("part", "snapshot")) == [(part, snapshot)]
    _mend(table, part)
    assert rehash_kept(now=NOW).damaged == ()
    assert not Damage.objects.exists()


def _mend(table: str, part: str) -> None:
    digest = {"text": "sha256", "html": "html_sha256", "warc": "warc_sha256"}[part]
    content = part if part == "warc" else f"convert_to({part}, 'UTF8')"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {digest} = encode(sha256({content}), 'hex')")  # noqa: S608


def test_texts_are_hashed_in_batches(snapshot: int, monkeypatch: Any) -> None:  # noqa: ARG001
    monkeypatch.setattr("negotiations.operations.rehashing._BATCH", 1)
    assert rehash_kept(now=NOW).checked == 3
