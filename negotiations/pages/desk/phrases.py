"""Whether a date agrees with the phrase it was taken from: “on Wednesday”, “지난 1일(현지시간)”."""

from __future__ import annotations

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from negotiations.operations.dates import read_date, read_zone
from negotiations.pages.dates import in_words
from negotiations.pages.frames import language_now
from negotiations.pages.places import city
from negotiations.refusals import Refusal

# A vaguer date than a month has every weekday and every day.
_LONGEST = timedelta(days=31)
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KOREAN = "월화수목금토일"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = re.compile(
    r"\b(?:(?P<long>mon|tues|wednes|thurs|fri|satur|sun)days?|(?-i:(?P<short>Mon|Tue|Wed|Thu|Fri|Sat|Sun)))\b"
    rf"|(?P<korean>[{_KOREAN}])요일|\((?P<bracketed>[{_KOREAN}])\)",
    re.IGNORECASE,
)
# Not “15일간”, “사흘 뒤”: a length of time is no day of the month.
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?![a-z])",
        r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)\b",
        r"(?:(?P<month>\d{1,2})월\s*)?(?<!\d)(?P<day>\d{1,2})일(?!간|째|\s*(?:동안|이내|만에|뒤|후|전))",
    )
)


def disagreements(phrase: str, said_on: str, zone: str) -> tuple[str, ...]:
    """A sentence for each way in which the phrase names another day than the date does, there.

    Nothing for a date or zone that cannot be read: that is refused elsewhere.
    """
    days = _days_meant(said_on, zone)
    if not days:
        return ()
    told, place = [], _where(said_on, days, zone)
    weekdays = list(_WEEKDAY.finditer(phrase))
    if weekdays and not {_weekday(found) for found in weekdays} & {day.weekday() for day in days}:
        fell = " / ".join(dict.fromkeys(str(WEEKDAYS[day.weekday()]) for day in days))
        sentence = _("The phrase says “%(named)s”, but %(date)s is a %(weekday)s in %(city)s.")
        told.append(sentence % {**place, "named": _quoted(weekdays), "weekday": fell})
    dates = _dates(phrase)
    if dates and not any(_fits(day, found) for day in days for found in dates):
        sentence = _("The phrase says “%(named)s”, but the date is %(date)s in %(city)s.")
        told.append(sentence % {**place, "named": _quoted(dates)})
    return tuple(told)


def _days_meant(said_on: str, zone: str) -> tuple[date, ...]:
    try:
        dated, there = read_date(said_on), ZoneInfo(read_zone(zone))
    except Refusal:
        return ()
    if dated.instant is not None:
        return (dated.instant.astimezone(there).date(),)
    span = dated.upper - dated.lower
    if span >= _LONGEST:
        return ()
    return tuple(dated.lower + timedelta(days=n) for n in range(span.days + 1))


def _weekday(found: re.Match[str]) -> int:
    english = found["long"] or found["short"]
    if english:
        return _ENGLISH.index(english[:3].lower())
    return _KOREAN.index(found["korean"] or found["bracketed"])


def _dates(phrase: str) -> list[re.Match[str]]:
    """Each day that is named, once: “October 14th” is not “14th” as well."""
    found: list[re.Match[str]] = []
    for pattern in _DAYS:
        for one in pattern.finditer(phrase):
            if all(one.start() >= f.end() or one.end() <= f.start() for f in found):
                found.append(one)
    return found


def _fits(day: date, found: re.Match[str]) -> bool:
    month = found.groupdict().get("month") or ""
    number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1 if month else 0
    return day.day == int(found["day"]) and number in (0, day.month)


def _quoted(found: list[re.Match[str]]) -> str:
    return ", ".join(one[0] for one in found)


def _where(said_on: str, days: tuple[date, ...], zone: str) -> dict[str, str]:
    written = days[0].isoformat() if len(days) == 1 else said_on
    return {"date": in_words(written, language_now()), "city": city(zone, language_now())}
