"""One query or path parameter, declared once: how it is read, and how the schema describes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from negotiations.api.deprecation import Deprecation
from negotiations.queries.clocks import FIRST_DAY, LAST_DAY, within_reach
from negotiations.refusals import Both

SLUG = r"[A-Za-z0-9_-]+"  # what Django's SlugField holds
CODE = r"[A-Za-z][A-Za-z0-9-]*"
LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?"
DAY = r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"  # a thousand years of margin for every zone
# PostgreSQL takes no offset beyond 15:59; no zone on earth is beyond 14.
OFFSET = r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
INSTANT = DAY + r"T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?" + OFFSET
LARGEST = 10**18 - 1  # eighteen digits: below what a bigint column holds


class Unreadable(ValueError):
    """A text that a parameter does not take; `why` says it in both languages."""

    def __init__(self, en: str, ko: str) -> None:
        self.why = Both(en, ko)
        super().__init__(en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """`read` turns the text as sent into a value or raises Unreadable.

    `schema` is the JSON Schema of what is sent; `doc` and `example` are for readers. That a
    `required` one is there is seen to by its route.
    """

    name: str
    doc: str
    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    example: str | int | None
    # Given by `replace`, to a parameter that is going to go.
    deprecated: Deprecation | None = None
    required: bool = False


def _match(pattern: str, text: str, *, longest: int, en: str, ko: str) -> str:
    if len(text) > longest or not re.fullmatch(pattern, text, re.ASCII):
        raise Unreadable(en, ko)
    return text


def text(
    *, name: str, doc: str, example: str | None, pattern: str, en: str, ko: str, longest: int = 80
) -> Parameter:
    """A parameter whose text has a form: `en` and `ko` say which, to who sent something else."""
    return Parameter(
        name=name,
        doc=doc,
        read=lambda sent: _match(pattern, sent, longest=longest, en=en, ko=ko),
        schema={"type": "string", "pattern": f"^{pattern}$", "maxLength": longest},
        example=example,
    )


def slug(*, name: str, doc: str, example: str) -> Parameter:
    """A slug, as it stands in addresses."""
    en = "a slug has letters, digits, hyphens and underscores"
    ko = "슬러그는 영문자와 숫자, 붙임표, 밑줄로 씁니다"
    return text(name=name, doc=doc, example=example, pattern=SLUG, en=en, ko=ko, longest=120)


def number(
    *,
    name: str,
    doc: str,
    example: int | None,
    least: int = 1,
    most: int = LARGEST,
    default: int | None,
) -> Parameter:
    """A whole number in ASCII digits, without sign or leading zero."""
    en = f"a whole number from {least} to {most}"
    ko = f"{least}부터 {most}까지의 정수여야 합니다"

    def read(sent: str) -> int:
        digits = _match(r"0|[1-9][0-9]*", sent, longest=18, en=en, ko=ko)
        if not least <= int(digits) <= most:
            raise Unreadable(en, ko)
        return int(digits)

    schema = {"type": "integer", "minimum": least, "maximum": most}
    if default is not None:
        schema["default"] = default
    return Parameter(name=name, doc=doc, read=read, schema=schema, example=example)


def day(*, name: str, doc: str, example: str) -> Parameter:
    """A calendar day, YYYY-MM-DD."""
    return Parameter(
        name=name,
        doc=doc,
        read=lambda sent: date.fromisoformat(_day(sent)),
        schema={"type": "string", "format": "date"},
        example=example,
    )


def clock_day(*, name: str, doc: str, example: str) -> Parameter:
    """A clock that takes a calendar day; handed on as text, for `queries.clocks` to read."""
    return replace(day(name=name, doc=doc, example=example), read=_day)


def clock(*, name: str, doc: str, example: str | None) -> Parameter:
    """A clock that takes a day or an instant with its offset; handed on as text."""
    schema = {"anyOf": [{"type": "string", "format": form} for form in ("date", "date-time")]}
    return Parameter(name=name, doc=doc, read=_moment, schema=schema, example=example)


def _day(sent: str) -> str:
    en = f"a day of the calendar, from {FIRST_DAY} to {LAST_DAY}, is written YYYY-MM-DD"
    ko = f"{FIRST_DAY}부터 {LAST_DAY}까지 달력에 있는 날짜를 YYYY-MM-DD로 씁니다"
    try:
        day = date.fromisoformat(_match(DAY, sent, longest=10, en=en, ko=ko))
    except ValueError:
        raise Unreadable(en, ko) from None
    if day != within_reach(day):
        raise Unreadable(en, ko)
    return sent


def _moment(sent: str) -> str:
    en = "a day (YYYY-MM-DD) or a moment with its offset (2025-10-05T09:00:00Z, + written as %2B)"
    ko = "날짜(YYYY-MM-DD)나 시차가 붙은 시각(2025-10-05T09:00:00Z, +는 %2B)으로 씁니다"
    # A plus sign that was not escaped arrives as a space; nothing else can be meant there.
    text = _match(f"{DAY}|{INSTANT}", sent.replace(" ", "+"), longest=32, en=en, ko=ko)
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(en, ko) from None
    return text


def word(*, name: str, doc: str, words: type[StrEnum], more: tuple[str, ...] = ()) -> Parameter:
    """One word of a vocabulary (or one of `more`)."""
    valid = (*(member.value for member in words), *more)

    def read(sent: str) -> str:
        if sent not in valid:
            raise _not_among(valid)
        return sent

    schema = {"type": "string", "enum": list(valid)}
    return Parameter(name=name, doc=doc, read=read, schema=schema, example=valid[0])


def among(*, name: str, doc: str, valid: Mapping[str, Any]) -> Parameter:
    """One of these texts, each with what it stands for."""

    def read(sent: str) -> Any:
        if sent not in valid:
            raise _not_among(tuple(valid))
        return valid[sent]

    schema = {"type": "string", "enum": list(valid)}
    return Parameter(name=name, doc=doc, read=read, schema=schema, example=next(iter(valid)))


def flag(*, name: str, doc: str) -> Parameter:
    """True or false."""
    return among(name=name, doc=doc, valid={"true": True, "false": False})


def several(*, name: str, doc: str, valid: tuple[str, ...]) -> Parameter:
    """Words separated by commas, each once."""

    def read(sent: str) -> tuple[str, ...]:
        words = tuple(sent.split(","))
        if len(set(words)) < len(words) or not set(words) <= set(valid):
            raise _not_among(valid)
        return words

    items = {"type": "string", "enum": list(valid)}
    schema = {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}
    return Parameter(name=name, doc=doc, read=read, schema=schema, example=",".join(valid[:2]))


def _not_among(valid: tuple[str, ...]) -> Unreadable:
    words = ", ".join(valid)
    return Unreadable(f"it takes {words}", f"쓸 수 있는 값은 {words}입니다")
