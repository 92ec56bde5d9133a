"""Readers by mail at the desk: numbers, no addresses, and letters that are tried again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import Letter, Negotiation
from negotiations.operations import Actor
from tests.operations.desk import NOW
from tests.operations.subscribing import asked, reader
from tests.pages.desk.conftest import signed_in
from tests.pages.markup import parse

PAGE = "/desk/subscribers/"


@pytest.fixture
def admin(hire: Callable[[str], Actor]) -> Client:
    """An admin's browser, of the talks."""
    return signed_in(hire("admin"))


def aside(**of: object) -> Letter:
    """A letter that was set aside."""
    return Letter.objects.create(
        subscription=reader(**of), kind="news", made_at=NOW, aside="mail_refused",
        facts={"status": 554}, subject="News", text="t", attempts=6,
    )  # fmt: skip


@pytest.mark.parametrize("role", ["", "reader", "officer", "reviewer"])
def test_readers_are_an_admins_matter(hire: Callable[[str], Actor], role: str) -> None:
    client, row = signed_in(hire(role)), aside()
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"letter": row.pk}).status_code == 403


def test_readers_are_counted_in_each_negotiation_once(admin: Client) -> None:
    reader(about=["talks/security", "talks/trade"])
    reader(rhythm="weekly", address="lee@paper.example")
    asked(address="new@paper.example")
    Negotiation.objects.create(slug="others", title_en="Others", title_ko="O", registered_at=NOW)
    reader(about=["others"], address="other@paper.example")
    text = admin.get(PAGE).content.decode()
    page = parse(text)
    assert page.mistakes == []
    assert [cell.words.split()[-1] for cell in page.all("td")] == ["1", "0", "1", "1"]
    assert [row.words for row in page.all("th") if row.attributes["scope"] == "row"] == ["Talks"]
    assert "@paper.example" not in text


def test_a_letter_set_aside_is_told_with_its_reason_and_tried_again(admin: Client) -> None:
    row = aside()
    text = admin.get(PAGE).content.decode()
    assert "The mail server refused the mail (554)." in text
    assert "k…@paper.example" in text
    assert "kim@paper.example" not in text
    assert admin.post(PAGE, {"letter": row.pk, "once": "a"})["Location"] == PAGE
    row.refresh_from_db()
    assert (row.aside, row.attempts, row.text) == ("", 0, "t")
    assert row.due_at is not None
    again = admin.post(PAGE, {"letter": row.pk, "once": "b"})
    assert again.status_code == 422


def test_what_is_about_other_negotiations_is_not_told(admin: Client) -> None:
    Negotiation.objects.create(slug="others", title_en="Others", title_ko="O", registered_at=NOW)
    row = aside(about=["others", "talks"])
    assert "k…@paper.example" not in admin.get(PAGE).content.decode()
    assert admin.post(PAGE, {"letter": row.pk}).status_code == 403


def test_many_letters_cost_as_many_queries_as_one(admin: Client) -> None:
    counts = []
    for number in range(3):
        aside(address=f"a{number}@paper.example", about=["talks/security"])
        with CaptureQueriesContext(connection) as queries:
            admin.get(PAGE)
        counts.append(len(queries))
    assert counts[1] == counts[2]
