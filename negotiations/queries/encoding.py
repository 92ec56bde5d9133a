"""Answers as bytes: frozen dataclasses straight to JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson

from negotiations.queries.shapes import Stored

# Dates come to `_plain`: orjson would keep the offset that a reader's own clock was given with.
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_APPEND_NEWLINE


def encode(answer: object) -> bytes:
    """JSON of dataclasses, words, dates and numbers as UTF-8; stored JSON goes in as it is.

    Instants are RFC 3339 with Z; a Decimal is a string without trailing zeros, so that no reader
    takes it for a float. TypeError on anything else.
    """
    return orjson.dumps(answer, default=_plain, option=_OPTIONS)


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Stored):
        return orjson.Fragment(value.json)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def instant_text(value: datetime) -> str:
    """RFC 3339 in UTC, always to the microsecond: the form in which the ledger hashes instants.

    ValueError for an instant without a zone.
    """
    if value.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def decimal_text(value: Decimal) -> str:
    """`25.000000` as "25", `8.200000` as "8.2", never with an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
