"""Statements that a draft may cite."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from negotiations.queries.citable import MOST, citable
from negotiations.queries.seats import Seat
from tests import factories as make

pytestmark = pytest.mark.django_db
DRAFT = {"published_at": None, "known_on": None}


@pytest.fixture
def track() -> Any:
    """A track."""
    return make.TrackFactory(slug="security", negotiation=make.NegotiationFactory(slug="talks"))


def seat(role: str = "officer", negotiation: str = "talks") -> Seat:
    """An account with that role there."""
    return Seat(officer=1, name="A", superuser=False, roles={negotiation: role})


def ids(told: Any) -> list[int]:
    """The ids, in order."""
    return [one.id for one in told]


def test_the_newest_comes_first_drafts_marked(track: Any) -> None:
    old = make.StatementFactory(tracks=[track], said_on="2025-09-01")
    new = make.StatementFactory(tracks=[track], said_on="2025-10-01", **DRAFT)
    told = citable(["talks/security"], seat=seat())
    assert [(one.id, one.draft) for one in told.others] == [(new.pk, True), (old.pk, False)]


def test_what_was_corrected_or_retracted_is_left_out(track: Any) -> None:
    old = make.StatementFactory(tracks=[track])
    new = make.StatementFactory(tracks=[track], supersedes=old)
    gone = make.StatementFactory(tracks=[track])
    make.StatementFactory(tracks=[track], supersedes=gone, withdrawn=True)
    assert ids(citable(["talks/security"], seat=seat()).others) == [new.pk]


def test_what_a_draft_would_correct_stays(track: Any) -> None:
    old = make.StatementFactory(tracks=[track])
    make.StatementFactory(tracks=[track], supersedes=old, **DRAFT)
    assert old.pk in ids(citable(["talks/security"], seat=seat()).others)


def test_what_is_chosen_comes_in_its_order_and_outdated_is_said(track: Any) -> None:
    old = make.StatementFactory(tracks=[track])
    new = make.StatementFactory(tracks=[track], supersedes=old)
    told = citable(["talks/security"], seat=seat(), chosen=[new.pk, old.pk])
    assert [(one.id, one.outdated) for one in told.chosen] == [(new.pk, False), (old.pk, True)]
    assert told.others == ()


@pytest.mark.parametrize("find", ["pearl", "PEARL hidden", "조현 pearl", "Paper pearl"])
def test_every_word_is_looked_for(find: str, track: Any) -> None:
    wanted = make.StatementFactory(tracks=[track], paraphrase_en="A hidden pearl.")
    make.StatementFactory(tracks=[track], paraphrase_en="A pebble.")
    assert ids(citable(["talks/security"], seat=seat(), find=find).others) == [wanted.pk]


def test_a_statement_is_found_by_its_number(track: Any) -> None:
    wanted = make.StatementFactory(tracks=[track])
    make.StatementFactory(tracks=[track])
    told = citable(["talks/security"], seat=seat(), find=f"#{wanted.pk}")
    assert ids(told.others) == [wanted.pk]


@pytest.mark.parametrize("find", ["%", "_", "\\", "\x00"])
def test_signs_stand_for_themselves(find: str, track: Any) -> None:
    make.StatementFactory(tracks=[track], paraphrase_en="A pebble.")
    found = citable(["talks/security"], seat=seat(), find=find).others
    assert len(found) == (1 if find == "\x00" else 0)


def test_drafts_of_other_negotiations_are_never_told(track: Any) -> None:
    draft = make.StatementFactory(tracks=[track], **DRAFT)
    told = citable(["talks/security"], seat=seat(negotiation="other"), chosen=[draft.pk])
    assert (told.chosen, told.others) == ((), ())


def test_more_than_are_shown_is_said(track: Any) -> None:
    for _ in range(MOST + 1):
        make.StatementFactory(tracks=[track])
    told = citable(["talks/security"], seat=seat())
    assert (len(told.others), told.more) == (MOST, True)


def test_a_statement_on_two_tracks_is_told_once(track: Any) -> None:
    other = make.TrackFactory(slug="trade", negotiation=track.negotiation)
    both = make.StatementFactory(tracks=[track, other])
    assert ids(citable(["talks/security", "talks/trade"], seat=seat()).others) == [both.pk]


def test_it_takes_two_queries(track: Any, query_count: Callable[..., int]) -> None:
    chosen = [make.StatementFactory(tracks=[track]).pk for _ in range(3)]
    assert query_count(lambda: citable(["talks/security"], seat=seat(), chosen=chosen)) == 2
