"""Dates of the record (EDTF, ISO 8601-2) as citation formats take them."""

from __future__ import annotations

import re
from datetime import date

_PART = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)")
# biblatex reads EDTF of levels 0 and 1; the sets and groups of level 2 it does not.
_BIBLATEX = re.compile(r"\d{2}[\dX]{2}(-[\dX]{2})?(-[\dX]{2})?[~?%]?")
_SEASONS = range(21, 25)


def biblatex_date(*, edtf: str, lower: date, upper: date) -> str:
    """The value of a biblatex date field; empty where nothing is known."""
    ends = edtf.split("/")
    dated = [end for end in ends if end not in ("", "..")]
    if dated and len(ends) <= 2 and all(_BIBLATEX.fullmatch(end) for end in dated):
        return edtf
    days = _bounds(lower=lower, upper=upper)
    return "/".join(_bound(day) for day in days) if any(days) else ""


def csl_date(*, edtf: str, lower: date, upper: date) -> dict[str, object] | None:
    """A CSL date variable; None where nothing is known.

    CSL has no open intervals: those are given as `literal`, which processors print as it stands.
    """
    ends = edtf.split("/")
    parts = [_PART.fullmatch(end) for end in ends]
    found = [part for part in parts if part]
    if not found or len(ends) > 2:
        return _csl_bounds(lower=lower, upper=upper)
    if len(found) < len(ends):
        return {"literal": edtf}
    csl: dict[str, object] = {"date-parts": [_csl_parts(part) for part in found]}
    if any(part[4] for part in found):
        csl["circa"] = True
    if len(found) == 1 and _is_season(found[0]):
        csl["season"] = int(found[0][2]) - 20
    return csl


def _csl_bounds(*, lower: date, upper: date) -> dict[str, object] | None:
    days = _bounds(lower=lower, upper=upper)
    if not any(days):
        return None
    if not all(days):
        return {"literal": "/".join(_bound(day) for day in days)}
    return {"date-parts": [[day.year, day.month, day.day] for day in days if day]}


def _csl_parts(part: re.Match[str]) -> list[int]:
    numbers = [int(number) for number in part.groups()[:3] if number]
    return numbers[:1] if _is_season(part) else numbers


def _is_season(part: re.Match[str]) -> bool:
    return bool(part[2]) and int(part[2]) in _SEASONS


def _bounds(*, lower: date, upper: date) -> list[date | None]:
    """The two bounds, None for an open one; a single one when they are the same day."""
    known = [day if 1 < day.year < 9999 else None for day in (lower, upper)]
    return known[:1] if lower == upper else known


def _bound(day: date | None) -> str:
    return day.isoformat() if day else ".."
