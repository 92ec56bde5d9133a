"""Texts copied by hand: marked as such, kept as typed, compared by the second officer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from negotiations.models import Capture, LedgerEntry, Snapshot, Source
from negotiations.operations.captures import Found, claim, finish, request_capture
from negotiations.pages.desk import sources
from negotiations.pages.desk.transcriptions import guesses
from tests.operations.desk import NOW, TEXT, Desk
from tests.pages.desk.browsing import Browser, refusals, words

NEW = "/desk/sources/transcription/"
URL = "https://paper.example/deal"
WORDS = "Nobody said it.\nNobody heard it, either."
TYPED = {
    "url": URL, "title": "The deal", "publisher": "paper", "published_on": "2025-10-01",
    "language": "en", "text": WORDS,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nobody_to_wake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "wake", lambda _task: None)


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def test_a_copied_text_is_kept_as_such_and_leads_to_a_statement(at: Browser) -> None:
    before = datetime.now(UTC)
    gone = at.press(NEW, "save", **TYPED)
    row = Source.objects.get(url=URL)
    assert gone["Location"] == f"/desk/statements/new/?source={row.pk}"
    kept = Snapshot.objects.get(source=row)
    assert (kept.text, kept.capture, row.published_at) == (WORDS, "transcribed", None)
    assert timedelta(0) <= kept.captured_at - before < timedelta(minutes=1)


def test_line_ends_are_kept_as_officers_see_them(at: Browser) -> None:
    at.press(NEW, "save", **{**TYPED, "text": WORDS.replace("\n", "\r\n")})
    assert Snapshot.objects.get(source__url=URL).text == WORDS


def test_a_double_press_keeps_one_text(at: Browser) -> None:
    typed = at.filled(NEW, **TYPED)
    assert at.send(NEW, typed)["Location"] == at.send(NEW, typed)["Location"]
    assert Snapshot.objects.filter(source__url=URL).count() == 1


def test_a_text_is_wanted_and_everything_else_stays_typed(at: Browser) -> None:
    response = at.press(NEW, "save", status=422, **{**TYPED, "text": ""})
    assert "Text" in refusals(response)
    assert response.context["form"]["title"].value() == "The deal"


@pytest.mark.parametrize(
    ("typed", "publisher"),
    [("The Nobody", "Nothing goes by “The Nobody”"), ("Cho", "“Cho” may be any of these")],
)
def test_a_publisher_that_is_unknown_or_may_be_several_is_refused(
    at: Browser, typed: str, publisher: str
) -> None:
    assert publisher in refusals(at.press(NEW, "save", status=422, **{**TYPED, "publisher": typed}))
    assert not Source.objects.filter(url=URL).exists()


def test_a_date_that_cannot_be_read_is_refused_at_its_field(at: Browser) -> None:
    response = at.press(NEW, "save", status=422, **{**TYPED, "published_on": "yesterday"})
    assert "published_on" in response.context["form"].errors


def test_a_known_address_is_refused_with_the_source_it_leads_to(desk: Desk, at: Browser) -> None:
    known = Source.objects.get(pk=desk.ids["source"])
    response = at.press(NEW, "save", status=409, **{**TYPED, "url": known.url})
    assert "url" in response.context["form"].errors
    page = response.content.decode()
    assert f"/desk/statements/new/?source={known.pk}" in page
    assert f"/desk/sources/{known.pk}/text/" in page


def test_check_first_saves_nothing_and_says_what_is_known(at: Browser) -> None:
    before = LedgerEntry.objects.count()
    response = at.press(NEW, "check", status=200, **TYPED)
    assert "Neither this address nor this text is known yet." in words(response)
    again = at.press(NEW, "check", status=200, **{**TYPED, "text": TEXT})
    assert "Nearly the same text is kept already: Close to a deal" in words(again)
    assert LedgerEntry.objects.count() == before


def test_a_failed_capture_hands_its_address_on(at: Browser) -> None:
    assert at.filled(f"{NEW}?url=https%3A%2F%2Fpaper.example%2Fdeal")["url"] == URL


def test_what_was_fetched_can_be_begun_with(desk: Desk, at: Browser) -> None:
    id = request_capture(by=desk.drafter, now=NOW, url=URL)
    job = claim(now=NOW)
    assert job is not None
    found = Found(final_url=URL, captured_at=NOW, text=WORDS, title="T", language="en")
    assert finish(job, found)
    begun = at.filled(f"{NEW}?capture={id}")
    assert (begun["url"], begun["title"], begun["text"]) == (URL, "T", WORDS)


def test_another_officers_capture_is_not_begun_with(desk: Desk, at: Browser) -> None:
    id = request_capture(by=desk.reviewer, now=NOW, url=URL)
    at.get(f"{NEW}?capture={id}", status=404)


@pytest.mark.parametrize(
    ("text", "title", "language"),
    [
        ("Close to a deal\nSo he said.", "Close to a deal", "en"),
        ("\n 협상 타결 \n장관은 FTA를 말했다.", "협상 타결", "ko"),
        ("x" * 201, "", "en"),
        ("12.3%", "12.3%", ""),
        ("  ", "", ""),
    ],
)
def test_a_text_tells_its_title_and_language(text: str, title: str, language: str) -> None:
    assert guesses(text) == {"text": text, "title": title, "language": language}


def test_the_text_of_a_draft_is_added_without_a_waiver(desk: Desk, at: Browser) -> None:
    draft = desk.draft("source", url=URL).id
    gone = at.press(f"/desk/sources/{draft}/text/", "save", text=WORDS)
    assert gone["Location"] == f"/desk/statements/new/?source={draft}"
    assert Snapshot.objects.get(source=draft).capture == "transcribed"


def test_the_text_of_a_published_source_wants_a_public_reason(desk: Desk, at: Browser) -> None:
    path = f"/desk/sources/{desk.published('source', url=URL)}/text/"
    response = at.press(path, "save", status=422, text=WORDS)
    assert "Why one officer alone adds this text" in refusals(response)
    assert response.context["form"]["text"].value() == WORDS
    at.press(path, "save", text=WORDS, waiver="The only one here.")
    assert LedgerEntry.objects.latest("number").payload["waiver"] == "The only one here."


def test_the_text_of_a_known_source_can_be_fetched(desk: Desk, at: Browser) -> None:
    source = desk.published("source", url=URL)
    gone = at.press(f"/desk/sources/{source}/text/", "fetch")
    row = Capture.objects.get()
    assert (gone["Location"], row.url) == (f"/desk/captures/{row.pk}/", URL)


def test_a_second_text_stands_beside_the_first(desk: Desk, at: Browser) -> None:
    path = f"/desk/sources/{desk.ids['source']}/text/"
    assert "A text of it is kept already" in words(at.get(path))
    at.press(path, "save", text=WORDS, waiver="It was changed.")
    assert Snapshot.objects.filter(source=desk.ids["source"]).count() == 2


def test_a_source_that_is_not_there_has_no_text(at: Browser) -> None:
    at.get("/desk/sources/99999999/text/", status=404)


def test_the_page_speaks_korean(at: Browser) -> None:
    told: Any = words(at.get(f"/ko{NEW}"))
    assert "글을 직접 옮겨 적기" in told
    assert "발행처" in told
