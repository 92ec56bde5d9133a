"""Whatever is stored, each form stays what the public validators ask for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import feedparser
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from negotiations.api.calendars import written
from negotiations.api.feed_forms import FORMS
from negotiations.api.feed_items import told_feed
from negotiations.api.feed_texts import line, web_address
from negotiations.queries.shapes import (
    Act,
    MilestoneRecord,
    PublisherRef,
    SourceRef,
    Speaker,
    StatementRecord,
    TrackRef,
)
from negotiations.queries.shapes.syndication import Appointment, Calendar, Feed, Item
from tests.api.calendar_rules import calendar_faults, events
from tests.api.feed_rules import ATOM, FAULTS

AT = datetime(2025, 10, 14, 3, 4, 5, 678, tzinfo=UTC)
NASTY = (
    "]]>", "<![CDATA[", "\x00\x0b\x1f", "\ud800", "\udfff\ud800", "\ufffe\uffff", "\U0001fffe",
    "\u202e\u2067right to left", "&#0;&amp;<b>bold</b>", "<script>alert(1)</script>", "\r\n\r\n",
    "\x85\u2028\u2029", "\x7f\x9f", "관세 협상" * 40, "\\;,:\"\\n", "é" * 100, "", "  ", "a\tb",
    "👩‍👩‍👧‍👦" * 30, 'x" onload="y', "-->", "﻿bom", "BEGIN:VEVENT\r\nEND:VCALENDAR",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=()), max_size=120),
    st.lists(st.sampled_from(NASTY), max_size=4).map("".join),
)
ADDRESSES = st.one_of(
    TEXTS, st.sampled_from(["javascript:alert(1)", "https://[::1", "https://a.example/ü b?\"<>"]),
    TEXTS.map(lambda text: f"https://paper.example/{text}"),
)  # fmt: skip
quickly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def here(path: str) -> str:
    """The address of a path."""
    return f"https://parley.example{path}"


def statement(text: str, address: str) -> StatementRecord:
    """One that says so in all its members."""
    publisher = PublisherRef(slug="p", name_en=text, name_ko=text, tier="wire", reliability=None)
    return StatementRecord(
        id=1, known_on=date(2025, 10, 1), published_at=AT, ledger_number=1, waiver="",
        supersedes=None, correction_reason="", superseded_by=None, retracted=False,
        quotation=text or None, start=None, end=None, prefix="", suffix="", paraphrase_en=text,
        paraphrase_ko=text, parties=(), about=(), said_on="2025-10-01",
        speaker=Speaker(person=None, name_en=text, name_ko=text, office=None, office_en=text,
                        office_ko=text),
        said_lower=date(2025, 10, 1), said_upper=date(2025, 10, 1), said_phrase="", zone="UTC",
        place_en="", place_ko="", kind="reports", modality="asserted", attribution="on_record",
        credibility="2", language=text[:12], original_language="", tracks=(),
        source=SourceRef(id=1, title=text, url=address, publisher=publisher, language="en",
                         published_on="2025-10-01", sha256=None),
        repeats=None, translates=None, note_en=text, note_ko=text,
    )  # fmt: skip


def item(number: int, text: str, address: str) -> Item:
    """An act that says so in all its members."""
    return Item(
        act=Act(
            number=number, verb="correct", noun="statement", object_id=number, at=AT,
            role="reviewer", payload={}, previous_hash="0" * 64, hash=f"{number:064x}",
            tracks=(TrackRef(negotiation="talks", slug="security", title_en=text, title_ko=text),),
        ),
        line_en=text, line_ko=text, reason=text, statement=statement(text, address), source=None,
    )  # fmt: skip


def told(text: str, address: str = "https://paper.example/1", language: str = "en") -> Any:
    """A feed that says so everywhere."""
    feed = Feed(title_en=text, title_ko=text, ledger="a" * 64, began_at=AT,
                items=(item(2, text, address), item(1, text, address)))  # fmt: skip
    return told_feed(feed, language=language, home="/talks/", address=here("/talks/feed.atom"),
                     asked=(), absolute=here)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@quickly
@given(text=TEXTS, address=ADDRESSES, language=st.sampled_from(["en", "ko"]))
@example(text="x" * 1_000_000, address="https://paper.example/1", language="en")
@example(text="\x00" * 1_000_000, address="x" * 1_000_000, language="ko")
def test_any_stored_text_leaves_a_feed_valid(
    form: str, text: str, address: str, language: str
) -> None:
    body = FORMS[form].write(told(text, address, language))
    assert FAULTS[form](body) == []
    assert len(body) < 100_000
    assert body == FORMS[form].write(told(text, address, language))


@pytest.mark.parametrize(("form", "title"), [("atom", f".//{ATOM}entry/{ATOM}title"),
                                             ("rss", ".//item/title")])  # fmt: skip
@quickly
@given(text=TEXTS)
def test_readers_read_what_is_told(form: str, title: str, text: str) -> None:
    feed = told(text)
    body = FORMS[form].write(feed)
    parsed = feedparser.parse(body, sanitize_html=False)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert [entry.id for entry in parsed.entries] == [one.id for one in feed.items]
    # The reader above mends titles that look wrongly decoded.
    assert [one.text for one in fromstring(body).iterfind(title)] == [line(text) or "correct"] * 2


def test_a_title_that_looks_like_markup_is_text() -> None:
    body = FORMS["json"].write(told("<b>]]>&amp;\u202e"))
    (first, _) = json.loads(body)["items"]
    assert first["title"] == "<b>]]>&amp;"
    assert "<b>" not in first["content_html"]


@pytest.mark.parametrize(
    ("address", "told_as"),
    [
        ("https://a.example/ü b", "https://a.example/%C3%BC%20b"),
        ("javascript:alert(1)", None), ("https://", None), ("https://[::1", None),
        ("https://a.example:port/", None), ("/relative", None), ("", None),
        ('https://a.example/"\x00x', "https://a.example/%22x"),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_led_to(address: str, told_as: str | None) -> None:
    assert web_address(address) == told_as


def test_an_empty_feed_changed_when_the_ledger_began_and_never_now() -> None:
    for form, write in FORMS.items():
        for began_at, year in ((AT, b"2025"), (None, b"1970")):
            empty = Feed(title_en="", title_ko="", ledger="", began_at=began_at, items=())
            feed = told_feed(
                empty, language="en", home="/", address=here("/feed.atom"), asked=(), absolute=here
            )
            body = write.write(feed)
            assert FAULTS[form](body) == []
            assert form == "json" or year in body


def test_names_are_made_of_number_and_hash_and_of_nothing_else() -> None:
    one, other = told("a"), told("b", language="ko")
    assert [each.id for each in one.items] == [each.id for each in other.items]
    assert one.items[0].id.startswith("urn:uuid:")
    assert len({each.id for each in one.items}) == 2


def appointment(text: str, **members: Any) -> Appointment:
    """A milestone that says so in all its members."""
    own = {name: members.pop(name) for name in ("called_off", "sequence") if name in members}
    milestone = MilestoneRecord(**{
        "id": 1, "known_on": date(2025, 10, 1), "published_at": AT, "ledger_number": 1,
        "waiver": "", "supersedes": None, "correction_reason": "", "superseded_by": None,
        "retracted": False, "effective_on": "2025-10-01", "effective_lower": date(2025, 10, 1),
        "effective_upper": date(2025, 10, 1), "note_en": text, "note_ko": text,
        "basis": (statement(text, "https://paper.example/1"),), "thinly_sourced": False,
        "corroboration": 1, "negotiation": "talks", "slug": "apec", "tracks": (),
        "kind": "deadline", "title_en": text, "title_ko": text, "due_on": "2025-10-31",
        "due_lower": date(2025, 10, 31), "due_upper": date(2025, 10, 31), "place_en": text,
        "place_ko": text, "outcome": "open", **members,
    })  # fmt: skip
    return Appointment(**{
        "uid": UUID(int=1), "sequence": 0, "created_at": AT, "changed_at": AT, "called_off": False,
        "milestone": milestone, **own,
    })  # fmt: skip


def calendar(*appointments: Appointment, text: str = "Talks", language: str = "en") -> bytes:
    """A calendar of these."""
    return written(
        Calendar(title_en=text, title_ko=text, appointments=appointments),
        language=language, home="/talks/", absolute=here,
    )  # fmt: skip


@quickly
@given(text=TEXTS, language=st.sampled_from(["en", "ko"]))
@example(text="가" * 1_000_000, language="ko")
def test_any_stored_text_leaves_a_calendar_valid(text: str, language: str) -> None:
    one = appointment(text)
    body = calendar(one, replace(one, uid=UUID(int=2)), text=text, language=language)
    assert calendar_faults(body) == []
    assert str(events(body)[0].get("SUMMARY", "")) == (line(text) or "apec")
    assert body == calendar(one, replace(one, uid=UUID(int=2)), text=text, language=language)


def test_a_calendar_without_milestones_is_one() -> None:
    assert calendar_faults(calendar()) == []
    assert events(calendar()) == []


D = date.fromisoformat


@pytest.mark.parametrize(
    ("due_on", "lower", "upper", "first", "after"),
    [
        ("2025-10-31", "2025-10-31", "2025-10-31", "2025-10-31", "2025-11-01"),
        ("2025-10", "2025-10-01", "2025-10-31", "2025-10-01", "2025-11-01"),
        ("../2025-10-31", "0001-01-01", "2025-10-31", "2025-10-31", "2025-11-01"),
        ("2025-10-31/..", "2025-10-31", "9999-12-31", "2025-10-31", "2025-11-01"),
        ("9999-12-31", "9999-12-31", "9999-12-31", "9999-12-31", None),
        ("0001-01-01", "0001-01-01", "0001-01-01", "0001-01-01", "0001-01-02"),
    ],
)
def test_whole_days_from_the_bounds(
    due_on: str, lower: str, upper: str, first: str, after: str | None
) -> None:
    body = calendar(appointment("x", due_on=due_on, due_lower=D(lower), due_upper=D(upper)))
    (event,) = events(body)
    assert calendar_faults(body) == []
    assert event["DTSTART"].dt == D(first)
    assert (event["DTEND"].dt if "DTEND" in event else None) == (D(after) if after else None)


@pytest.mark.parametrize(
    ("members", "status"),
    [
        ({}, "CONFIRMED"),
        ({"outcome": "met"}, "CONFIRMED"),
        ({"outcome": "missed"}, "CONFIRMED"),
        ({"outcome": "moved"}, "TENTATIVE"),
        ({"kind": "target"}, "TENTATIVE"),
        ({"kind": "target", "outcome": "met"}, "CONFIRMED"),
        ({"due_on": "2025-10-31/2025-11-01"}, "CONFIRMED"),
        ({"due_on": "2025-10-31T09:00+09:00"}, "CONFIRMED"),
        ({"due_on": "2025-10-31/2025-11-01?"}, "TENTATIVE"),
        ({"due_on": "../2025-10-31"}, "TENTATIVE"),
        ({"due_on": "2025-10-31~"}, "TENTATIVE"),
        ({"due_on": "2025-10", "due_lower": D("2025-10-01")}, "TENTATIVE"),
        ({"called_off": True}, "CANCELLED"),
        ({"called_off": True, "due_on": "2025-10-31~"}, "CANCELLED"),
    ],
)
def test_how_firm_a_date_is(members: dict[str, Any], status: str) -> None:
    (event,) = events(calendar(appointment("x", **members)))
    assert event["STATUS"] == status
