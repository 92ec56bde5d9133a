"""What changed between two settings of the clocks, track by track."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries.asked_spans import AskedSpan, read_span
from negotiations.queries.shapes import StateComparison, TrackComparison, WordPair
from negotiations.queries.state_comparisons import comparison
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at
from tests.queries.oracle import SEOUL
from tests.queries.test_counts import fill

pytestmark = pytest.mark.django_db
CLOCKS = clocks_at("2025-10-14")
LATER = {"known_on": date(2025, 10, 10), "effective_on": "2025-10-10"}


def span(
    from_day: str | None = "2025-10-05",
    to_day: str | None = "2025-10-14",
    since: str | None = None,
    clocks: Clocks = CLOCKS,
) -> AskedSpan:
    """Two days, or a number."""
    return read_span(from_day=from_day, to_day=to_day, since=since, given=(), clocks=clocks)


def compare(asked: AskedSpan | None = None, track: str | None = None) -> StateComparison:
    """What changed on the talks."""
    return comparison("talks", track=track, span=asked or span(), zone=SEOUL)


def only(found: StateComparison) -> TrackComparison:
    """The one track that changed."""
    (one,) = found.tracks
    return one


@pytest.fixture
def track() -> Any:
    """A track of the talks."""
    talks = make.NegotiationFactory(slug="talks")
    return make.TrackFactory(negotiation=talks, slug="tariffs", position=1)


def test_the_stage_and_its_company_before_and_after(track: Any) -> None:
    was = make.StatusChangeFactory(track=track)
    now = make.StatusChangeFactory(track=track, stage="signed", documentary_basis="joint_document",
                                   **LATER)  # fmt: skip
    found = only(compare())
    assert found.stage == WordPair(before="negotiating", after="signed")
    assert found.documentary_basis == WordPair(before="oral", after="joint_document")
    assert (found.momentum, found.agreement, found.floor) == (None, None, None)
    (pair,) = found.readings
    assert (pair.before.id, pair.after.id) == (was.pk, now.pk)  # type: ignore[union-attr]
    assert [quote.id for quote in found.statements.weightiest] == []


def test_what_a_party_says_a_term_is(track: Any) -> None:
    term = make.TermFactory(track=track)
    make.PositionFactory(term=term, amount=25)
    make.PositionFactory(term=term, amount=15, **LATER)
    (pair,) = only(compare()).positions
    assert (pair.before.amount, pair.after.amount) == (25, 15)  # type: ignore[union-attr]


def test_a_tie_is_told_on_both_tracks_and_a_date_that_moved_on_its_own(track: Any) -> None:
    beside = make.TrackFactory(negotiation=track.negotiation, slug="security", position=0)
    make.TrackFactory(negotiation=track.negotiation, slug="visas", position=2)
    make.LinkageFactory(from_track=track, to_track=beside, **LATER)
    make.MilestoneFactory(tracks=[track], slug="apec")
    make.MilestoneFactory(tracks=[track], slug="apec", due_on="2025-11-30", **LATER)
    found = compare()
    assert [one.track.slug for one in found.tracks] == ["security", "tariffs"]
    assert [one.slug for one in found.unchanged] == ["visas"]
    assert [len(one.linkages) for one in found.tracks] == [1, 1]
    (moved,) = found.tracks[1].milestones
    assert (moved.before.due_on, moved.after.due_on) == (  # type: ignore[union-attr]
        "2025-10-31",
        "2025-11-30",
    )


def test_what_a_party_says_of_a_meeting_topic_by_topic(track: Any) -> None:
    make.MilestoneFactory(tracks=[track], slug="summit", kind="meeting", title_en="The summit")
    was = make.AccountFactory(track=track)
    make.AccountFactory(track=track, topic="cars")
    now = make.AccountFactory(track=track, bearing="omits", **LATER)
    theirs = make.AccountFactory(track=track, according_to=make.PartyFactory(code="US"), **LATER)
    found = only(compare())
    assert [(p.before and p.before.id, p.after and p.after.id) for p in found.accounts] == [
        (was.pk, now.pk),
        (None, theirs.pk),
    ]
    assert {pair.title_en for pair in found.accounts} == {"The summit"}
    assert compare(span("2025-10-10")).tracks == ()


def test_a_retracted_account_is_no_longer_told_nor_is_a_meeting_that_is_gone(track: Any) -> None:
    first = datetime(2025, 10, 1, tzinfo=UTC)
    old = {"known_on": date(2025, 9, 1), "effective_on": "2025-09-01"}
    held = make.MilestoneFactory(
        tracks=[track], slug="summit", kind="meeting", published_at=first, **old
    )
    told = make.AccountFactory(track=track, published_at=first, ledger_number=1, **old)
    make.enter(tracks=[track], at=first)
    make.AccountFactory(track=track, supersedes=told, withdrawn=True, ledger_number=2, **old)
    make.MilestoneFactory(
        tracks=[track], slug="summit", kind="meeting", supersedes=held, withdrawn=True, **old
    )
    make.enter(tracks=[track])
    found = compare(span(None, None, "1"))
    (pair,) = only(found).accounts
    assert (pair.before and pair.before.id, pair.after, pair.title_en) == (told.pk, None, "")
    assert "account" in [one.noun for one in found.corrections]


def test_what_was_only_newly_said_is_a_change(track: Any) -> None:
    new = make.StatementFactory(tracks=[track], known_on=date(2025, 10, 10))
    said = only(compare()).statements
    assert (said.count, said.more, said.weightiest[0].id) == (1, False, new.pk)


def test_the_same_day_twice_has_no_differences(track: Any) -> None:
    fill(track, 2)
    found = compare(span("2025-10-14"))
    assert found.tracks == ()
    assert [one.slug for one in found.unchanged[:1]] == [track.slug]


def test_one_track_alone(track: Any) -> None:
    other = make.TrackFactory(negotiation=track.negotiation, slug="visas")
    make.StatusChangeFactory(track=other, **LATER)
    assert compare(track="tariffs").tracks == ()
    assert [one.track.slug for one in compare(track="visas").tracks] == ["visas"]
    assert [one.slug for one in compare(track="tariffs").unchanged] == ["tariffs"]


def test_without_a_day_it_begins_before_the_newest_change_of_what_is_compared(track: Any) -> None:
    other = make.TrackFactory(negotiation=track.negotiation, slug="visas")
    make.StatusChangeFactory(track=track, known_on=date(2025, 9, 20), effective_on="2025-09-20")
    make.StatusChangeFactory(track=other, **LATER)
    assert compare(span(None)).before.on == date(2025, 9, 10)
    assert compare(span(None), track="tariffs").before.on == date(2025, 8, 21)


def test_since_a_number_our_record_is_compared_with_itself(track: Any) -> None:
    first = datetime(2025, 10, 1, tzinfo=UTC)
    old = {"known_on": date(2025, 9, 1)}
    make.StatusChangeFactory(track=track, published_at=first, **old)
    make.enter(tracks=[track], at=first)
    make.StatusChangeFactory(track=track, stage="signed", documentary_basis="legal_act", **old)
    make.enter(tracks=[track])
    found = compare(span(None, None, "1"))
    assert (found.since, found.before.as_of, found.before.on) == (1, first, CLOCKS.on)
    assert only(found).stage == WordPair(before="negotiating", after="signed")
    assert compare(span(None, None, "2")).tracks == ()
    assert only(compare(span(None, None, "0"))).stage == WordPair(before=None, after="signed")


def test_acts_of_one_instant_are_told_apart_by_their_numbers(track: Any) -> None:
    at = datetime(2025, 10, 1, tzinfo=UTC)
    both = {"track": track, "known_on": date(2025, 9, 1), "published_at": at}
    make.StatusChangeFactory(ledger_number=1, **both)
    signed = {"stage": "signed", "documentary_basis": "legal_act"}
    make.StatusChangeFactory(ledger_number=2, **signed, **both)
    for _ in range(2):
        make.enter(tracks=[track], at=at)
    found = only(compare(span(None, None, "1")))
    assert found.stage == WordPair(before="negotiating", after="signed")
    assert compare(span(None, None, "2")).tracks == ()


def test_what_was_corrected_later_is_told_apart(track: Any) -> None:
    then = datetime(2025, 10, 8, tzinfo=UTC)
    wrong = make.StatusChangeFactory(track=track, stage="mooted", published_at=then)
    make.enter(tracks=[track], at=datetime(2025, 10, 1, tzinfo=UTC))
    make.StatusChangeFactory(track=track, supersedes=wrong, ledger_number=wrong.ledger_number + 1)
    found = compare(span("2025-10-05", "2025-10-09"))
    assert (len(found.corrections), len(found.corrected_since)) == (0, 1)
    found = compare(span("2025-10-05", "2025-10-14"))
    assert (len(found.corrections), len(found.corrected_since)) == (1, 0)


def test_drafts_change_nothing(track: Any) -> None:
    draft = {"known_on": None, "published_at": None}
    make.StatusChangeFactory(track=track, **draft)
    make.PositionFactory(term=make.TermFactory(track=track), **draft)
    make.LinkageFactory(from_track=track, **draft)
    make.MilestoneFactory(tracks=[track], **draft)
    make.AccountFactory(track=track, **draft)
    make.StatementFactory(tracks=[track], **draft)
    assert compare().tracks == compare(span(None, None, "0")).tracks == ()


@pytest.mark.parametrize("names", [("nowhere", None), ("talks", "nowhere")])
@pytest.mark.usefixtures("track")
def test_what_is_not_there_is_not_found(names: tuple[str, str | None]) -> None:
    with pytest.raises(Refusal) as refused:
        comparison(names[0], track=names[1], span=span(), zone=SEOUL)
    assert refused.value.code == "not_found"


@pytest.mark.parametrize("pieces", [False, True])
def test_it_costs_the_same_for_one_and_for_many(
    track: Any, query_count: Callable[[Callable[[], Any]], int], pieces: bool
) -> None:
    asked = (span("2025-09-01"), span(None, None, "0"))

    def costs() -> list[int]:
        if pieces:
            make.pieces()
        return [query_count(partial(compare, one)) for one in asked]

    fill(track, 1)
    one = costs()
    fill(track, 3)
    assert costs() == one == ([23, 23] if pieces else [36, 32])
