"""The ledger: taking the next number, writing an entry, and checking all of them.

Hash of an entry = SHA-256 over the hash before it followed by the canonical JSON of the entry:
sorted keys, no spaces, UTF-8, no floats (the subset of RFC 8785 that the entries use).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from negotiations.models import LedgerEntry

GENESIS = "0" * 64
# One lock for all writers; the number spells "PARLEY".
_LOCK = 0x5041524C4559


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The next place in the ledger: number, instant, hash of the entry before."""

    number: int
    at: datetime
    previous_hash: str


def lock() -> None:
    """Let no other act into the ledger until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def take_stamp(*, now: datetime) -> Stamp:
    """Give out the next place; whoever asks holds the `lock`, so nobody else gets the same one.

    Instants never run backwards along the numbers: a `now` read before a faster writer's act is
    moved up to that act's, so what the record said at an instant does not change afterwards.
    """
    last = LedgerEntry.objects.order_by("-number").values_list("number", "at", "hash").first()
    if last is None:
        return Stamp(number=1, at=now, previous_hash=GENESIS)
    number, at, previous_hash = last
    return Stamp(number=number + 1, at=max(now, at), previous_hash=previous_hash)


def append(
    *, stamp: Stamp, officer: int, payload: Mapping[str, Any], **columns: Any
) -> LedgerEntry:
    """Write the entry of an act at its stamp; `columns` are the other columns of LedgerEntry."""
    entry = LedgerEntry(
        number=stamp.number,
        at=stamp.at,
        previous_hash=stamp.previous_hash,
        by_id=officer,
        payload=dict(payload),
        **columns,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    return entry


def instant(moment: datetime) -> str:
    """An instant as it stands in entries: RFC 3339, UTC, microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(content: Mapping[str, Any]) -> str:
    """Canonical JSON of an entry's content."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def entry_hash(entry: LedgerEntry) -> str:
    """The hash that belongs to this entry, in hexadecimal."""
    content = canonical(
        {
            "number": entry.number,
            "verb": entry.verb,
            "noun": entry.noun,
            "object_id": entry.object_id,
            "at": instant(entry.at),
            "role": entry.role,
            "payload": entry.payload,
        }
    )
    return hashlib.sha256((entry.previous_hash + content).encode()).hexdigest()
