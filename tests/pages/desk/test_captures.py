"""From an address or a text to a source: asked for once, told until it is over."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from negotiations import operations
from negotiations.models import Capture, Snapshot, Source
from negotiations.operations.captures import claim
from negotiations.pages.desk import sources
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.capturing import NEW, URL, begun, failed
from tests.pages.desk.conftest import signed_in


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
    assert "페이지를 가져오지 못했습니다" in told
    assert 'lang="en"' not in told


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
