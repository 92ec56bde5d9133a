"""From an address to a source: what is fetched is proposed, and what is known is recognised."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from negotiations import operations
from negotiations.models import Capture, LedgerEntry, Officer, Publisher, Snapshot, Source
from negotiations.operations.captures import Found, claim, fail, finish
from negotiations.pages.desk import sources
from negotiations.refusals import Refusal
from tests.operations.desk import NOW, TEXT, Desk
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.conftest import signed_in

NEW = "/desk/sources/new/"
URL = "https://paper.example/deal"
FOUND = Found(
    final_url=URL, captured_at=NOW, text="No more than a rumour, says nobody.", title="The deal",
    publisher_name="Cho", published_on="2025-10-01", language="en",
)  # fmt: skip


@pytest.fixture(autouse=True)
def woken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which tasks workers were asked to run: there is no broker here."""
    asked: list[str] = []
    monkeypatch.setattr(sources, "wake", asked.append)
    return asked


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def begun(at: Browser, what: str = URL) -> str:
    """Where the progress of a capture is told."""
    path = at.press(NEW, "go", what=what)["Location"]
    assert path.startswith("/desk/captures/")
    return str(path)


def fetched(at: Browser, found: Found = FOUND, what: str = URL) -> str:
    """A capture that a worker has finished."""
    path = begun(at, what)
    job = claim(now=timezone.now())
    assert job is not None
    assert finish(job, found)
    return path


def failed(at: Browser, code: str = "fetch_failed", **facts: Any) -> str:
    """A capture whose worker gave up."""
    path = begun(at)
    job = claim(now=timezone.now())
    assert job is not None
    fail(job, Refusal(code, at="/url", **facts), now=timezone.now())
    return path


def test_an_address_is_asked_for_once_however_often_the_button_is_pressed(
    desk: Desk, at: Browser
) -> None:
    typed = at.filled(NEW, what=URL)
    first, second = at.send(NEW, typed), at.send(NEW, typed)
    assert first["Location"] == second["Location"]
    assert Capture.objects.values_list("url", "asked_by", "state").get() == (
        URL, desk.drafter.officer, "waiting",
    )  # fmt: skip


def test_a_worker_is_woken_when_the_capture_is_written(
    at: Browser, woken: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        begun(at)
    assert woken == ["negotiations.capture"]


def test_an_address_without_its_scheme_is_one_as_well(at: Browser) -> None:
    begun(at, "  paper.example/deal?a=1 ")
    assert Capture.objects.get().url == "https://paper.example/deal?a=1"


def test_nothing_pasted_is_refused(at: Browser) -> None:
    assert "Address of the page, or its text" in refusals(at.press(NEW, "go", status=422, what=""))


def test_an_address_that_cannot_be_one_is_refused_and_stays_typed(at: Browser) -> None:
    typed = "https://me:secret@paper.example/"
    response = at.press(NEW, "go", status=422, what=typed)
    assert "is not an http or https address" in refusals(response)
    assert typed in response.content.decode()
    assert not Capture.objects.exists()


def test_another_address_sent_under_the_same_press_is_refused_and_goes_at_the_next_press(
    at: Browser,
) -> None:
    typed = at.filled(NEW, what=URL)
    first = at.send(NEW, typed)["Location"]
    response = at.send(NEW, {**typed, "what": f"{URL}/2"}, status=422)
    assert first in response.content.decode()
    once = response.context["form"]["once"].value()
    assert at.send(NEW, {"what": f"{URL}/2", "once": once})["Location"] != first


def test_a_known_address_leads_to_its_source_however_it_is_written(desk: Desk, at: Browser) -> None:
    known = Source.objects.get(pk=desk.ids["source"])
    response = at.press(NEW, "go", status=200, what=known.url.upper().replace("HTTPS", "http"))
    assert "This address is known already." in words(response)
    assert f"/desk/statements/new/?source={known.pk}" in response.content.decode()
    assert not Capture.objects.exists()


def test_a_pasted_text_becomes_a_transcription_with_what_it_tells_of_itself(at: Browser) -> None:
    response = at.press(NEW, "go", status=200, what="협상 타결\n장관이 말했다.")
    form = response.context["form"]
    assert (form["title"].value(), form["language"].value()) == ("협상 타결", "ko")
    assert 'action="/desk/sources/transcription/"' in response.content.decode()


def test_progress_is_told_without_javascript_until_it_is_over(at: Browser) -> None:
    path = begun(at)
    waiting = at.get(path).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting
    assert "It waits for a worker." in waiting
    assert claim(now=timezone.now()) is not None
    assert "A worker reads the page." in words(at.get(path))


def test_another_officers_capture_is_not_there(desk: Desk, at: Browser) -> None:
    path = begun(at)
    Browser(signed_in(desk.reviewer)).get(path, status=404)


def test_a_passing_failure_tells_when_it_is_tried_again(at: Browser) -> None:
    told = words(at.get(failed(at, "fetch_timed_out", host="paper.example")))
    assert "Attempt 1 failed; the next one comes" in told
    assert "paper.example" in told


def test_a_failure_says_why_and_offers_three_ways_on(at: Browser) -> None:
    path = failed(at, "fetch_failed", host="paper.example", status=404)
    response = at.get(path)
    assert "paper.example" in words(response)
    page = response.content.decode()
    assert "/desk/sources/transcription/?url=https%3A%2F%2Fpaper.example%2Fdeal" in page
    assert "/desk/sources/new/?text=later&amp;url=https%3A%2F%2Fpaper.example%2Fdeal" in page
    again = at.press(path, "again")["Location"]
    assert again != path
    assert Capture.objects.order_by("pk").values_list("url", "state")[1] == (URL, "waiting")


def test_a_failure_is_told_in_korean(at: Browser) -> None:
    path = failed(at, "fetch_failed", host="paper.example", status=404)
    told = words(at.get(f"/ko{path}"))
    assert "문서를 가져오지 못했습니다" in told
    assert 'lang="en"' not in told


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
    outside = Browser(Client())
    assert "/login/" in outside.send(path, typed, status=302)["Location"]
    account = Officer.objects.get(pk=desk.drafter.officer)
    outside.client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    response = outside.get(path)
    assert "Your text was kept." in words(response)
    assert response.context["form"]["title"].value() == "Typed long ago"
    assert response.context["form"].errors == {}


def test_a_source_whose_text_follows_later_is_drafted_alone(at: Browser) -> None:
    typed = {"title": "T", "publisher": "paper", "published_on": "2025-10-01", "language": "en"}
    gone = at.press(f"{NEW}?text=later&url={URL}", "save", **typed)
    row = Source.objects.get(url=URL)
    assert gone["Location"] == f"/desk/drafts/sources/{row.pk}/"
    assert not Snapshot.objects.filter(source=row).exists()


def test_what_was_typed_into_a_draft_that_is_gone_becomes_a_new_one(
    desk: Desk, at: Browser
) -> None:
    draft = desk.draft("source", url=URL)
    path = f"/desk/drafts/sources/{draft.id}/edit/"
    typed = at.filled(path, title="Typed for long")
    desk.act(operations.discard_draft, noun="source", id=draft.id, version=draft.version)
    response = at.send(path, {**typed, "action": "save"}, status=404)
    assert 'action="/desk/sources/new/"' in response.content.decode()
    at.send(NEW, {**typed, "once": response.context["form"]["once"].value(), "action": "save"})
    assert Source.objects.get(url=URL).title == "Typed for long"
