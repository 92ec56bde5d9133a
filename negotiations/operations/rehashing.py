"""Reckoning anew the digests of all that is kept, inside the database: what differs is damaged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from negotiations.models import Damage
from negotiations.sql import fetch

# Texts in one question: of ten megabytes each at most.
_BATCH = 50
# Texts are kept in UTF-8, WARC records as they are handed out.
_PARTS = {
    "text": ("negotiations_snapshot", "id", "sha256", "convert_to(text, 'UTF8')"),
    "html": ("negotiations_archive", "snapshot_id", "html_sha256", "convert_to(html, 'UTF8')"),
    "warc": ("negotiations_archive", "snapshot_id", "warc_sha256", "warc"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehashed:
    """How many copies were looked at, and which are damaged: part and snapshot."""

    checked: int
    damaged: tuple[tuple[str, int], ...]


def rehash_kept(*, now: datetime, told: Callable[[int], object] = lambda _: None) -> Rehashed:
    """Hash every kept text, page and WARC record anew, drafts included; note what is damaged.

    What was noted and is well again, as after a restore, is noted no longer. `told` hears how many
    were hashed so far.
    """
    checked, damaged = 0, list[tuple[str, int]]()
    for part in _PARTS:
        count, found = _rehash(part, before=checked, told=told)
        checked += count
        damaged += [(part, snapshot) for snapshot in found]
    _note(damaged, now=now)
    return Rehashed(checked=checked, damaged=tuple(damaged))


def _rehash(part: str, *, before: int, told: Callable[[int], object]) -> tuple[int, list[int]]:
    table, key, digest, content = _PARTS[part]
    sql = (
        f"SELECT {key}, {digest} = encode(sha256({content}), 'hex') FROM {table}"  # noqa: S608  words of ours
        f" WHERE {key} > %s ORDER BY {key} LIMIT {_BATCH}"
    )
    checked, last, damaged = 0, 0, list[int]()
    while rows := fetch(sql, [last]):
        checked, last = checked + len(rows), rows[-1][0]
        damaged += [key for key, well in rows if not well]
        told(before + checked)
    return checked, damaged


def _note(damaged: list[tuple[str, int]], *, now: datetime) -> None:
    with transaction.atomic():
        for row in Damage.objects.all():
            if (row.part, row.snapshot_id) not in damaged:
                row.delete()
        Damage.objects.bulk_create(
            [Damage(part=part, snapshot_id=pk, found_at=now) for part, pk in damaged],
            ignore_conflicts=True,
        )
