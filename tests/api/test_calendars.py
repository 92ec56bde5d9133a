"""Calendars as they are asked for: a milestone keeps its name through all that becomes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from tests.api.calendar_rules import calendar_faults, events
from tests.api.office import Office, code_of
from tests.operations.desk import Desk
from tests.reading import ReadingClient

pytestmark = pytest.mark.django_db
SITE = "/talks/milestones.ics"
TRACK = "/talks/security/milestones.ics"
DAY = {"due_on": "2025-10-31", "kind": "meeting"}


@pytest.fixture
def desk(office: Office) -> Desk:
    """A desk with one published statement."""
    return office.desk


def asked(address: str = SITE) -> bytes:
    """The calendar, valid."""
    response = ReadingClient().get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar_faults(response.content) == []
    return bytes(response.content)


def only(address: str = SITE) -> Any:
    """Its one event."""
    (event,) = events(asked(address))
    return event


def shape(event: Any) -> tuple[int, str, date]:
    """What a calendar program goes by."""
    return event["SEQUENCE"], event["STATUS"], event["DTSTART"].dt


def test_a_milestone_is_an_event_of_the_whole_day(desk: Desk) -> None:
    row = desk.row("milestone", desk.published("milestone", **DAY, place_en="Gyeongju"))
    event = only()
    assert shape(event) == (0, "CONFIRMED", date(2025, 10, 31))
    assert event["DTEND"].dt == date(2025, 11, 1)
    assert event["UID"] == str(row.chain)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == row.published_at
    assert (event["SUMMARY"], event["LOCATION"]) == ("APEC", "Gyeongju")
    assert event["URL"] == "http://testserver/talks/security/"
    assert "https://paper.example/" in event["DESCRIPTION"]


def test_it_is_told_in_korean_under_ko(desk: Desk) -> None:
    desk.published("milestone", **DAY)
    event = only("/ko/talks/milestones.ics")
    assert event["SUMMARY"] == "아펙"
    assert event["URL"] == "http://testserver/ko/talks/security/"
    assert event["UID"] == only()["UID"]


def test_a_slip_keeps_the_name_and_raises_the_sequence(desk: Desk) -> None:
    name, shapes = set(), []
    for day, fields in (
        ("2025-10-02", {"due_on": "2025-10~"}),
        ("2025-10-03", {"due_on": "2025-10-31"}),
        ("2025-10-04", {"due_on": "2025-11-05"}),
        ("2025-10-05", {"due_on": "2025-11-05", "outcome": "cancelled"}),
    ):
        desk.published("milestone", kind="meeting", effective_on=day, **fields)
        name.add(str(only()["UID"]))
        shapes.append(shape(only()))
    assert len(name) == 1
    assert shapes == [
        (0, "TENTATIVE", date(2025, 10, 1)),
        (1, "CONFIRMED", date(2025, 10, 31)),
        (2, "CONFIRMED", date(2025, 11, 5)),
        (3, "CANCELLED", date(2025, 11, 5)),
    ]


def test_a_correction_raises_the_sequence_and_a_retraction_cancels(desk: Desk) -> None:
    row = desk.published("milestone", **DAY)
    name = only()["UID"]
    mended = desk.correct("milestone", row, **{**DAY, "due_on": "2025-11-01"})
    assert shape(only()) == (1, "CONFIRMED", date(2025, 11, 1))
    desk.retract("milestone", mended)
    assert shape(only()) == (2, "CANCELLED", date(2025, 11, 1))
    assert only()["UID"] == name
    desk.published("milestone", **DAY)
    assert shape(only()) == (3, "CONFIRMED", date(2025, 10, 31))
    assert only()["UID"] == name


def test_an_earlier_row_that_comes_late_changes_no_name(desk: Desk) -> None:
    """What is in effect only later is counted only then; the name is that of the first row."""
    first = desk.row("milestone", desk.published("milestone", **DAY, effective_on="2025-10-20"))
    desk.published("milestone", **{**DAY, "due_on": "2025-10-30"}, effective_on="2025-10-01")
    told = []
    for day in (15, 21):
        with time_machine.travel(datetime(2025, 10, day, tzinfo=UTC), tick=False):
            told.append((shape(only()), str(only()["UID"])))
    assert told == [
        ((0, "CONFIRMED", date(2025, 10, 30)), str(first.chain)),
        ((1, "CONFIRMED", date(2025, 10, 31)), str(first.chain)),
    ]


def test_a_track_has_the_milestones_that_bear_on_it(desk: Desk) -> None:
    desk.published("milestone", **DAY)
    desk.published("milestone", **DAY, slug="g20", tracks=["talks/trade", "talks/security"])
    desk.published("milestone", **DAY, slug="tariffs", tracks=["talks/trade"])
    assert (len(events(asked())), len(events(asked(TRACK)))) == (3, 2)
    desk.published("milestone", **DAY, slug="g20", tracks=["talks/trade"],
                   effective_on="2025-10-03")  # fmt: skip
    assert len(events(asked(TRACK))) == 1


def test_without_milestones_it_is_empty_and_valid(desk: Desk) -> None:  # noqa: ARG001
    assert events(asked()) == []


def test_the_bytes_are_the_same_each_time_and_other_ones_on_another_day(desk: Desk) -> None:
    desk.published("milestone", **DAY)
    assert asked() == asked()
    tags = set()
    for day in (15, 16):
        with time_machine.travel(datetime(2025, 11, day, tzinfo=UTC), tick=False):
            tags.add(ReadingClient().get(SITE)["ETag"])
    assert len(tags) == 2


def test_drafts_are_in_no_calendar(desk: Desk) -> None:
    before = asked()
    desk.draft("milestone", **DAY)
    assert asked() == before


def test_there_is_nothing_to_ask_for(desk: Desk) -> None:  # noqa: ARG001
    assert ReadingClient().get(f"{SITE}?utm_source=mail").status_code == 200
    response = ReadingClient().get(f"{SITE}?kind=meeting")
    assert (response.status_code, code_of(response)) == (400, "unknown_parameter")
