"""Subscribing as a reader does it: a form, a link, a button."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import Letter, MailSubscription
from negotiations.operations.mail_subscriptions import CONFIRM_WITHIN, token_of
from negotiations.rates import Policy
from tests import factories as make
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.subscribing import asked, reader
from tests.pages.markup import Markup, parse

__all__ = ["db", "desk", "opened_desk"]
pytestmark = pytest.mark.usefixtures("desk")
PAGE, DONE = "/subscriptions/", "/subscriptions/asked/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def browser() -> Client:
    """A reader's browser."""
    return Client()


def form(**changes: Any) -> dict[str, Any]:
    """What the page sends."""
    return {"address": "kim@paper.example", "about": ["talks"], "rhythm": "daily",
            "language": "en", **changes}  # fmt: skip


def now() -> datetime:
    """The moment, for rows that pages judge by their own clock."""
    return datetime.now(UTC)


def own(row: MailSubscription) -> str:
    """The page of a subscription."""
    return f"{PAGE}{token_of(row)}/"


def read(browser: Client, path: str, *, status: int = 200) -> Markup:
    """A page as it is told."""
    response = browser.get(path)
    assert response.status_code == status
    assert response["Cache-Control"] == "private, no-store"
    page = parse(response.content.decode())
    assert page.mistakes == []
    return page


def checked(page: Markup) -> list[str]:
    """The values that are chosen."""
    return [e.attributes["value"] for e in page.all("input") if "checked" in e.attributes]


def test_the_answer_is_the_same_whether_the_address_is_known(browser: Client) -> None:
    reader(now=now())
    answers = []
    for address in ("kim@paper.example", "lee@paper.example"):
        response = browser.post(PAGE, form(address=address), follow=True)
        assert response.redirect_chain == [(DONE, 303)]
        answers.append(response.content)
    assert answers[0] == answers[1]
    assert Letter.objects.filter(kind="confirmation").count() == 2
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("", []),
        ("?negotiation=talks", ["talks"]),
        ("?negotiation=talks&track=security", ["talks/security"]),
        ("?track=security", ["talks/security"]),
    ],
)
def test_the_page_that_led_here_is_chosen(browser: Client, query: str, chosen: list[str]) -> None:
    assert checked(read(browser, PAGE + query)) == [*chosen, "daily", "en"]


@pytest.mark.parametrize("query", ["?negotiation=nowhere", "?negotiation=talks&track=nothing"])
def test_what_there_is_not_cannot_be_chosen(browser: Client, query: str) -> None:
    read(browser, PAGE + query, status=400)


def test_boards_and_tracks_lead_here(browser: Client) -> None:
    assert f'href="{PAGE}?negotiation=talks"' in browser.get("/talks/").content.decode()
    track = browser.get("/ko/talks/security/").content.decode()
    assert f'href="/ko{PAGE}?negotiation=talks&amp;track=security"' in track


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"address": ""}, 422, "address"),
        ({"address": "kim"}, 422, "address"),
        ({"address": "kim\x00@paper.example"}, 422, "address"),
        ({"about": []}, 422, "about"),
        ({"about": ["nowhere"]}, 422, "about"),
        ({"rhythm": "hourly"}, 422, "rhythm"),
        ({"language": ""}, 422, "language"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    browser: Client, changes: dict[str, Any], status: int, field: str
) -> None:
    response = browser.post(PAGE, form(**changes))
    page = parse(response.content.decode())
    assert (response.status_code, page.mistakes) == (status, [])
    (summary,) = [e for e in page.all("div") if e.attributes.get("role") == "alert"]
    assert f'href="#id_{field}"' in response.content.decode()
    assert summary.attributes["tabindex"] == "-1"
    assert page.one("p", id=f"id_{field}_error").words
    assert MailSubscription.objects.count() == 0


def test_a_fourth_mail_in_a_day_is_refused(browser: Client) -> None:
    for _ in range(3):
        asked(now=now())
    response = browser.post(PAGE, form())
    assert response.status_code == 429
    assert "3 times within a day" in response.content.decode()


def test_one_visitor_asks_only_so_often(browser: Client, settings: Any) -> None:
    settings.RATE_STORE = ""
    settings.RATE_SUBSCRIPTIONS = Policy(name="test-of-letters", quota=1, seconds=3600)
    assert browser.post(PAGE, form()).status_code == 303
    assert browser.post(PAGE, form(address="lee@paper.example")).status_code == 429
    assert MailSubscription.objects.count() == 1


