"""What letters say: each act in one line, in the reader's language, and why it came."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.dispatch.letters import Words, confirmation, news_letter, one_line
from negotiations.models import LedgerEntry, MailSubscription
from negotiations.operations.mail_subscriptions import end_subscription, token_of
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import NOW, Desk
from tests.operations.subscribing import asked, reader
from tests.pages.markup import parse

__all__ = ["db", "desk", "opened_desk"]


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = "https://parley.example"


def letter(row: MailSubscription, *, after: int | None = None) -> Words | None:
    """The letter to this reader about everything since they confirmed."""
    return news_letter(
        row.pk, token="TOKEN", after=row.told_through if after is None else after,
        through=LedgerEntry.objects.latest("number").number, now=NOW,
    )  # fmt: skip


def words(row: MailSubscription) -> Words:
    """The same, where there is something to say."""
    made = letter(row)
    assert made is not None
    return made


def test_an_act_is_one_line_with_its_address(desk: Desk) -> None:
    row = reader(about=["talks/security"])
    desk.published("status_change", headline_en="Close to a deal")
    number = LedgerEntry.objects.latest("number").number
    made = words(row)
    assert made.subject == "Parley: Talks: Close to a deal"
    assert made.text == (
        "- Talks: Close to a deal (Cho)\n"
        f"  https://parley.example/talks/security/#n{number}\n\n"
        "-- \n"
        "Why you got this: on 2025-10-14 you confirmed that you want letters about:\n"
        "- Talks: Talks\n"
        "Unsubscribe, or change what you get:\n"
        "https://parley.example/subscriptions/TOKEN/\n"
    )


def test_the_html_says_the_same_and_loads_nothing(desk: Desk) -> None:
    row = reader(about=["talks/security"])
    desk.published("status_change", headline_en="Close <b>to</b> a deal")
    made = words(row)
    page = parse(made.html)
    assert page.mistakes == []
    assert [link.attributes["href"].partition("#")[0] for link in page.all("a")] == [
        "https://parley.example/talks/security/",
        "https://parley.example/subscriptions/TOKEN/",
    ]
    assert "Close <b>to</b> a deal" in page.all("li")[0].words
    assert [e for e in page.elements if {"src", "style", "background"} & e.attributes.keys()] == []
    assert page.all("link") == page.all("style") == page.all("script") == []


def test_a_reader_of_korean_is_written_to_in_korean(desk: Desk) -> None:
    row = reader(about=["talks/security"], language="ko")
    statement = desk.published("statement")
    made = words(row)
    assert made.subject.startswith("Parley: 협상: 조 – ")
    assert f"https://parley.example/ko/statements/{statement}/\n" in made.text
    assert "이 메일을 받는 이유" in made.text
    assert '<html lang="ko">' in made.html


def test_corrections_and_withdrawals_are_told_as_such_and_what_they_replaced_is_not(
    desk: Desk,
) -> None:
    row = reader()
    slip = desk.published("status_change", headline_en="A slip")
    desk.correct("status_change", slip, headline_en="Put right")
    wrong = desk.published("status_change", headline_en="Not so")
    desk.retract("status_change", wrong)
    made = words(row)
    lines = [line for line in made.text.splitlines() if line.startswith(("- ", "  Reason"))]
    assert lines == [
        "- Talks: withdrawn: Not so (Cho)",
        "  Reason: It is not so.",
        "- Talks: corrected: Put right (Cho)",
        "  Reason: A slip of the pen.",
        "- Talks",
    ]
    assert made.subject == "Parley: 2 new entries, Talks"


def test_drafts_do_not_leak(desk: Desk) -> None:
    row = reader()
    desk.draft("status_change", headline_en="Zugzwang")
    assert letter(row, after=0) is not None
    made = letter(row, after=0)
    assert made is not None
    assert "Zugzwang" not in made.subject + made.text + made.html


def test_where_nothing_is_left_to_tell_there_is_no_letter(desk: Desk) -> None:
    row = reader(about=["talks/trade"])
    desk.published("status_change")
    assert letter(row) is None
    assert confirmation(row.pk, token="TOKEN") is None
    end_subscription(token=token_of(row), now=NOW)
    assert letter(row, after=0) is None


def test_a_reader_is_asked_to_confirm(desk: Desk) -> None:  # noqa: ARG001
    made = confirmation(asked().pk, token="TOKEN")
    assert made is not None
    assert made.subject == "Parley: please confirm your address"
    assert "\nhttps://parley.example/subscriptions/TOKEN/\n" in made.text
    assert parse(made.html).mistakes == []


def test_hostile_words_stay_on_their_line(desk: Desk) -> None:
    row = reader()
    hostile = "Bcc: all@paper.example\nSubject: x\u202e \u2066" + "9" * 150
    desk.published("status_change", headline_en=hostile)
    made = words(row)
    assert "\n" not in made.subject
    assert len(made.subject) == 120
    first = made.text.splitlines()[0]
    assert first == f"- Talks: Bcc: all@paper.example Subject: x {'9' * 150} (Cho)"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\r\nb\tc", "a b c"),
        ("\x00a\u2028b\u2069", "a b"),
        ("  ", ""),
        ("ㄱ" * 301, "ㄱ" * 299 + "…"),
        ("9" * 1_000_000, "9" * 299 + "…"),
    ],
)
def test_a_line_is_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


def test_without_a_name_the_site_is_on_this_machine(desk: Desk, settings: Any) -> None:
    settings.SITE_URL, settings.PORT = "", "8123"
    row = reader()
    desk.published("status_change")
    assert "http://localhost:8123/subscriptions/TOKEN/" in words(row).text


def test_many_acts_cost_as_many_queries_as_one_and_are_cut(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, counts = reader(), []
    for acts in (1, 2):
        for _ in range(acts):
            desk.published("status_change")
        with CaptureQueriesContext(connection) as queries:
            words(row)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    monkeypatch.setattr("negotiations.queries.mailing.MOST_LINES", 1)
    assert "\nand 2 more acts:\nhttps://parley.example/changes/\n" in words(row).text
