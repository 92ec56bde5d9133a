"""The feeds of a negotiation at the desk: listed with their health, kept with buttons and forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import Feed, Negotiation
from negotiations.operations import Actor
from negotiations.operations.feeds import add_feed
from tests.operations.desk import NOW, Desk
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.conftest import signed_in

FEEDS, NEW, IMPORT = "/desk/feeds/talks/", "/desk/feeds/talks/new/", "/desk/feeds/talks/import/"
OPML = (
    '<?xml version="1.0"?><opml version="2.0"><head><title>t</title></head><body>{}</body></opml>'
)


@pytest.fixture
def at(reviewer: Client) -> Browser:
    """An officer's browser."""
    return Browser(reviewer)


def add(desk: Desk, number: int = 1, **fields: Any) -> int:
    """A feed of the talks."""
    url = f"https://a.example/{number}"
    usual = {"by": desk.reviewer, "now": NOW, "negotiation": "talks", "url": url}
    return add_feed(**{**usual, **fields})


def row(*names: str) -> tuple[Any, ...]:
    """Columns of the one feed there is."""
    return Feed.objects.values_list(*names).get()


def upload(body: bytes) -> dict[str, Any]:
    """What the form of a list sends."""
    return {"once": "a", "file": SimpleUploadedFile("feeds.opml", body)}


def test_who_keeps_one_negotiation_comes_to_its_feeds_at_once(at: Browser) -> None:
    assert at.get("/desk/feeds/", status=302)["Location"] == FEEDS
    assert "Nothing is watched yet" in words(at.get(FEEDS))


def test_who_keeps_several_chooses(desk: Desk, drafter: Client) -> None:
    Negotiation.objects.create(slug="others", title_en="Others", title_ko="O", registered_at=NOW)
    add(desk)
    Feed.objects.update(failures=1)
    told = words(Browser(drafter).get("/desk/feeds/"))
    assert "Others 0 feeds Talks 1 feed · 1 wants a look" in told


@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_each_feed_stands_with_its_health(desk: Desk, at: Browser, prefix: str) -> None:
    add(desk, title="Ministry")
    Feed.objects.update(
        failures=3, refusal="fetch_timed_out", facts={"host": "a.example"}, caught=12,
        checked_at=NOW, news_at=NOW,
    )  # fmt: skip
    page = at.read(f"{prefix}{FEEDS}")
    assert page.mistakes == []
    line = page.all("tr")[1].words
    for said in {
        "": ("failed 3 times in a row", "Last success never", "12", "Poll now", "Pause"),
        "/ko": ("연속 3번 실패", "마지막 성공 없음", "12", "지금 확인", "일시 중지"),
    }[prefix]:
        assert said in line
    refused = {"": "a.example did not answer in time", "/ko": "a.example"}[prefix]
    assert refused in line


def test_the_page_asks_the_database_as_often_for_three_feeds_as_for_one(
    desk: Desk, at: Browser
) -> None:
    counts = []
    at.get(FEEDS)
    for number in (1, 2, 3):
        add(desk, number, publisher="paper")
        with CaptureQueriesContext(connection) as asked:
            at.get(FEEDS)
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_a_feed_is_added_by_its_address_alone(at: Browser) -> None:
    response = at.send(NEW, at.filled(NEW, url="https://www.mofa.go.kr/rss"))
    assert response["Location"] == FEEDS
    assert row("url", "kind", "title", "publisher", "every_minutes") == (
        "https://www.mofa.go.kr/rss", "feed", "", None, 15,
    )  # fmt: skip
    assert "The feed is added and is polled at once." in at.get(FEEDS).content.decode()


def test_a_page_is_watched_below_a_path(at: Browser) -> None:
    typed = {"kind": "page", "url": "https://a.example/list", "links_under": "/news/"}
    at.send(NEW, at.filled(NEW, **typed, publisher="Cho", title="List", every_minutes="60"),
            status=422)  # fmt: skip
    at.send(NEW, at.filled(NEW, **typed, publisher="paper", title="List", every_minutes="60"))
    assert row("kind", "links_under", "title", "publisher__slug", "every_minutes") == (
        "page", "https://a.example/news/", "List", "paper", 60,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"url": ""}, "url"),
        ({"url": "mofa"}, "url"),
        ({"url": "https://a.example/1"}, "url"),
        ({"url": "https://b.example/", "every_minutes": "1"}, "every_minutes"),
        ({"url": "https://b.example/", "kind": "mail"}, "kind"),
        ({"url": "https://b.example/", "kind": "page", "links_under": "ftp://x"}, "links_under"),
        ({"url": "https://b.example/", "publisher": "nobody at all"}, "publisher"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    desk: Desk, at: Browser, typed: dict[str, str], field: str
) -> None:
    add(desk)
    response = at.client.post(NEW, {"kind": "feed", "every_minutes": "15", "once": "a", **typed})
    assert response.status_code in (409, 422)
    assert set(response.context["form"].errors) == {field}
    assert Feed.objects.count() == 1


