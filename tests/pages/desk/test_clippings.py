"""The queue of clippings: from what a feed caught to the form of a statement."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from negotiations.models import Capture, Clipping, Keyword, Source
from tests.operations.desk import NOW, Desk
from tests.operations.test_clippings import caught
from tests.pages.desk.browsing import Browser, refusals, sent_by, words
from tests.pages.markup import parse

QUEUE = "/desk/clippings/"


@pytest.fixture
def at(drafter: Client) -> Browser:
    """An officer's browser."""
    return Browser(drafter)


def _row() -> tuple[str, ...]:
    return Clipping.objects.values_list("state", "reason").get()


@pytest.mark.usefixtures("desk")
def test_the_queue_shows_what_is_proposed_and_why(at: Browser) -> None:
    caught(title="Talks resume", proposed_tracks=[{"track": "security", "words": ["alliance"]}])
    told = words(at.get(QUEUE))
    assert "Talks resume" in told
    assert "Proposed for Talks ( alliance )" in told
    assert words(at.get("/desk/")).count("What the feeds brought, to be triaged") == 1


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", ["negotiation", "track"])
def test_an_odd_filter_finds_nothing(at: Browser, name: str) -> None:
    caught()
    assert parse(at.get(f"{QUEUE}?{name}=%00").content.decode()).mistakes == []


def test_an_empty_queue_says_so(at: Browser) -> None:
    assert "What the feeds bring waits here" in words(at.get(QUEUE))
    assert "What the feeds brought, to be triaged" not in words(at.get("/desk/"))


@pytest.mark.usefixtures("desk")
def test_taking_one_up_leads_to_the_capture_of_its_page(at: Browser) -> None:
    row = caught()
    sent = at.send(f"{QUEUE}{row.pk}/", {"action": "accept", "version": 1})
    assert sent["Location"] == f"/desk/captures/{Capture.objects.get().pk}/"
    assert _row() == ("accepted", "")


def test_of_a_known_source_it_leads_to_a_statement_with_everything_filled_in(
    at: Browser, desk: Desk
) -> None:
    source = desk.draft("source").id
    tracks = [{"track": "security", "words": ["alliance"]}]
    row = caught(Source.objects.get(pk=source).url, proposed_tracks=tracks, published_at=NOW)
    address = at.send(f"{QUEUE}{row.pk}/", {"action": "accept", "version": 1})["Location"]
    assert address == f"/desk/statements/new/?source={source}"
    filled = at.filled(address)
    assert filled["tracks"] == ["talks/security"] or filled["tracks"] == "talks/security"
    assert filled["said_on"] == "2025-10-01"


@pytest.mark.usefixtures("desk")
def test_what_the_page_does_not_tell_the_feed_does(at: Browser) -> None:
    row = caught(published_at=datetime(2025, 10, 14, 3, 30, tzinfo=UTC))
    address = at.send(f"{QUEUE}{row.pk}/", {"action": "accept", "version": 1})["Location"]
    Capture.objects.update(
        state="done", text="They are close.", final_url=row.url, captured_at=NOW, title="Close"
    )
    assert at.filled(address)["published_on"] == "2025-10-14T12:30+09:00"
    assert "Proposed: the moment that the feed gives." in words(at.get(address))


@pytest.mark.usefixtures("desk")
def test_a_dismissal_asks_for_its_reason(at: Browser) -> None:
    row = caught()
    page = at.press(f"{QUEUE}{row.pk}/", "dismiss", status=422)
    assert refusals(page) != []
    at.press(f"{QUEUE}{row.pk}/", "dismiss", reason="Old news")
    assert _row() == ("dismissed", "Old news")
    assert "Old news" in words(at.get(f"{QUEUE}?pile=decided"))


@pytest.mark.usefixtures("desk")
def test_it_is_snoozed_given_and_put_back(at: Browser) -> None:
    row = caught()
    path = f"{QUEUE}{row.pk}/"
    at.press(path, "snooze", days="3")
    assert _row() == ("snoozed", "")
    at.press(path, "mine")
    assert Clipping.objects.get().assigned_to is not None
    at.press(path, "assign", officer="")
    assert Clipping.objects.get().assigned_to is None
    at.press(path, "reopen")
    assert _row() == ("new", "")


@pytest.mark.usefixtures("desk")
def test_who_comes_second_is_told(at: Browser) -> None:
    row = caught()
    Clipping.objects.update(version=2)
    page = at.send(f"{QUEUE}{row.pk}/", {"action": "accept", "version": 1}, status=412)
    assert refusals(page) != []
    assert _row() == ("new", "")


@pytest.mark.usefixtures("desk")
def test_keywords_are_edited_a_line_each(at: Browser) -> None:
    path = "/desk/keywords/talks/"
    at.send(path, {**at.filled(path), "words:security": "alliance\r\n동맹\r\n"})
    found = Keyword.objects.order_by("pk").values_list("track__slug", "word")
    assert list(found) == [("security", "alliance"), ("security", "동맹")]
    assert at.filled(path)["words:security"].split() == ["alliance", "동맹"]


@pytest.mark.usefixtures("desk")
def test_of_two_who_edit_keywords_the_second_sees_both_and_may_go_on(at: Browser) -> None:
    path = "/desk/keywords/talks/"
    typed = {**at.filled(path), "words:security": "동맹"}
    at.send(path, {**at.filled(path), "words:security": "alliance"})
    page = at.send(path, typed, status=412)
    told = words(page)
    assert "Somebody changed these words meanwhile" in told
    assert "alliance" in told
    again = sent_by(parse(page.content.decode()))
    at.send(path, again)
    assert list(Keyword.objects.values_list("word", flat=True)) == ["동맹"]
