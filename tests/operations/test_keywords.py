"""The words by which texts are proposed for tracks."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from negotiations.models import Keyword, Negotiation, Officer
from negotiations.operations import Actor
from negotiations.operations.keywords import (
    MOST_WORDS,
    seed_keywords,
    set_keywords,
    track_words,
)
from negotiations.recognition import words_digest
from tests.operations.desk import Desk, refuses


def _words() -> list[str]:
    return list(Keyword.objects.order_by("pk").values_list("word", flat=True))


def _set(by: Actor, words: Iterable[str], seen: Iterable[str] = ()) -> None:
    digest = words_digest([("security", word) for word in seen])
    set_keywords(by=by, negotiation="talks", words={"security": words}, seen=digest)


def test_the_words_of_a_track_are_replaced_as_a_whole(desk: Desk) -> None:
    _set(desk.drafter, ["alliance", " ", "동맹"])
    _set(desk.drafter, ["동맹", "troop  levels", "동맹"], seen=["동맹", "alliance"])
    assert _words() == ["동맹", "troop levels"]


def test_who_has_not_seen_the_newest_words_is_told(desk: Desk) -> None:
    _set(desk.drafter, ["alliance"])
    with refuses("words_changed", at="/words"):
        _set(desk.reviewer, ["동맹"])
    assert _words() == ["alliance"]


def test_words_are_looked_for_by_track(desk: Desk) -> None:
    seed_keywords(by=desk.drafter, track="talks/security", words=["alliance"])
    words = track_words(Negotiation.objects.get(slug="talks"))
    assert words.found("The alliance holds") == {"security": ["alliance"]}


def test_too_many_words_are_refused(desk: Desk) -> None:
    with refuses("too_many_words", at="/words"):
        _set(desk.drafter, [f"w{n}" for n in range(MOST_WORDS + 1)])


def test_a_word_that_is_too_long_is_refused(desk: Desk) -> None:
    with refuses("too_long", at="/words"):
        _set(desk.drafter, ["a" * 121])


@pytest.mark.usefixtures("desk")
def test_who_is_no_officer_of_the_negotiation_changes_no_words() -> None:
    reader = Officer.objects.create(username="reader")
    with refuses("not_allowed"):
        _set(Actor(officer=reader.pk), ["a"])
