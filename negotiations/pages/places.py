"""A statement's date where it was made, and where the other party read it.

A local date is never cast through UTC: it is shown with its zone. Only a time of day (with its
offset in the text) lets us say which date it was elsewhere.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from negotiations.pages.dates import in_words

# The city that readers know a zone by, in English and Korean.
_CITIES = {
    "Asia/Seoul": ("Seoul", "서울"),
    "Asia/Pyongyang": ("Pyongyang", "평양"),
    "Asia/Tokyo": ("Tokyo", "도쿄"),
    "Asia/Shanghai": ("Beijing", "베이징"),
    "Asia/Kuala_Lumpur": ("Kuala Lumpur", "쿠알라룸푸르"),
    "America/New_York": ("Washington", "워싱턴"),
    "America/Los_Angeles": ("Los Angeles", "로스앤젤레스"),
    "Europe/London": ("London", "런던"),
    "Europe/Paris": ("Paris", "파리"),
    "Europe/Brussels": ("Brussels", "브뤼셀"),
    "Europe/Moscow": ("Moscow", "모스크바"),
}
_TIMED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-].+))")


def city(zone: str, language: str) -> str:
    """What people call a zone: the city of its clock."""
    known = _CITIES.get(zone)
    if known:
        return known[1] if language == "ko" else known[0]
    return zone.rpartition("/")[2].replace("_", " ")


def said_instant(said_on: str) -> datetime | None:
    """The instant of an EDTF text with time and offset; None for a date alone."""
    if not _TIMED.fullmatch(said_on):
        return None
    try:
        return datetime.fromisoformat(said_on)
    except ValueError:
        return None


def local_dates(
    said_on: str, zone: str, *, others: tuple[str, ...], language: str
) -> list[tuple[str, str, str]]:
    """(EDTF date, its words, city) where it was said, then wherever of `others` it differs."""
    instant = said_instant(said_on)
    if instant is None:
        return [(said_on, in_words(said_on, language), city(zone, language))]
    days: dict[str, tuple[str, str, str]] = {}
    for name in (zone, *others):
        there = instant.astimezone(ZoneInfo(name))
        day = there.date().isoformat()
        words = in_words(day, language)
        if name == zone:
            words += f" {there:%H:%M}" if language == "ko" else f", {there:%H:%M}"
        days.setdefault(day, (day, words, city(name, language)))
    return list(days.values())
