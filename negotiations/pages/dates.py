"""Dates written for people, in English and Korean, from EDTF text (ISO 8601-2).

Only the text is read: the `edtf` parser is for writes. What is not recognised is shown as it
stands, because a date as written is better than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# fmt: off
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on
_SEASONS = {"21": ("spring", "봄"), "22": ("summer", "여름"), "23": ("autumn", "가을")}
_SEASONS["24"] = ("winter", "겨울")
_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"(?:T(?P<time>[0-9]{2}:[0-9]{2})[0-9:.]*(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?P<doubt>[~?%]?)"
)
# A board names the same days over and over; the words for a text never change.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One EDTF date taken apart; parts that are not given are None or empty."""

    year: int
    month: str | None
    day: int | None
    doubt: str

    @property
    def machine(self) -> str:
        """The valid HTML date for `<time datetime>`, empty when the date is vague."""
        if self.doubt or self.month in _SEASONS:
            return ""
        parts = [f"{self.year:04d}", self.month, f"{self.day:02d}" if self.day else None]
        return "-".join(part for part in parts if part)


@lru_cache(maxsize=_REMEMBERED)
def parse(text: str) -> Written | None:
    """One EDTF date (no interval); None when it is not of a form that we write out."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    month, day = found["month"], found["day"]
    if month and not 1 <= int(month) <= 12 and (day or month not in _SEASONS):
        return None
    return Written(
        year=int(found["year"]), month=month, day=int(day) if day else None, doubt=found["doubt"]
    )


@lru_cache(maxsize=_REMEMBERED)
def in_words(text: str, language: str, *, short: bool = False) -> str:
    """EDTF text as a reader of `language` ("en" or "ko") would write it.

    `short` is for dense tables: 1 Oct 2025, 2025. 10. 1. What is about a day has the long form in
    Korean, as editors write it: 2025년 10월 1일경; after a full stop 경 could also wrap alone.
    """
    short = short and not (language == "ko" and ("~" in text or "%" in text))
    lower, slash, upper = text.partition("/")
    write = _korean if language == "ko" else _english
    if not slash:
        date = parse(text)
        return write(date, short) if date else text
    return _interval(lower, upper, language, short) or text


def machine_form(text: str) -> str:
    """The HTML `datetime` of EDTF text, empty when HTML has none for it."""
    date = parse(text)
    return date.machine if date else ""


def _interval(lower: str, upper: str, language: str, short: bool) -> str:
    since, until = parse(lower), parse(upper)
    ends = {"", ".."}
    write = _korean if language == "ko" else _english
    korean = language == "ko"
    if until and lower in ends:
        words = write(until, short)
        return f"{words}까지" if korean else f"by {words}"
    if since and upper in ends:
        words = write(since, short)
        return f"{words}부터" if korean else f"from {words}"
    if since and until:
        return _between(since, until, korean=korean, short=short)
    return ""


def _between(since: Written, until: Written, *, korean: bool, short: bool) -> str:
    """Both ends, without saying the common month or year twice."""
    write = _korean if korean else _english
    same_month = (since.year, since.month) == (until.year, until.month)
    if same_month and since.day and until.day and not since.doubt + until.doubt and not short:
        if korean:
            return f"{since.year}년 {int(since.month or 0)}월 {since.day}~{until.day}일"
        return f"{since.day}–{write(until, False)}"
    dash = "~" if korean else " – "
    ends = write(until, short)
    if korean and since.year == until.year:
        ends = ends.removeprefix(f"{until.year}. " if short else f"{until.year}년 ")
    return f"{write(since, short)}{dash}{ends}"


def _english(date: Written, short: bool) -> str:
    words = str(date.year)
    if date.month in _SEASONS:
        words = f"{_SEASONS[date.month][0]} {words}"
    elif date.month:
        month = MONTHS_EN[int(date.month) - 1]
        words = f"{month[:3] if short else month} {words}"
    if date.day:
        words = f"{date.day} {words}"
    about = "about " if date.doubt in {"~", "%"} else ""
    return f"{about}{words}{' (uncertain)' if date.doubt in {'?', '%'} else ''}"


def _korean(date: Written, short: bool) -> str:
    about = "경" if date.doubt in {"~", "%"} else ""
    uncertain = "(불확실)" if date.doubt in {"?", "%"} else ""
    if short and date.month and date.month not in _SEASONS:
        words = f"{date.year}. {int(date.month)}."
        return f"{words} {date.day}.{uncertain}" if date.day else f"{words}{uncertain}"
    words = f"{date.year}년"
    if date.month in _SEASONS:
        words += f" {_SEASONS[date.month][1]}"
    elif date.month:
        words += f" {int(date.month)}월"
    if date.day:
        words += f" {date.day}일"
    return f"{words}{about}{uncertain}"
