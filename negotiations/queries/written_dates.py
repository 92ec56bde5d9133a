"""Vague dates (EDTF) as people write them, in English and Korean."""

from __future__ import annotations

import re

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)", re.ASCII)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SEASONS = {
    21: ("spring", "봄"),
    22: ("summer", "여름"),
    23: ("autumn", "가을"),
    24: ("winter", "겨울"),
}


def date_en(edtf: str) -> str:
    """ "31 October 2025", "about October 2025", "by 31 October 2025"; unknown forms as they are."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one_en(edtf)
    if start in {"", ".."}:
        return f"by {_one_en(end)}"
    if end in {"", ".."}:
        return f"from {_one_en(start)}"
    return f"{_one_en(start)} to {_one_en(end)}"


def date_ko(edtf: str) -> str:
    """ "2025년 10월 31일", "2025년 10월경", "2025년 10월 31일까지"; unknown forms as they are."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one_ko(edtf)
    if start in {"", ".."}:
        return f"{_one_ko(end)}까지"
    if end in {"", ".."}:
        return f"{_one_ko(start)}부터"
    return f"{_one_ko(start)}부터 {_one_ko(end)}까지"


def _one_en(text: str) -> str:
    parts = _parts(text)
    if parts is None:
        return text
    year, month, day, mark = parts
    words = [str(day)] if day else []
    if month:
        words.append(_SEASONS[month][0] if month in _SEASONS else _MONTHS[month - 1])
    written = " ".join([*words, str(year)])
    written = f"about {written}" if mark in {"~", "%"} else written
    return f"{written} (uncertain)" if mark in {"?", "%"} else written


def _one_ko(text: str) -> str:
    parts = _parts(text)
    if parts is None:
        return text
    year, month, day, mark = parts
    written = f"{year}년"
    if month:
        written += f" {_SEASONS[month][1]}" if month in _SEASONS else f" {month}월"
    if day:
        written += f" {day}일"
    written += "경" if mark in {"~", "%"} else ""
    return f"{written}(불확실)" if mark in {"?", "%"} else written


def _parts(text: str) -> tuple[int, int, int, str] | None:
    # An instant is written as the day on its own wall clock.
    found = _DAY.fullmatch(text.partition("T")[0])
    if found is None:
        return None
    year, month, day, mark = found.groups(default="")
    number = int(month or 0)
    if number > 12 and (number not in _SEASONS or day):
        return None
    return int(year), number, int(day or 0), mark
