"""The words by which texts are proposed for tracks."""

from __future__ import annotations

import pytest

from negotiations.models import Keyword, Officer
from negotiations.operations import Actor
from negotiations.operations.keywords import MOST_WORDS, set_keywords, track_words
from tests.operations.desk import Desk, refuses


def _words() -> list[str]:
    return list(Keyword.objects.order_by("pk").values_list("word", flat=True))


def test_the_words_of_a_track_are_replaced_as_a_whole(desk: Desk) -> None:
    set_keywords(by=desk.drafter, track="talks/security", words=["alliance", " ", "동맹"])
    set_keywords(by=desk.drafter, track="talks/security", words=["동맹", "troop  levels", "동맹"])
    assert _words() == ["동맹", "troop levels"]


def test_words_are_looked_for_by_track(desk: Desk) -> None:
    set_keywords(by=desk.drafter, track="talks/security", words=["alliance"])
    keyword = Keyword.objects.get()
    words = track_words(keyword.track.negotiation)
    assert words.found("The alliance holds") == {"security": ["alliance"]}


def test_too_many_words_are_refused(desk: Desk) -> None:
    with refuses("too_many_words", at="/words"):
        set_keywords(
            by=desk.drafter, track="talks/security", words=[f"w{n}" for n in range(MOST_WORDS + 1)]
        )


def test_a_word_that_is_too_long_is_refused(desk: Desk) -> None:
    with refuses("too_long", at="/words"):
        set_keywords(by=desk.drafter, track="talks/security", words=["a" * 121])


@pytest.mark.usefixtures("desk")
def test_who_is_no_officer_of_the_negotiation_changes_no_words() -> None:
    reader = Officer.objects.create(username="reader")
    with refuses("not_allowed"):
        set_keywords(by=Actor(officer=reader.pk), track="talks/security", words=["a"])
