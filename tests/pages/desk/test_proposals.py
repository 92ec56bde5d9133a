"""What was fetched is proposed as a source; what is known is recognised."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import Capture, LedgerEntry, Officer, Publisher, Snapshot, Source
from negotiations.pages.desk import sources
from tests.operations.desk import NOW, TEXT, Desk
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.capturing import FOUND, URL, fetched
from tests.pages.desk.conftest import stranger


@pytest.fixture(autouse=True)
def _nobody_to_wake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "wake", lambda _task: None)


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def test_what_the_page_says_of_itself_is_proposed_and_where_it_comes_from_is_told(
    at: Browser,
) -> None:
    path = fetched(at)
    filled = at.filled(path)
    assert {name: filled[name] for name in ("url", "title", "published_on", "language")} == {
        "url": URL, "title": "The deal", "published_on": "2025-10-01", "language": "en",
    }  # fmt: skip
    told = words(at.get(path))
    for origin in (
        "Proposed: the page’s own title.",
        "Proposed: the date that the page gives.",
        "Proposed: what the page or its text says.",
        "Proposed: whose sources stand at paper.example, or go by its name.",
        "No more than a rumour, says nobody.",
    ):
        assert origin in told


def test_what_the_page_does_not_say_is_left_to_the_officer(at: Browser) -> None:
    bare = replace(
        FOUND, final_url="https://else.where.example/", title="", published_on="", language="",
        publisher_name="The Nobody",
    )  # fmt: skip
    path = fetched(at, bare, "https://else.where.example/")
    assert "The page calls itself “The Nobody”, which is no publisher known here." in words(
        at.get(path)
    )
    response = at.press(path, "save", status=422)
    assert list(response.context["form"].errors) == [
        "title", "publisher", "published_on", "language",
    ]  # fmt: skip
    assert not Source.objects.filter(url="https://else.where.example/").exists()


def test_a_source_is_drafted_with_its_text_as_it_was_fetched_and_leads_to_a_statement(
    at: Browser,
) -> None:
    path = fetched(at)
    gone = at.press(path, "save", title="Another title")
    row = Source.objects.get(url=URL)
    assert gone["Location"] == f"/desk/statements/new/?source={row.pk}"
    assert (row.title, row.publisher.slug, row.published_at) == ("Another title", "paper", None)
    kept = Snapshot.objects.get(source=row)
    assert (kept.text, kept.capture, kept.captured_at) == (FOUND.text, "fetched", NOW)
    assert Capture.objects.get().source == row


def test_a_double_press_drafts_one_source(at: Browser) -> None:
    path = fetched(at)
    typed = at.filled(path)
    assert at.send(path, typed)["Location"] == at.send(path, typed)["Location"]
    assert Source.objects.filter(url=URL).count() == 1
    assert Snapshot.objects.filter(source__url=URL).count() == 1


def test_where_the_text_is_refused_no_source_is_left_behind(at: Browser) -> None:
    path = fetched(at)
    before = LedgerEntry.objects.count()
    response = at.press(path, "save", status=422, published_on="2025-12-01", title="Kept")
    assert "Published on" in refusals(response)
    assert response.context["form"]["title"].value() == "Kept"
    assert not Source.objects.filter(url=URL).exists()
    assert LedgerEntry.objects.count() == before


def test_a_source_that_was_drafted_meanwhile_is_recognised(desk: Desk, at: Browser) -> None:
    path = fetched(at)
    typed = at.filled(path)
    known = desk.draft("source", url=URL).id
    assert "No text of it is kept yet." in words(at.get(path))
    assert at.send(path, typed)["Location"] == f"/desk/statements/new/?source={known}"
    assert Snapshot.objects.get(source=known).text == FOUND.text


def test_a_page_used_already_leads_on_and_is_not_kept_twice(at: Browser) -> None:
    path = fetched(at)
    at.press(path, "save")
    told = at.get(path)
    assert "The text that was fetched is kept with it." in words(told)
    assert 'name="once"' not in told.content.decode()


def test_a_fetched_text_for_a_published_source_wants_its_waiver(desk: Desk, at: Browser) -> None:
    known = desk.published("source", url=URL)
    path = fetched(at, what="https://short.example/1")
    response = at.press(path, "save", status=422)
    assert "Why one officer alone adds this text" in refusals(response)
    at.press(path, "save", waiver="Nobody else is awake.")
    assert Snapshot.objects.get(source=known).capture == "fetched"
    assert LedgerEntry.objects.latest("number").payload["waiver"] == "Nobody else is awake."


def test_nearly_the_same_text_kept_elsewhere_is_pointed_out(desk: Desk, at: Browser) -> None:
    path = fetched(at, replace(FOUND, text=f"{TEXT} Again."))
    response = at.get(path)
    assert "Nearly the same text is kept already: Close to a deal" in words(response)
    assert f"/desk/statements/new/?source={desk.ids['source']}" in response.content.decode()


def test_the_form_reads_as_much_for_many_publishers_as_for_two(at: Browser) -> None:
    path = fetched(at)
    at.get(path)
    with CaptureQueriesContext(connection) as few:
        at.get(path)
    for n in range(3):
        names = {"name_en": f"P {n}", "name_ko": f"피 {n}"}
        Publisher.objects.create(slug=f"p{n}", tier="press", **names)
    with CaptureQueriesContext(connection) as more:
        at.get(path)
    assert len(more) == len(few)


def test_what_is_typed_without_a_sitting_waits_behind_the_sign_in(desk: Desk, at: Browser) -> None:
    path = fetched(at)
    typed = at.filled(path, title="Typed long ago")
    outside = Browser(stranger())
    assert "/login/" in outside.send(path, typed, status=302)["Location"]
    account = Officer.objects.get(pk=desk.drafter.officer)
    outside.client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    response = outside.get(path)
    assert "Your text was kept." in words(response)
    assert response.context["form"]["title"].value() == "Typed long ago"
    assert response.context["form"].errors == {}
