"""The form of an account, and the way from two drafts to a page that says "contradict"."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from negotiations import operations
from negotiations.models import Account
from tests.operations.desk import NOW, Desk, last_entry
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.markup import parse

NEW = "/desk/accounts/new/?track=talks/trade"


@pytest.fixture
def at(desk: Desk, drafter: Client) -> Browser:
    """The first officer's browser, with a meeting on record."""
    desk.meeting()
    return Browser(drafter)


def complete(desk: Desk, **typed: Any) -> dict[str, Any]:
    """What an officer types for a whole account."""
    return {
        "meeting": "summit", "according_to": "KR", "topic": "rice-market",
        "topic_en": "Rice market", "topic_ko": "쌀 시장", "text_en": "No further opening",
        "text_ko": "추가 개방 없음", "effective_on": "2025-10-02",
        "basis": desk.ids["statement"], **typed,
    }  # fmt: skip


def test_an_account_is_drafted_from_the_track_it_was_begun_at(desk: Desk, at: Browser) -> None:
    at.press(NEW, "save", **complete(desk))
    row = Account.objects.get()
    assert (row.track.slug, row.meeting, row.topic, row.according_to.code, row.bearing) == (
        "trade", "summit", "rice-market", "KR", "tells",
    )  # fmt: skip
    assert (row.text_en, row.contradicts) == ("No further opening", None)


def test_meetings_and_topics_on_record_are_offered(desk: Desk, at: Browser) -> None:
    desk.published("account")
    page = at.get(NEW).content.decode()
    for value in ("summit", "rice-market"):
        assert f'<option value="{value}">' in page
    assert "Korea: Rice market – Nothing was opened." in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text_en": "", "text_ko": ""}, "What it says, in English: An account that tells"),
        ({"meeting": "nowhere"}, "Meeting, by its name in addresses: There is no meeting nowhere"),
        ({"topic": "Rice market"}, "Topic, by its name in addresses: "),
    ],
)
def test_what_is_refused_is_said_at_its_field(
    desk: Desk, at: Browser, typed: dict[str, str], told: str
) -> None:
    response = at.press(NEW, "save", status=422, **complete(desk, **typed))
    assert told in refusals(response)


def test_check_first_shows_the_account_as_readers_will_see_it(desk: Desk, at: Browser) -> None:
    told = words(at.press(NEW, "check", status=200, **complete(desk)))
    assert "Korea’s account: Rice market – No further opening" in told


def test_an_account_is_corrected_with_what_it_contradicts(desk: Desk, at: Browser) -> None:
    seoul = desk.published("account")
    before = desk.published("account", according_to="US", contradicts=seoul)
    path = f"/desk/accounts/{before}/correction/"
    at.press(path, "save", text_en="All of it", correction_reason="Misread.")
    row = Account.objects.get(supersedes=before)
    assert (row.text_en, row.contradicts_id) == ("All of it", seoul)


def test_two_drafts_become_a_line_that_says_contradict(
    desk: Desk, at: Browser, client: Client
) -> None:
    at.press(NEW, "save", **complete(desk))
    seoul = Account.objects.get()
    us = {"according_to": "US", "text_en": "All of it was opened", "text_ko": "전면 개방"}
    at.press(NEW, "submit", **complete(desk, **us, contradicts=seoul.pk))
    washington = Account.objects.exclude(pk=seoul.pk).get()
    path = "/talks/meetings/summit/"
    assert "contradict" not in words(client.get(path)).partition("How to read")[0]
    items = [
        {"noun": "account", "id": row.pk, "version": row.version} for row in (washington, seoul)
    ]
    operations.publish_together(by=desk.reviewer, now=NOW, items=items, seen=last_entry().number)
    (row,) = [one.words for one in parse(client.get(path).content.decode()).all("tr") if
              one.attributes.get("id") == "topic-rice-market"]  # fmt: skip
    for said in ("Rice market contradict", "No further opening", "All of it was opened"):
        assert said in row
