"""Drafts of every noun: begun, changed, made into corrections."""

from __future__ import annotations

import pytest
from django.test import Client

from negotiations.models import Statement
from negotiations.pages.desk.drafting import NOUNS
from negotiations.pages.desk.nouns import PLURALS
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals, sent_by, words
from tests.pages.desk.conftest import signed_in
from tests.pages.desk.test_statements import complete, drafted, new
from tests.pages.markup import parse


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def test_every_noun_of_the_record_has_a_form() -> None:
    assert set(NOUNS) == set(PLURALS)


@pytest.mark.parametrize("noun", PLURALS)
def test_a_draft_that_is_saved_unchanged_says_the_same(desk: Desk, at: Browser, noun: str) -> None:
    id = desk.draft(noun).id
    row = desk.row(noun, id)
    before = {n: v for n, v in vars(row).items() if n not in ("_state", "version")}
    at.press(f"/desk/drafts/{PLURALS[noun]}/{id}/edit/", "save")
    after = vars(desk.row(noun, id))
    assert after["version"] == 2
    assert {n: v for n, v in after.items() if n in before} == before


@pytest.mark.parametrize("noun", PLURALS)
def test_a_draft_changed_meanwhile_is_a_conflict(desk: Desk, at: Browser, noun: str) -> None:
    id = desk.draft(noun).id
    path = f"/desk/drafts/{PLURALS[noun]}/{id}/edit/"
    name = "title" if noun == "source" else "note_en"
    typed = {**at.filled(path, **{name: "Mine"}), "action": "save"}
    at.press(path, "save", **{name: "Theirs"})
    answer = at.send(path, typed, status=412)
    assert "Somebody changed this draft meanwhile" in words(answer)
    assert "The draft now Theirs What you typed Mine" in words(answer)
    at.send(path, {**sent_by(parse(answer.content.decode())), "action": "save"})
    row = desk.row(noun, id)
    assert (row.version, getattr(row, name)) == (3, "Mine")


def test_a_conflict_is_told_by_check_first_as_well(desk: Desk, at: Browser) -> None:
    id = desk.draft("statement").id
    path = f"/desk/drafts/statements/{id}/edit/"
    typed = {**at.filled(path, note_en="Mine"), "action": "check"}
    at.press(path, "save", note_en="Theirs")
    answer = at.send(path, typed, status=412)
    assert "The draft now Theirs What you typed Mine" in words(answer)


def test_what_was_published_while_it_was_changed_may_become_a_correction(
    desk: Desk, at: Browser
) -> None:
    id = desk.draft("statement").id
    path = f"/desk/drafts/statements/{id}/edit/"
    typed = {**at.filled(path, note_en="Mine"), "action": "save"}
    desk.publish("statement", id)
    answer = at.send(path, typed, status=409)
    assert "It is published and stays as it is." in words(answer)
    page = parse(answer.content.decode())
    onward = page.one("form", class_="desk-form").attributes["action"]
    assert onward == f"/desk/statements/{id}/correction/"
    told = {**sent_by(page), "correction_reason": "A note was missing.", "action": "save"}
    at.send(onward, told)
    assert Statement.objects.get(supersedes=id).note_en == "Mine"


def test_what_was_thrown_away_while_it_was_changed_may_become_a_new_draft(
    desk: Desk, at: Browser
) -> None:
    id = desk.draft("statement").id
    path = f"/desk/drafts/statements/{id}/edit/"
    typed = {**at.filled(path, note_en="Mine"), "action": "save"}
    at.press(f"/desk/drafts/statements/{id}/", "discard")
    answer = at.send(path, typed, status=404)
    assert "What you send now is kept as a new draft." in words(answer)
    page = parse(answer.content.decode())
    at.send("/desk/statements/new/", {**sent_by(page), "action": "save"})
    assert drafted().note_en == "Mine"


def test_a_published_row_has_no_draft_to_change(desk: Desk, at: Browser) -> None:
    at.get(f"/desk/drafts/statements/{desk.ids['statement']}/edit/", status=409)


def test_drafts_of_other_negotiations_are_not_found(desk: Desk, hire: object) -> None:
    id = desk.draft("statement").id
    assert callable(hire)
    assert signed_in(hire("reader")).get(f"/desk/drafts/statements/{id}/edit/").status_code == 403
    assert signed_in(desk.reviewer).get("/desk/drafts/statements/999999/edit/").status_code == 404


def test_a_correction_of_what_was_corrected_is_refused_with_all_that_was_typed(
    desk: Desk, at: Browser
) -> None:
    before = desk.ids["statement"]
    path = f"/desk/statements/{before}/correction/"
    typed = at.filled(path, correction_reason="Mine.")
    desk.correct("statement", before)
    answer = at.send(path, {**typed, "action": "save"}, status=409)
    assert "correct" in refusals(answer)
    assert "Mine." in words(answer)


def test_saved_and_handed_in_is_one_act(desk: Desk, at: Browser) -> None:
    at.press(new(desk), "submit", **complete())
    assert drafted().review == "submitted"
