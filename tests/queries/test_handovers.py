"""What a handover tells: last words, and what is owed as far as the record tells."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.queries.briefs import handover
from negotiations.queries.pins import newest_pin
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def track() -> Any:
    """A track of talks between Seoul and Washington."""
    return make.TrackFactory(negotiation=make.NegotiationFactory(slug="talks"), slug="swap")


def say(track: Any, code: str, kind: str, on: str, **members: Any) -> Any:
    party = make.PartyFactory(code=code)
    return make.StatementFactory(tracks=[track], parties=[party], kind=kind, said_on=on, **members)


def told(on: str = "2025-10-14") -> Any:
    return handover("talks", pin=newest_pin(clocks_at(on)))


def owed(page: Any) -> list[tuple[str, list[str], int]]:
    statements = {note.number: note.statement for note in page.notes}
    return [
        (one.statement_kind, [party.code for party in one.by], statements[one.notes[0]])
        for one in page.owed
    ]


def test_the_last_word_of_each_party_stands_beside_its_silence(track):
    say(track, "KR", "reports", "2025-09-01")
    last = say(track, "KR", "proposes", "2025-09-02")
    page = told()

    (words,) = page.last_words
    assert [(one.party.code, len(one.notes)) for one in words.words] == [("KR", 1), ("US", 0)]
    assert page.notes[words.words[0].notes[0] - 1].statement == last.pk


def test_a_last_word_is_what_the_party_said_itself(track):
    """Neither a translation or reprint of it, nor what a newspaper makes of it."""
    own = say(track, "KR", "reports", "2025-09-01")
    say(track, "KR", "reports", "2025-09-02", repeats=own)
    say(track, "KR", "reports", "2025-09-02", translates=own, language="en")
    say(track, "KR", "reports", "2025-09-03", attribution="media_report")
    page = told()

    (words,) = page.last_words
    assert [page.notes[n - 1].statement for n in words.words[0].notes] == [own.pk]


def test_tracks_that_hang_below_no_other_have_their_last_words_told_first(track):
    below = make.TrackFactory(negotiation=track.negotiation, parent=track, slug="below")
    last = make.TrackFactory(
        negotiation=track.negotiation, slug="last", position=track.position + 1
    )
    for one in (below, last, track):
        say(one, "KR", "reports", "2025-09-01")

    assert [one.track.slug for one in told().last_words] == ["swap", "last", "below"]


@pytest.mark.parametrize("kind", ["commits", "commits_conditionally", "offers", "requests"])
def test_what_was_promised_or_asked_is_owed_while_no_later_word_says_that_it_was_met(track, kind):
    said = say(track, "KR", kind, "2025-09-01", about=[make.PartyFactory(code="US")])
    page = told()

    assert owed(page) == [(kind, ["KR"], said.pk)]
    assert [party.code for party in page.owed[0].of] == ["US"]


@pytest.mark.parametrize(
    ("owing", "later", "by", "left"),
    [
        ("commits", "implements", "KR", 0),
        ("commits", "implements", "US", 1),
        ("commits", "withdraws", "KR", 0),
        ("offers", "signs", "KR", 0),
        ("offers", "rejects", "US", 1),
        ("demands", "concedes", "US", 0),
        ("demands", "concedes", "KR", 1),
        ("demands", "withdraws", "KR", 0),
        ("requests", "rejects", "US", 1),
    ],
)
def test_a_later_word_of_the_right_party_settles_it(track, owing, later, by, left):
    said = say(track, "KR", owing, "2025-09-01")
    say(track, by, later, "2025-09-05")

    assert [pk for _, _, pk in owed(told()) if pk == said.pk] == [said.pk] * left


def test_a_word_before_it_or_on_another_track_settles_nothing(track):
    other = make.TrackFactory(negotiation=track.negotiation, slug="other")
    say(track, "KR", "implements", "2025-08-01")
    said = say(track, "KR", "commits", "2025-09-01")
    say(other, "KR", "implements", "2025-09-05")

    assert owed(told()) == [("commits", ["KR"], said.pk)]


def test_a_later_word_that_was_not_known_yet_settles_nothing(track):
    said = say(track, "KR", "commits", "2025-09-01", known_on="2025-09-01")
    say(track, "KR", "implements", "2025-09-05", known_on="2025-10-10")

    assert owed(told("2025-10-01")) == [("commits", ["KR"], said.pk)]
    assert owed(told("2025-10-10")) == []


def test_a_reprint_and_what_nobody_is_named_for_are_not_owed(track):
    said = say(track, "KR", "commits", "2025-09-01")
    say(track, "KR", "commits", "2025-09-01", repeats=said)
    make.StatementFactory(tracks=[track], kind="demands", said_on="2025-09-01")

    assert owed(told()) == [("commits", ["KR"], said.pk)]


def test_nothing_is_owed_on_what_is_over(track):
    say(track, "KR", "commits", "2025-09-01")
    make.StatusChangeFactory(track=track, stage="terminated")

    assert owed(told()) == []


def test_the_newest_eight_are_told_and_the_others_counted(track):
    for day in range(1, 13):
        say(track, "KR", "commits", f"2025-09-{day:02d}")
    page = told()

    assert len(page.owed) == 8
    assert page.left_out.owed == 4
    assert page.notes[page.owed[0].notes[0] - 1].said_on == "2025-09-12"
