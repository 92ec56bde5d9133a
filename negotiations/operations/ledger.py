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

from psycopg.types.json import Jsonb

from negotiations.models import LedgerEntry
from negotiations.sql import fetch, run

GENESIS = "0" * 64
# One lock for all writers; the number spells "PARLEY".
_LOCK = 0x5041524C4559

_LAST = "SELECT number, at, hash FROM negotiations_ledgerentry ORDER BY number DESC LIMIT 1"
_COLUMNS = [field.attname for field in LedgerEntry._meta.concrete_fields]
_INSERT = (
    f"INSERT INTO negotiations_ledgerentry ({', '.join(_COLUMNS)})"  # noqa: S608  our own columns
    f" VALUES ({', '.join(f'%({column})s' for column in _COLUMNS)})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The next place in the ledger: number, instant, hash of the entry before."""

    number: int
    at: datetime
    previous_hash: str


def lock() -> None:
    """Let no other act into the ledger until the end of this transaction."""
    fetch("SELECT pg_advisory_xact_lock(%s::bigint)", [_LOCK])


def take_turn(officer: int) -> tuple[Any, ...]:
    """Lock it, and tell what its next writer needs to know, as it is then.

    Whether the account is a superuser's (None: there is no open one), the negotiations it has roles
    in and these roles (or None), and number, instant and hash of the last entry (or None).
    """
    (turn,) = fetch("SELECT * FROM negotiations_turn(%s::bigint, %s::bigint)", [_LOCK, officer])
    return turn


def take_stamp(*, now: datetime) -> Stamp:
    """Give out the next place; whoever asks holds the `lock`, so nobody else gets the same one."""
    for last in fetch(_LAST):
        return stamp_after(*last, now=now)
    return stamp_after(None, None, None, now=now)


def stamp_after(
    number: int | None, at: datetime | None, hash: str | None, *, now: datetime
) -> Stamp:
    """The place after the last entry, or the first one where there is none.

    Instants never run backwards along the numbers: a `now` read before a faster writer's act is
    moved up to that act's, so what the record said at an instant does not change afterwards.
    """
    if number is None or at is None or hash is None:
        return Stamp(number=1, at=now, previous_hash=GENESIS)
    return Stamp(number=number + 1, at=max(now, at), previous_hash=hash)


def append(*, stamp: Stamp, officer: int, payload: Mapping[str, Any], **columns: Any) -> str:
    """Write the entry of an act at its stamp; its hash. `columns` are the others of LedgerEntry."""
    values = {
        "number": stamp.number, "at": stamp.at, "previous_hash": stamp.previous_hash,
        "by_id": officer, **columns,
    }  # fmt: skip
    hash = _hash({**values, "payload": payload})
    run(_INSERT, {**values, "payload": Jsonb(payload), "hash": hash})
    return hash


def instant(moment: datetime) -> str:
    """An instant as it stands in entries: RFC 3339, UTC, microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(content: Mapping[str, Any]) -> str:
    """Canonical JSON of an entry's content."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def entry_hash(entry: LedgerEntry) -> str:
    """The hash that belongs to this entry, in hexadecimal."""
    return _hash({column: getattr(entry, column) for column in _COLUMNS})


def _hash(entry: Mapping[str, Any]) -> str:
    told = ("number", "verb", "noun", "object_id", "role", "payload")
    content = canonical({**{name: entry[name] for name in told}, "at": instant(entry["at"])})
    return hashlib.sha256((entry["previous_hash"] + content).encode()).hexdigest()
