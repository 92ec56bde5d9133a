"""Cursors: where a page ended, sealed into an opaque word that only its own list reads."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import date
from typing import Any

from negotiations.refusals import Refusal

_LONGEST = 500
_BIGGEST = 2**63 - 1


def write_cursor(*, name: str, key: tuple[Any, ...]) -> str:
    """The cursor of list `name` after the row with this sort key (dates, numbers or texts)."""
    parts = [part.isoformat() if isinstance(part, date) else part for part in key]
    text = json.dumps([name, *parts], separators=(",", ":"), ensure_ascii=False)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, *, name: str, kinds: tuple[type, ...]) -> tuple[Any, ...]:
    """The sort key in a cursor of list `name`; refuses `bad_cursor` for anything else."""
    try:
        parts = _unseal(cursor)
        if parts[0] == name and len(parts) == len(kinds) + 1:
            key = tuple(_READERS[k](p) for k, p in zip(kinds, parts[1:], strict=True))
            # Only what we write ourselves is read: one cursor for one place.
            if write_cursor(name=name, key=key) == cursor:
                return key
    except (ValueError, TypeError, IndexError, KeyError, RecursionError, binascii.Error):
        pass
    raise Refusal("bad_cursor", at="cursor")


def _unseal(cursor: str) -> list[Any]:
    if len(cursor) > _LONGEST or not cursor.isascii():
        raise ValueError
    padded = cursor + "=" * (-len(cursor) % 4)
    parts = json.loads(urlsafe_b64decode(padded).decode())
    if not isinstance(parts, list):
        raise TypeError
    return parts


def _number(part: Any) -> int:
    if type(part) is not int or not 0 <= part <= _BIGGEST:
        raise ValueError
    return part


def _text(part: Any) -> str:
    if not isinstance(part, str) or "\0" in part:
        raise ValueError
    part.encode()
    return part


_READERS: dict[type, Callable[[Any], Any]] = {
    date: date.fromisoformat,
    int: _number,
    str: _text,
}
