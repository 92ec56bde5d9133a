"""From when a row could be known: the public's clock."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from negotiations import operations
from tests.operations.desk import NOW, Desk, capture, last_entry, refuses

MOMENT = datetime(2025, 9, 30, 23, 30, tzinfo=UTC)


def _known(desk: Desk, noun: str, id: int) -> tuple[date, datetime | None]:
    row = desk.row(noun, id)
    return row.known_on, row.known_at


def _said(desk: Desk, published_on: str, **fields: Any) -> int:
    return desk.published(
        "statement", source=desk.published("source", published_on=published_on), **fields
    )


@pytest.mark.parametrize(
    ("published_on", "known"),
    [
        ("2025-10-01", (date(2025, 10, 1), None)),
        ("2025-10-01T08:30:00+09:00", (date(2025, 10, 1), MOMENT)),
        ("2025-09", (date(2025, 9, 30), None)),
        ("../2025-10-05", (date(2025, 10, 5), None)),
        ("2025-09-30~", (date(2025, 9, 30), None)),
    ],
)
def test_a_source_is_known_when_it_is_surely_out(
    desk: Desk, published_on: str, known: tuple[date, datetime | None]
) -> None:
    assert _known(desk, "source", desk.published("source", published_on=published_on)) == known


def test_a_source_captured_before_its_vague_date_ends_is_known_from_then(desk: Desk) -> None:
    draft = desk.draft("source", published_on="2025-10")
    capture(desk, draft.id, captured_at=datetime(2025, 10, 3, 8, tzinfo=UTC))
    capture(desk, draft.id, captured_at=datetime(2025, 10, 2, 8, tzinfo=UTC))
    desk.publish("source", draft.id)
    assert _known(desk, "source", draft.id) == (date(2025, 10, 2), None)


def test_a_later_capture_changes_nothing(desk: Desk) -> None:
    draft = desk.draft("source", published_on="2025-10-01T08:30:00+09:00")
    capture(desk, draft.id)
    desk.publish("source", draft.id)
    assert _known(desk, "source", draft.id) == (date(2025, 10, 1), MOMENT)


@pytest.mark.parametrize("published_on", ["2025-10-16", "2025-10", "2025-10-01/..", "9999"])
def test_a_day_that_has_not_come_anywhere_is_refused(desk: Desk, published_on: str) -> None:
    draft = desk.draft("source", published_on=published_on)
    with refuses("published_in_future", at="/published_on"):
        desk.publish("source", draft.id)


def test_a_day_that_has_come_at_utc_plus_14_is_taken(desk: Desk) -> None:
    draft = desk.draft("source", published_on="2025-10-15")
    with refuses("published_in_future"):
        desk.publish("source", draft.id, now=NOW.replace(hour=9, minute=59))
    desk.publish("source", draft.id, now=NOW.replace(hour=10))
    assert _known(desk, "source", draft.id) == (date(2025, 10, 15), None)


def test_a_statement_is_known_with_its_source(desk: Desk) -> None:
    said = _said(desk, "2025-10-01T08:30:00+09:00")
    assert _known(desk, "statement", said) == (date(2025, 10, 1), MOMENT)


@pytest.mark.parametrize("noun", ["status_change", "position", "linkage", "milestone", "account"])
def test_a_row_is_known_with_its_main_statement(desk: Desk, noun: str) -> None:
    main, earlier = _said(desk, "2025-10-05"), _said(desk, "2025-09-01")
    row = desk.published(noun, basis=[main, earlier])
    assert _known(desk, noun, row) == (date(2025, 10, 5), None)


def test_the_earliest_rendering_of_the_main_utterance_counts(desk: Desk) -> None:
    first = _said(desk, "2025-10-05")
    again = _said(desk, "2025-10-03T12:00:00Z", repeats=first)
    row = desk.published("status_change", basis=[first, again])
    assert _known(desk, "status_change", row) == (
        date(2025, 10, 3), datetime(2025, 10, 3, 12, tzinfo=UTC),
    )  # fmt: skip
    other_way = desk.published("status_change", basis=[again, first])
    assert _known(desk, "status_change", other_way)[0] == date(2025, 10, 3)


def test_a_rendering_dated_by_day_is_known_from_that_whole_day(desk: Desk) -> None:
    first = _said(desk, "2025-10-03T12:00:00Z")
    again = _said(desk, "2025-10-03", repeats=first)
    row = desk.published("status_change", basis=[first, again])
    assert _known(desk, "status_change", row) == (date(2025, 10, 3), None)


def test_of_two_moments_of_one_day_the_first_counts(desk: Desk) -> None:
    first = _said(desk, "2025-10-03T12:00:00Z")
    again = _said(desk, "2025-10-03T09:00:00Z", repeats=first)
    row = desk.published("status_change", basis=[first, again])
    assert _known(desk, "status_change", row)[1] == datetime(2025, 10, 3, 9, tzinfo=UTC)


def test_a_retraction_is_known_with_what_it_withdraws(desk: Desk) -> None:
    source = desk.published("source", published_on="2025-10-01T08:30:00+09:00")
    assert _known(desk, "source", desk.retract("source", source)) == (date(2025, 10, 1), MOMENT)


def test_the_zone_of_now_does_not_matter(desk: Desk) -> None:
    draft = desk.draft("source", published_on="2025-10-15")
    local = NOW.replace(hour=9, minute=59).astimezone(ZoneInfo("Pacific/Kiritimati"))
    with refuses("published_in_future"):
        desk.publish("source", draft.id, now=local)


def test_a_capture_of_a_published_source_is_told(desk: Desk) -> None:
    capture(desk, desk.ids["source"], "More text.")
    entry = last_entry()
    assert (entry.verb, entry.noun, entry.public) == ("capture_source", "snapshot", True)
    assert entry.payload == {
        "source": desk.ids["source"], "capture": "transcribed",
        "sha256": hashlib.sha256(b"More text.").hexdigest(),
        "waiver": "The test needs it at once.",
    }  # fmt: skip


def test_a_capture_of_a_draft_is_not(desk: Desk) -> None:
    capture(desk, desk.draft("source").id)
    assert (last_entry().public, last_entry().payload) == (False, {})


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("text", "a\x00b", "bad_text"), ("text", " \n", "missing_text"),
        ("capture", "dreamt", "unknown_word"), ("source", 10**30, "no_such_row"),
        ("captured_at", NOW.replace(tzinfo=None), "wrong_kind"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_kept_is_refused(
    desk: Desk, field: str, value: Any, code: str
) -> None:
    fields = {
        "source": desk.ids["source"], "text": "Text", "captured_at": NOW, "capture": "fetched",
        "waiver": "The test needs it at once.",
    }  # fmt: skip
    with refuses(code):
        desk.act(operations.capture_source, **{**fields, field: value})


def test_capture_source_refuses_a_moment_that_has_not_come(desk: Desk) -> None:
    with refuses("captured_in_future", at="/captured_at"):
        capture(desk, desk.ids["source"], captured_at=NOW + timedelta(seconds=1))


def test_capture_source_refuses_a_moment_before_the_source_was_published(desk: Desk) -> None:
    with refuses("captured_too_early", at="/captured_at"):
        capture(desk, desk.ids["source"], captured_at=datetime(1999, 1, 1, tzinfo=UTC))


def test_a_source_dated_to_a_later_minute_is_not_published_yet(desk: Desk) -> None:
    draft = desk.draft("source", published_on="2025-10-14T12:01:00+09:00")
    with refuses("published_in_future"):
        desk.publish("source", draft.id)


def test_capture_source_refuses_one_officer_alone_on_a_published_source(desk: Desk) -> None:
    text = {"source": desk.ids["source"], "text": "Text", "captured_at": NOW, "capture": "fetched"}
    with refuses("own_draft", at="/waiver"):
        desk.act(operations.capture_source, **text)
    desk.act(operations.capture_source, **text, waiver="Nobody else was at the desk.")
    assert last_entry().payload["waiver"] == "Nobody else was at the desk."
