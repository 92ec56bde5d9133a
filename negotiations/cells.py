"""Cells of a CSV file that a spreadsheet may open: what it would run is written so that it is text.

OWASP ASVS 5.0, 1.2.10 (formula injection), with the full-width signs that East Asian spreadsheets
take for the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date

# By it spreadsheets see that a file is UTF-8; and what stands between the parts of one cell.
BOM, BETWEEN = "\ufeff", "; "
# What stands before the sign is not seen by everybody: white space, controls, marks of direction,
# byte order marks; and our own quotation mark, so that `raw` gives back what was there.
_BEFORE = r"[\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff']*"
_RUN = re.compile(rf"{_BEFORE}[=+\-@＝＋－＠]|'*[\t\r\n\0]")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A whole table with its head (RFC 4180), in UTF-8 with the mark; its cells are made safe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return f"{BOM}{out.getvalue()}".encode()


def cell(value: object) -> str:
    """A value as its cell: nothing for null, true and false, numbers as they are, text made safe.

    A text that a spreadsheet would run gets an apostrophe before it.
    """
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    text = str(value)
    # Most texts begin with a letter or a digit; the others are looked at closely.
    return f"'{text}" if not text[:1].isalnum() and _would_run(text) else text


def bound(day: date) -> date | None:
    """The first or last day of a vague date; null where that end is open."""
    return None if day in {date.min, date.max} else day


def raw(cell: str) -> str:
    """The text that a cell was made of."""
    return cell[1:] if cell.startswith("'") and _would_run(cell[1:]) else cell


def _would_run(text: str) -> bool:
    return _RUN.match(text) is not None and _NUMBER.fullmatch(text) is None
