"""A form is sent once, however often its button is pressed."""

from __future__ import annotations

import pytest
from django.test import Client

from negotiations.models import Statement
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals, sent_by
from tests.pages.desk.test_statements import complete, new
from tests.pages.markup import parse


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def drafts() -> int:
    """How many drafts of statements there are."""
    return Statement.objects.filter(published_at__isnull=True).count()


def test_a_double_click_saves_once_and_leads_to_one_place(desk: Desk, at: Browser) -> None:
    typed = {**at.filled(new(desk), **complete()), "action": "save"}
    places = {at.send(new(desk), typed)["Location"] for _ in range(3)}
    assert (len(places), drafts()) == (1, 1)


def test_a_form_opened_anew_is_another_sending(desk: Desk, at: Browser) -> None:
    for _ in range(2):
        at.press(new(desk), "save", **complete())
    assert drafts() == 2


def test_other_words_after_going_back_are_told_clearly_and_a_second_press_works(
    desk: Desk, at: Browser
) -> None:
    typed = {**at.filled(new(desk), **complete()), "action": "save"}
    first = at.send(new(desk), typed)["Location"]
    answer = at.send(new(desk), {**typed, "note_en": "More."}, status=422)
    assert "This form was sent before, with other words, and that was done." in refusals(answer)
    assert f'<a href="{first}">What the first sending made</a>' in answer.content.decode()
    assert drafts() == 1
    again = sent_by(parse(answer.content.decode()))
    assert again["note_en"] == "More."
    at.send(new(desk), {**again, "action": "save"})
    assert drafts() == 2


def test_what_was_refused_can_be_sent_again_under_the_same_name(desk: Desk, at: Browser) -> None:
    typed = {**at.filled(new(desk), **complete(quotation="not there")), "action": "save"}
    at.send(new(desk), typed, status=422)
    at.send(new(desk), {**typed, "quotation": "close to a deal"})
    assert drafts() == 1


def test_one_officers_sending_is_not_anothers(
    desk: Desk, drafter: Client, reviewer: Client
) -> None:
    typed = {**complete(), "source": desk.ids["source"], "language": "en", "once": "the same"}
    typed |= {"modality": "asserted", "attribution": "on_record", "credibility": "6"}
    for client in (drafter, reviewer):
        Browser(client).send(new(desk), {**typed, "action": "save"})
    assert drafts() == 2


@pytest.mark.parametrize("once", ["\x00", "x" * 5000])
def test_whatever_stands_in_the_field_of_one_sending_it_is_kept_or_made_anew(
    desk: Desk, at: Browser, once: str
) -> None:
    typed = {**at.filled(new(desk), **complete()), "action": "check", "once": once}
    assert at.client.post(new(desk), typed).status_code < 500
    check = "/desk/tracks/talks/security/check/"
    assert at.client.post(check, {"once": once}).status_code < 500
