"""The page of a draft: what it would be, and what is done with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations import operations
from negotiations.models import LedgerEntry, Remark, StatusChange
from negotiations.operations import Actor
from tests.operations.desk import TEXT, Desk, capture
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.conftest import signed_in

_QUOTATION = "We are  close to a deal."


@pytest.fixture
def at(reviewer: Client) -> Browser:
    """The second officer's browser."""
    return Browser(reviewer)


def path_of(draft: int, noun: str = "status-changes") -> str:
    """The address of a draft's page."""
    return f"/desk/drafts/{noun}/{draft}/"


def story(desk: Desk) -> tuple[int, int, int]:
    """A source, a statement quoted from it, a change that rests on that; all drafts."""
    source = desk.draft("source").id
    capture(desk, source)
    start = TEXT.index(_QUOTATION)
    statement = desk.draft(
        "statement", source=source, quotation=_QUOTATION, start=start, end=start + len(_QUOTATION)
    ).id
    return source, statement, desk.draft("status_change", basis=[statement]).id


def test_a_draft_is_shown_as_readers_will_see_it_and_nothing_stays(desk: Desk, at: Browser) -> None:
    draft, entries = desk.draft("status_change").id, LedgerEntry.objects.count()
    told = words(at.get(path_of(draft)))
    assert "Stage — Negotiating" in told.replace("Before ", "").replace("After ", "")
    assert "Talks go on Negotiating Advancing the desk’s reading" in told
    assert LedgerEntry.objects.count() == entries
    assert StatusChange.objects.get(pk=draft).published_at is None


def test_the_evidence_stands_in_its_place_in_the_text(desk: Desk, at: Browser) -> None:
    told = at.get(path_of(story(desk)[2])).content.decode()
    assert "The minister said:\n“<mark>We are  close to a deal.</mark>” Asked when" in told


def test_one_press_publishes_what_the_draft_rests_on_as_well(desk: Desk, at: Browser) -> None:
    source, statement, change = story(desk)
    assert "it rests on this" in words(at.get(path_of(change)))
    response = at.press(path_of(change), "publish", confirmed="on")
    row = StatusChange.objects.get(pk=change)
    assert response["Location"] == f"/talks/security/#n{row.ledger_number}"
    assert desk.row("source", source).published_at == row.published_at
    assert desk.row("statement", statement).published_at == row.published_at


def test_text_copied_by_hand_is_compared_before_it_is_published(desk: Desk, at: Browser) -> None:
    change = story(desk)[2]
    response = at.press(path_of(change), "publish", status=409)
    assert "compare it with the original" in refusals(response)
    assert "I have compared the transcription with the original." in words(response)


def test_a_statement_leads_to_its_own_page(desk: Desk, at: Browser) -> None:
    draft = desk.draft("statement").id
    response = at.press(path_of(draft, "statements"), "publish")
    assert response["Location"] == f"/statements/{draft}/"


def test_a_double_click_publishes_once_and_leads_to_the_same_place(desk: Desk, at: Browser) -> None:
    path = path_of(desk.draft("status_change").id)
    typed = {**at.filled(path), "action": "publish"}
    first, second = at.send(path, typed), at.send(path, typed)
    assert first["Location"] == second["Location"]
    assert LedgerEntry.objects.filter(noun="status_change", public=True).count() == 1


def test_who_comes_second_is_told_and_keeps_the_words(desk: Desk, at: Browser) -> None:
    draft = desk.draft("status_change").id
    typed = at.filled(path_of(draft), note="Look at the date again.")
    desk.publish("status_change", draft)
    response = at.send(path_of(draft), {**typed, "action": "send_back"}, status=409)
    assert "already published" in refusals(response)
    assert "Look at the date again." in words(response)


def test_ones_own_draft_asks_for_a_waiver_which_readers_see(
    desk: Desk, hire: Callable[[str], Actor]
) -> None:
    own = hire("reviewer")
    draft = desk.draft("status_change", by=own).id
    alone = Browser(signed_in(own))
    assert "Waiver: why no second officer could look" in words(alone.get(path_of(draft)))
    response = alone.press(path_of(draft), "publish", status=403)
    assert "your own draft needs a written waiver" in refusals(response)
    alone.press(path_of(draft), "publish", waiver="Nobody else was awake.")
    assert StatusChange.objects.get(pk=draft).waiver == "Nobody else was awake."


def test_another_officers_draft_asks_for_no_waiver(desk: Desk, at: Browser) -> None:
    assert "Waiver" not in words(at.get(path_of(desk.draft("status_change").id)))


def test_a_draft_is_sent_back_with_a_note_that_its_drafter_reads(
    desk: Desk, at: Browser, drafter: Client
) -> None:
    draft = desk.draft("status_change").id
    path = path_of(draft)
    response = at.press(path, "send_back", status=422)
    assert "note is empty" in refusals(response)
    at.press(path, "send_back", note="Which minister?")
    assert Remark.objects.get().text == "Which minister?"
    told = words(Browser(drafter).get(path))
    assert "Sent back by" in told
    assert "Which minister?" in told
    Browser(drafter).press(path, "submit")
    assert StatusChange.objects.get(pk=draft).review == "submitted"


def test_what_changed_while_the_reviewer_looked_is_shown_beside_it(desk: Desk, at: Browser) -> None:
    draft = desk.draft("status_change").id
    typed = at.filled(path_of(draft), note="A long note.")
    desk.draft("status_change", amends=draft, version=1, headline_en="They nearly agree")
    response = at.send(path_of(draft), {**typed, "action": "publish"}, status=412)
    told = words(response)
    assert "Headline in English As you saw it Talks go on The draft now They nearly agree" in told
    assert "A long note." in told
    assert StatusChange.objects.get(pk=draft).published_at is None


