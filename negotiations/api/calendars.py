"""Milestones as a calendar to subscribe to (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import icalendar
from rest_framework.request import Request
from rest_framework.response import Response

from negotiations.api.asking import Asked
from negotiations.api.feed_items import Absolute, prefix
from negotiations.api.feed_texts import line, one, web_address, words
from negotiations.api.feeds import Outward
from negotiations.api.reading import absolute
from negotiations.definitions import define
from negotiations.queries.calendars import calendar
from negotiations.queries.headlines import milestone_line
from negotiations.queries.ledger import Latest
from negotiations.queries.shapes import MilestoneRecord
from negotiations.queries.shapes.syndication import Appointment, Calendar
from negotiations.vocabulary import MilestoneKind, Outcome

MEDIA_TYPE = "text/calendar; charset=utf-8"
# A day or an instant, or from one to another; anything else in EDTF is a guess, or an open end.
_DAY = r"\d{4}-\d{2}-\d{2}(?:T[^/~?%]+)?"
_EXACT = re.compile(f"{_DAY}(?:/{_DAY})?", re.ASCII)
_AGAIN = timedelta(hours=6)


class ShowCalendar(Outward):
    """The milestones of a negotiation or a track."""

    media_type = MEDIA_TYPE

    def get(self, request: Request, *, language: str, **path: str) -> Response:  # type: ignore[override]
        """Answer in the language of the address."""
        self.language = language
        return super().get(request, **path)

    def answer(self, asked: Asked, *, negotiation: str, track: str | None = None) -> bytes:
        """The calendar as bytes."""
        found = calendar(negotiation, track, clocks=asked.clocks)
        place = "/".join(filter(None, (negotiation, track)))
        home = f"{prefix(self.language)}/{place}/"
        return written(
            found, language=self.language, home=home, absolute=partial(absolute, self.request)
        )

    def _etag(self, request: Request, asked: Asked, latest: Latest) -> str:
        """Another one on another day: a row may come into effect on it."""
        values = {**asked.values, "today": asked.clocks.on}
        return super()._etag(request, replace(asked, values=values), latest)


def written(found: Calendar, *, language: str, home: str, absolute: Absolute) -> bytes:
    """The calendar as bytes, the same each time; `home` is the path of its page."""
    # As text: of names that the library does not know it escapes nothing.
    title = line(f"Parley: {one({'en': found.title_en, 'ko': found.title_ko}, language)}")
    told: Any = icalendar.Calendar()
    told.add("prodid", f"-//Parley//Milestones//{language.upper()}")
    told.add("version", "2.0")
    told.add("calscale", "GREGORIAN")
    told.add("name", icalendar.vText(title))
    told.add("x-wr-calname", icalendar.vText(title))
    told.add("url", absolute(home))
    told.add("refresh-interval", _AGAIN, {"value": "DURATION"})
    # The same as widespread programs call it.
    told.add("x-published-ttl", icalendar.vDuration(_AGAIN))
    for one_of_them in found.appointments:
        told.add_component(_event(one_of_them, language=language, absolute=absolute))
    if not found.appointments:
        told.add_component(_utc())
    return told.to_ical()


def _event(told: Appointment, *, language: str, absolute: Absolute) -> Any:
    row, event = told.milestone, icalendar.Event()
    first, after = days_of(row)
    in_language = {"language": language}
    event.add("uid", str(told.uid))
    event.add("sequence", told.sequence)
    event.add("dtstamp", _whole(told.changed_at))
    event.add("last-modified", _whole(told.changed_at))
    event.add("created", _whole(told.created_at))
    event.add("dtstart", first)
    if after is not None:
        event.add("dtend", after)
    event.add("status", status_of(told))
    event.add("transp", "TRANSPARENT")
    title = {"en": row.title_en, "ko": row.title_ko}
    event.add("summary", line(one(title, language)) or row.slug, in_language)
    event.add("description", _description(row, language=language), in_language)
    event.add("url", absolute(_page(row, language=language)))
    kind = define("milestone_kind", row.kind)
    event.add("categories", [kind.label_ko if language == "ko" else kind.label_en])
    if place := line(one({"en": row.place_en, "ko": row.place_ko}, language)):
        event.add("location", place, in_language)
    return event


def days_of(row: MilestoneRecord) -> tuple[date, date | None]:
    """The first day and the day after the last, null where the first is the only one.

    What is due by a day stands on that day; what is due from one on, on that one.
    """
    first, last = row.due_lower, row.due_upper
    if first == date.min:
        first = last
    if last == date.max:
        last = first
    return first, last + timedelta(days=1) if last < date.max else None


def status_of(told: Appointment) -> str:
    """CANCELLED, TENTATIVE where the day is vague or only aimed at, or moves, else CONFIRMED."""
    row = told.milestone
    if told.called_off:
        return "CANCELLED"
    vague = _EXACT.fullmatch(row.due_on) is None
    aimed_at = row.kind == MilestoneKind.TARGET and row.outcome == Outcome.OPEN
    moving = row.outcome == Outcome.MOVED
    return "TENTATIVE" if vague or aimed_at or moving else "CONFIRMED"


def _description(row: MilestoneRecord, *, language: str) -> str:
    en, ko = milestone_line(row)
    said = row.basis[0]
    quoted = said.quotation or one({"en": said.paraphrase_en, "ko": said.paraphrase_ko}, language)
    speaker = one({"en": said.speaker.name_en, "ko": said.speaker.name_ko}, language)
    source = f"{said.source.title}\n{web_address(said.source.url) or ''}"
    note = one({"en": row.note_en, "ko": row.note_ko}, language)
    parts = (one({"en": en, "ko": ko}, language), note, f"{speaker}: {quoted}", source)
    return "\n\n".join(filter(None, map(words, parts)))


def _page(row: MilestoneRecord, *, language: str) -> str:
    track = f"{row.tracks[0].slug}/" if row.tracks else ""
    return f"{prefix(language)}/{row.negotiation}/{track}"


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _utc() -> Any:
    """A calendar has something in it (3.6): without dates, the clock they would be told by."""
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001  the standard wants it without
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone.add_component(standard)
    return zone
