"""Ids and other numbers as addresses and hidden fields name them."""

from __future__ import annotations

# Every number of so many digits fits into the database's own.
_MOST_DIGITS = 18


def number(text: object) -> int | None:
    """The number that `text` writes in plain digits; None for whatever else it is."""
    digits = str(text)
    if digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        return int(digits)
    return None
