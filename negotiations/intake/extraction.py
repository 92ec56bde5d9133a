"""The text of a fetched document, taken out of it by a process that may be killed."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from negotiations.confinement import answer_of
from negotiations.network import Fetched
from negotiations.operations.texts import mended
from negotiations.refusals import Refusal

_PAGES = frozenset({"text/html", "application/xhtml+xml", ""})
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A document's text, and what it says of itself: "" where it does not."""

    text: str
    title: str = ""
    publisher_name: str = ""
    published_on: str = ""
    language: str = ""
    canonical: str = ""
    # All that stands in a page, where that was asked for.
    whole: str = ""


_MEMBERS = frozenset(field.name for field in fields(Extracted))


def extract(
    fetched: Fetched, *, today: date, seconds: float | None = None, whole: bool = False
) -> Extracted:
    """Read a page or a plain text; `today` is the latest day it can be of.

    `whole` asks for all that stands in a page beside its text.

    Raises Refusal `not_a_document` (its content type) and `unreadable_document`: no text in it, or
    more than ten seconds of work or a gigabyte of memory to find one.
    """
    kind = "application/pdf" if fetched.body.startswith(b"%PDF-") else fetched.content_type
    if kind not in _PAGES and kind != "text/plain":
        raise Refusal("not_a_document", at="/url", content_type=kind)
    asked = {
        "url": fetched.final_url,
        "kind": kind,
        "charset": fetched.charset,
        "today": today.isoformat(),
        "whole": whole,
    }
    return _checked(answer_of("extracting.extract", fetched.body, asked=asked, seconds=seconds))


def _checked(found: Any) -> Extracted:
    """The answer of a process that a stranger's document may have taken over: trust nothing."""
    if (
        not isinstance(found, dict)
        or not found.keys() <= _MEMBERS
        or not all(isinstance(value, str) for value in found.values())
        or not (text := mended(found.get("text", "")).strip())
    ):
        raise Refusal("unreadable_document", at="/url")
    return Extracted(
        text=text,
        title=_line(found, "title", 500),
        publisher_name=_line(found, "publisher_name", 200),
        published_on=_day(found.get("published_on", "")),
        language=_word(found.get("language", "")),
        canonical=_line(found, "canonical", 2000),
        whole=mended(found.get("whole", "")),
    )


def _line(found: dict[str, str], name: str, most: int) -> str:
    return " ".join(mended(found.get(name, "")).split())[:most].strip()


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 else ""
    except ValueError:
        return ""


def _word(text: str) -> str:
    # "zxx": no language at all.
    return text if _LANGUAGE.fullmatch(text) and text != "zxx" else ""