def test_a_form_from_elsewhere_is_refused() -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(PAGE, form()).status_code == 403
    row = reader(now=now())
    for sent in ({"do": "end"}, {**ONE_CLICK, "do": "end"}, {"List-Unsubscribe": "Two"}):
        assert stranger.post(own(row), sent).status_code == 403
    row.refresh_from_db()
    assert row.ended_at is None


def test_looking_at_the_link_confirms_nothing(browser: Client) -> None:
    row = asked(now=now(), about=["talks/security"])
    for _ in range(2):
        page = read(browser, own(row))
    browser.head(own(row))
    row.refresh_from_db()
    assert row.confirmed_at is None
    assert [e.attributes.get("value") for e in page.all("button")] == ["confirm", "end"]
    response = browser.post(own(row), {"do": "confirm"})
    assert response["Location"] == f"{own(row)}?done=confirmed"
    row.refresh_from_db()
    assert row.confirmed_at is not None
    assert "Your address is confirmed." in browser.get(response["Location"]).content.decode()


def test_who_did_not_ask_has_the_address_forgotten(browser: Client) -> None:
    row = asked(now=now())
    assert browser.post(own(row), {"do": "end"})["Location"] == own(row)
    row.refresh_from_db()
    assert (row.address, row.confirmed_at) == ("", None)


@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_a_link_that_is_not_good_is_told_so(browser: Client, prefix: str) -> None:
    late = asked(now=now() - CONFIRM_WITHIN - timedelta(minutes=1))
    for path in (own(late), f"{PAGE}{'0' * 64}/"):
        assert read(browser, prefix + path, status=404).one("code").words == "link_unknown"
    assert browser.post(own(late), {"do": "confirm"}).status_code == 404


def test_a_reader_changes_what_comes(browser: Client) -> None:
    row = reader(now=now(), rhythm="daily")
    assert checked(read(browser, own(row))) == ["talks", "daily", "en"]
    sent = {"do": "change", "about": ["talks/trade"], "rhythm": "weekly", "language": "ko"}
    assert browser.post(own(row), sent)["Location"] == f"{own(row)}?done=changed"
    assert checked(read(browser, own(row))) == ["talks/trade", "weekly", "ko"]
    refused = browser.post(own(row), {**sent, "about": []})
    assert refused.status_code == 422
    assert checked(read(browser, own(row))) == ["talks/trade", "weekly", "ko"]


@pytest.mark.parametrize("way", ["one click", "button"])
def test_a_reader_ends_it(way: str) -> None:
    row = reader(now=now())
    if way == "button":
        assert Client().post(own(row), {"do": "end"})["Location"] == own(row)
    else:
        program = Client(enforce_csrf_checks=True)
        for _ in range(2):
            response = program.post(own(row), ONE_CLICK)
            assert (response.status_code, response.cookies) == (200, {})
        coded = program.post(
            own(row), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert coded.status_code == 200
    row.refresh_from_db()
    assert (row.ended_because, row.address) == ("reader", "")
    assert read(Client(), own(row)).one("h1").words == "You get no more letters"
    late = Client().post(own(row), {"do": "confirm"})
    assert late.status_code == 410


def test_one_click_with_a_link_that_was_never_sent_is_refused() -> None:
    assert Client().post(f"{PAGE}{'0' * 64}/", ONE_CLICK).status_code == 404


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}{'0' * 64}/"])
def test_other_methods_are_refused(browser: Client, path: str) -> None:
    assert browser.put(path).status_code == 405
    assert browser.post(DONE).status_code == 405


def test_the_page_in_korean(browser: Client) -> None:
    row = reader(now=now(), language="ko")
    page = read(browser, f"/ko{own(row)}")
    assert page.one("html").attributes["lang"] == "ko"
    assert page.one("h1").words == "구독 중인 소식"


def test_many_tracks_cost_as_many_queries_as_one(browser: Client) -> None:
    row, counts = reader(now=now()), []
    for _ in range(2):
        for path in (PAGE, own(row)):
            with CaptureQueriesContext(connection) as queries:
                browser.get(path)
            counts.append(len(queries))
        for _ in range(3):
            make.TrackFactory()
    assert counts[:2] == counts[2:]
