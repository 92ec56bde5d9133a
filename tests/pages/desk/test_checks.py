"""The tracks of an officer, and saying that one was looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from negotiations.models import LedgerEntry
from negotiations.operations import Actor
from tests.operations.desk import Desk, last_entry
from tests.pages.desk.conftest import signed_in
from tests.pages.markup import parse

PATH = "/desk/tracks/talks/security/check/"


def test_every_track_stands_with_its_button_and_what_can_be_begun(reviewer: Client) -> None:
    page = parse(reviewer.get("/desk/tracks/").content.decode())
    assert page.one("h2").words == "Talks"
    forms = [e.attributes["action"] for e in page.all("form", class_="check-form")]
    assert forms == [PATH, "/desk/tracks/talks/trade/check/"]
    hrefs = [e.attributes["href"] for e in page.all("a")]
    assert "/desk/status-changes/new/?track=talks/security" in hrefs
    assert page.mistakes == []


def test_having_looked_is_one_click_and_a_public_act(desk: Desk, reviewer: Client) -> None:
    response = reviewer.post(PATH, {"once": "a", "back": "desk"}, follow=True)
    assert response.redirect_chain == [("/desk/", 303)]
    entry = last_entry()
    assert (entry.verb, entry.public, entry.by_id) == ("check_track", True, desk.reviewer.officer)
    assert f"as number {entry.number}." in response.content.decode()


def test_a_double_click_looks_once(reviewer: Client) -> None:
    before = last_entry().number
    for _ in range(2):
        assert reviewer.post(PATH, {"once": "a"}).headers["Location"] == "/desk/tracks/"
    assert last_entry().number == before + 1


@pytest.mark.parametrize("back", ["", "https://evil.example/", "home"])
def test_the_button_leads_back_to_the_desk_only(reviewer: Client, back: str) -> None:
    response = reviewer.post(PATH, {"once": "a", "back": back})
    assert response.headers["Location"] == "/desk/tracks/"


def test_a_track_that_is_not_there_is_refused_in_words(reviewer: Client) -> None:
    response = reviewer.post("/desk/tracks/talks/none/check/", {"once": "a"})
    assert response.status_code == 422
    page = parse(response.content.decode())
    assert "talks/none" in page.one("div", class_="refused").words


def test_who_only_asks_for_the_address_is_led_to_the_tracks(reviewer: Client) -> None:
    before = LedgerEntry.objects.count()
    assert reviewer.get(PATH).headers["Location"] == "/desk/tracks/"
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize("role", ["", "reader"])
def test_readers_do_not_look_for_the_desk(hire: Callable[[str], Actor], role: str) -> None:
    client = signed_in(hire(role))
    before = LedgerEntry.objects.count()
    assert client.get("/desk/tracks/").status_code == 403
    assert client.post(PATH, {"once": "a"}).status_code == 403
    assert LedgerEntry.objects.count() == before
