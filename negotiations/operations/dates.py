"""Dates of the world: EDTF text (ISO 8601-2:2019, levels 0 and 1) to bounds, at write only."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import available_timezones

from negotiations.refusals import Refusal

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)
_INSTANT = re.compile(_DAY.pattern + r"T[0-9:.]{5,15}([+-][0-9]{2}:[0-9]{2}|Z)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date as given, its first and last day, and the instant where one was given.

    An open end reaches to the first or last day that the calendar has. The bounds of an instant are
    its day on the wall clock of its own offset: a local date is never cast through UTC.
    """

    text: str
    lower: date
    upper: date
    instant: datetime | None = None


@lru_cache(maxsize=4096)
def read_date(text: str) -> Dated:
    """Read one EDTF text; raises Refusal `bad_date`."""
    try:
        if _DAY.fullmatch(text):
            # The common cases, a thousand times faster than the grammar.
            day = date.fromisoformat(text)
            return Dated(text=text, lower=day, upper=day)
        if _MONTH.fullmatch(text):
            year, month = int(text[:4]), int(text[5:])
            last = monthrange(year, month)[1]
            return Dated(text=text, lower=date(year, month, 1), upper=date(year, month, last))
        if _INSTANT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            # OverflowError at the ends of the calendar: it could not be told in UTC.
            moment.astimezone(UTC)
            return Dated(text=text, lower=moment.date(), upper=moment.date(), instant=moment)
        return _vague(text)
    except (ValueError, AttributeError, TypeError, OverflowError) as error:
        raise Refusal("bad_date", text=text[:80]) from error


def _vague(text: str) -> Dated:
    if not text.isascii() or text != text.strip() or len(text) > 64 or "T" in text:
        raise ValueError(text)
    # Read when first needed: most dates are plain, and the grammar takes a tenth of a second.
    from edtf import EDTFParseException, parse_edtf

    try:
        parsed = parse_edtf(text)
    except EDTFParseException as error:
        raise ValueError(text) from error
    lower = _bound(parsed.lower_strict(), date.min)
    upper = _bound(parsed.upper_strict(), date.max)
    # `/2025-10`, an unknown start, is not an open one; the library guesses ten years. `../..` is no
    # date at all.
    if lower > upper or text == "../.." or text.startswith("/") or text.endswith("/"):
        raise ValueError(text)
    return Dated(text=text, lower=lower, upper=upper)


def _bound(parsed: object, open_end: date) -> date:
    if isinstance(parsed, float) and math.isinf(parsed):
        return open_end
    year, month, day = tuple(parsed)[:3]  # type: ignore[arg-type, var-annotated]
    return date(year, month, day)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def read_zone(name: str) -> str:
    """Check an IANA zone; raises Refusal `bad_zone`."""
    if name not in _zones():
        raise Refusal("bad_zone", zone=name[:80])
    return name