def test_what_was_published_meanwhile_is_shown_and_a_second_press_goes_through(
    desk: Desk, at: Browser
) -> None:
    draft = desk.draft("status_change").id
    typed = at.filled(path_of(draft), waiver="Kept words")
    desk.published("statement")
    response = at.send(path_of(draft), {**typed, "action": "publish"}, status=409)
    assert "Something newer was published on this track" in refusals(response)
    assert "Statement published: They are close. while you looked" in words(response)
    assert "Kept words" in words(response)
    again = {**at.filled(path_of(draft)), "action": "publish"}
    assert at.send(path_of(draft), again)["Location"].startswith("/talks/security/#n")


def test_the_page_says_why_a_draft_cannot_be_published_yet(desk: Desk, at: Browser) -> None:
    gone = desk.published("statement")
    draft = desk.draft("status_change", basis=[gone]).id
    desk.retract("statement", gone)
    told = words(at.get(path_of(draft)))
    assert f"It cannot be published yet: It rests on statement {gone}, which was retracted." in told


def test_a_correction_is_shown_beside_the_original(desk: Desk, at: Browser) -> None:
    before = desk.published("status_change", headline_en="They talk")
    draft = desk.draft(
        "status_change", supersedes=before, correction_reason="A slip.", headline_en="They agree"
    ).id
    told = words(at.get(path_of(draft)))
    assert "The correction beside the original Reason given: A slip." in told
    assert "Headline was They talk now They agree" in told


def test_a_retraction_is_shown_as_readers_find_it(desk: Desk, at: Browser) -> None:
    before = desk.published("status_change")
    draft = desk.act(
        operations.draft_retraction, noun="status_change", id=before, correction_reason="Not so."
    ).id
    told = words(at.get(path_of(draft)))
    assert "Reason given: Not so." in told
    assert "Nothing stands in its place." in told
    assert "Change it" not in told
    at.press(path_of(draft), "publish")
    assert StatusChange.objects.get(pk=draft).withdrawn


def test_its_drafter_throws_a_draft_away(desk: Desk, drafter: Client) -> None:
    draft = desk.draft("status_change").id
    response = Browser(drafter).press(path_of(draft), "discard")
    assert response["Location"] == "/desk/"
    assert not StatusChange.objects.exists()


def test_another_officer_does_not_throw_it_away(desk: Desk, at: Browser) -> None:
    draft = desk.draft("status_change").id
    assert "Throw the draft away" not in words(at.get(path_of(draft)))
    response = at.press(path_of(draft), "discard", status=403)
    assert "Only its drafter" in refusals(response)


def test_words_about_a_draft_that_is_gone_are_shown_once_more(desk: Desk, at: Browser) -> None:
    draft = desk.draft("status_change").id
    typed = at.filled(path_of(draft), note="Which minister?")
    desk.act(operations.discard_draft, noun="status_change", id=draft, version=1)
    response = at.send(path_of(draft), {**typed, "action": "send_back"}, status=404)
    assert "Which minister?" in words(response)


def test_an_officer_sees_the_draft_and_no_way_to_publish_it(
    desk: Desk, hire: Callable[[str], Actor]
) -> None:
    officer = Browser(signed_in(hire("officer")))
    path = path_of(desk.draft("status_change").id)
    assert "Publish now" not in words(officer.get(path))
    response = officer.press(path, "publish", status=403)
    assert "the role of reviewer" in refusals(response)


@pytest.mark.parametrize("role", ["", "reader"])
def test_who_is_no_officer_sees_no_draft(
    role: str, desk: Desk, hire: Callable[[str], Actor]
) -> None:
    path = path_of(desk.draft("status_change").id)
    assert signed_in(hire(role)).get(path).status_code == 403


def test_in_korean_it_is_korean(desk: Desk, at: Browser) -> None:
    told = words(at.get("/ko" + path_of(desk.draft("status_change").id)))
    assert "독자가 보게 될 모습" in told
    assert "협상 계속" in told
    assert "Publish" not in told


def test_three_statements_of_evidence_cost_no_more_queries_than_one(
    desk: Desk, at: Browser
) -> None:
    more = [desk.published("statement") for _ in range(3)]
    few = desk.draft("status_change").id
    many = desk.draft("status_change", basis=[desk.ids["statement"], *more]).id
    counts: list[int] = []
    for draft in (few, many):
        at.get(path_of(draft))
        with CaptureQueriesContext(connection) as captured:
            at.get(path_of(draft))
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[0] < 150


def test_a_published_row_leads_to_its_place_at_the_desk(desk: Desk, at: Browser) -> None:
    id = desk.ids["statement"]
    response = at.get(path_of(id, "statements"), status=302)
    assert response["Location"] == f"/desk/record/statements/{id}/"


def test_a_button_that_there_is_not_is_refused(desk: Desk, at: Browser) -> None:
    path = path_of(desk.draft("status_change").id)
    typed: dict[str, Any] = at.filled(path)
    at.send(path, {**typed, "action": "burn"}, status=400)


def test_the_enter_key_only_shows_the_page_again(desk: Desk, at: Browser) -> None:
    path = path_of(desk.draft("status_change").id)
    page = at.get(path).content.decode()
    assert re.findall(r'<button[^>]*value="(\w+)"', page.partition("review-form")[2])[0] == "look"
    response = at.press(path, "look", status=200, note="Half a thought")
    assert refusals(response) == ""
    assert "Half a thought" in words(response)
    assert StatusChange.objects.get().published_at is None