def test_a_feed_is_changed(desk: Desk, at: Browser) -> None:
    path = f"/desk/feed/{add(desk, publisher='paper')}/"
    typed = at.filled(path, title="Renamed")
    assert typed["url"] == "https://a.example/1"
    assert at.send(path, typed)["Location"] == FEEDS
    assert row("title", "version", "publisher__slug") == ("Renamed", 2, "paper")


def test_what_somebody_changed_meanwhile_is_shown_beside_it(desk: Desk, at: Browser) -> None:
    path = f"/desk/feed/{add(desk)}/"
    typed = at.filled(path, title="Mine")
    at.send(path, at.filled(path, title="Theirs"))
    response = at.send(path, typed, status=412)
    assert "Somebody changed this feed meanwhile" in words(response)
    assert "Title The feed now Theirs What you typed Mine" in words(response)
    again = {**typed, "version": "2", "once": "b"}
    at.send(path, again)
    assert row("title", "version") == ("Mine", 3)


def test_the_buttons_pause_resume_and_poll(desk: Desk, at: Browser) -> None:
    path = f"/desk/feed/{add(desk)}/act/"
    at.send(path, {"action": "pause"})
    assert row("paused", "due_at") == (True, None)
    refused = at.send(path, {"action": "poll"}, status=409)
    assert "This feed is paused." in refusals(refused)
    at.send(path, {"action": "resume"})
    Feed.objects.update(due_at=None, aside="worker_lost", lost=3)
    assert "Try again" in words(at.get(FEEDS))
    at.send(path, {"action": "poll"})
    assert row("paused", "aside", "lost") == (False, "", 0)
    assert row("due_at")[0] > NOW
    assert at.send(path, {"action": "dance"})["Location"] == FEEDS
    assert at.get(path, status=302)["Location"] == FEEDS


def test_a_feed_is_removed_once(desk: Desk, at: Browser) -> None:
    id = add(desk)
    path = f"/desk/feed/{id}/act/"
    stale = at.send(path, {"action": "remove", "version": "7", "once": "x"}, status=412)
    assert "changed since you saw it" in refusals(stale)
    for _ in range(2):
        sent = at.send(path, {"action": "remove", "version": "1", "once": "y"})
        assert sent["Location"] == FEEDS
    assert Feed.objects.count() == 0
    at.get(f"/desk/feed/{id}/", status=404)


@pytest.mark.parametrize("path", [NEW, IMPORT])
def test_a_form_is_empty_at_first(at: Browser, path: str) -> None:
    page = at.read(path)
    assert page.mistakes == []
    assert page.all("div", class_="refused") == []


def test_a_list_is_taken_in_and_what_became_of_it_is_told(desk: Desk, at: Browser) -> None:
    add(desk)
    urls = ("https://a.example/1", "https://b.example/", "mailto:a@b.example")
    lines = "".join(f'<outline type="rss" text="x" xmlUrl="{url}"/>' for url in urls)
    assert at.send(IMPORT, upload(OPML.format(lines).encode()))["Location"] == FEEDS
    told = at.get(FEEDS).content.decode()
    assert "1 feed was added. 1 was known already." in told
    assert Feed.objects.count() == 2


def test_a_file_that_is_no_list_or_too_large_or_missing_is_refused(at: Browser) -> None:
    for body in (b"nonsense", b"x" * 1_000_001, b""):
        response = at.send(IMPORT, upload(body), status=422)
        assert "OPML file" in refusals(response)
    at.send(IMPORT, {"once": "b"}, status=422)
    assert Feed.objects.count() == 0


def test_the_list_is_handed_out_and_can_be_taken_in_again(desk: Desk, at: Browser) -> None:
    add(desk, title='A "quoted" <title>')
    response = at.get("/desk/feeds/talks/feeds.opml")
    assert response["Content-Disposition"] == 'attachment; filename="talks.opml"'
    assert response["Content-Type"] == "text/x-opml; charset=utf-8"
    Feed.objects.all().delete()
    at.send(IMPORT, upload(response.content))
    assert row("title", "url") == ('A "quoted" <title>', "https://a.example/1")


@pytest.mark.parametrize("path", ["/desk/feeds/none/", "/desk/feeds/none/new/", "/desk/feed/1/"])
def test_what_is_not_there_has_a_page_that_says_so(at: Browser, path: str) -> None:
    at.get(path, status=404)


@pytest.mark.parametrize("role", ["", "reader"])
def test_readers_see_no_feeds(hire: Callable[[str], Actor], role: str) -> None:
    client = signed_in(hire(role))
    assert {client.get(path).status_code for path in ("/desk/feeds/", FEEDS, NEW)} == {403}
