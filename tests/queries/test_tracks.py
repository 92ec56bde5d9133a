"""Where tracks stand, and all that is held about one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from negotiations.models import Clocks, Track
from negotiations.queries.shapes import TrackDetail
from negotiations.queries.tracks import list_tracks, track
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db


def detail(row: Track, clocks: Clocks) -> TrackDetail:
    return track(row.negotiation.slug, row.slug, clocks=clocks)


def reads(row: Track, party: str | None, stage: str, **members: Any) -> Any:
    """A party (null: the desk) reads a stage."""
    voice = make.PartyFactory(code=party) if party else None
    return make.StatusChangeFactory(
        track=row, according_to=voice, stage=stage, documentary_basis="legal_act", **members
    )


def test_before_anybody_speaks_nothing_is_known(clocks: Clocks) -> None:
    state = detail(make.TrackFactory(), clocks)
    assert (state.stage, state.latest, state.agreement) == (None, None, "unknown")
    assert (state.floor, state.ceiling, state.ledger_number) == (None, None, 0)
    assert [(reading.party.code, reading.stage) for reading in state.readings] == [
        ("KR", None),
        ("US", None),
    ]
    assert (state.basis, state.terms, state.linkages, state.milestones) == ((), (), (), ())


def test_the_stage_is_the_desks_and_the_agreement_the_parties(clocks: Clocks) -> None:
    row = make.TrackFactory()
    against = make.StatementFactory()
    desk = reads(row, None, "agreed_in_principle", dissent=[against], momentum="advancing")
    reads(row, "KR", "signed")
    state = detail(row, clocks)
    assert (state.stage, state.momentum) == ("agreed_in_principle", "advancing")
    assert (state.agreement, state.floor, state.ceiling) == ("one_sided", "signed", "signed")
    assert state.latest is not None
    assert state.latest.id == desk.pk
    assert [said.id for said in state.basis] == [desk.basis_id]
    assert [said.id for said in state.dissent] == [against.pk]
    assert state.known_on == desk.known_on


def test_contested_and_concordant(clocks: Clocks) -> None:
    row = make.TrackFactory()
    reads(row, "KR", "signed")
    reads(row, "US", "negotiating")
    state = detail(row, clocks)
    assert (state.agreement, state.floor, state.ceiling) == ("contested", "negotiating", "signed")
    reads(row, "US", "signed", effective_on="2025-10-02")
    assert detail(row, clocks).agreement == "concordant"


def test_a_track_may_have_parties_of_its_own(clocks: Clocks) -> None:
    korea, north = make.PartyFactory(code="KR"), make.PartyFactory(code="KP")
    row = make.TrackFactory(parties=[korea, north])
    reads(row, "US", "mooted")
    state = detail(row, clocks)
    assert {reading.party.code for reading in state.readings} == {"KR", "KP"}
    assert state.agreement == "unknown"


def test_the_latest_effective_row_counts_not_the_latest_published(clocks: Clocks) -> None:
    row = make.TrackFactory()
    reads(row, None, "negotiating", effective_on="2025-10-05")
    reads(row, None, "mooted", effective_on="2025-10-01")
    assert detail(row, clocks).stage == "negotiating"
    assert detail(row, clocks_at("2025-10-04", known_by="2025-10-14")).stage == "mooted"


def test_on_one_day_the_longer_date_then_the_later_row_counts(clocks: Clocks) -> None:
    row = make.TrackFactory()
    reads(row, None, "mooted")
    reads(row, None, "exploratory")
    assert detail(row, clocks).stage == "exploratory"
    reads(row, None, "negotiating", effective_upper=date(2025, 10, 31))
    reads(row, None, "mooted")
    assert detail(row, clocks).stage == "negotiating"


def test_the_car_tariff_in_force_before_it_was_announced() -> None:
    term = make.TermFactory()
    held: dict[str, Any] = {"term": term, "standing": "in_force"}
    make.PositionFactory(amount=25, **held, effective_on="2025-04-03", known_on=date(2025, 4, 3))
    make.PositionFactory(amount=15, **held, effective_on="2025-11-01", known_on=date(2025, 12, 3))
    for day, rate in (("2025-11-15", "25 %"), ("2025-12-10", "15 %")):
        (state,) = detail(term.track, clocks_at(day)).terms
        assert [position.figure_en for position in state.positions] == [rate]
    knowing_better = clocks_at("2025-11-15", known_by="2025-12-10")
    assert detail(term.track, knowing_better).terms[0].positions[0].amount == 15


def test_what_is_law_stands_beside_what_is_said_for_each_party(clocks: Clocks) -> None:
    term = make.TermFactory()
    make.PositionFactory(term=term, amount=20, effective_on="2025-10-01")
    for standing, amount in (("in_force", 25), ("announced", 15)):
        make.PositionFactory(term=term, standing=standing, amount=amount, effective_on="2025-10-02")
    make.PositionFactory(term=term, amount=10, according_to=make.PartyFactory(code="KP"))
    make.TermFactory(track=term.track)
    (state,) = detail(term.track, clocks).terms
    assert {(p.according_to.code, p.standing, p.amount) for p in state.positions} == {
        ("US", "announced", 15),
        ("US", "in_force", 25),
        ("KP", "announced", 10),
    }


def test_two_voices_of_one_party_that_differ_are_both_shown(clocks: Clocks) -> None:
    row = make.TrackFactory()
    other = reads(row, "KR", "negotiating")
    reads(row, "KR", "signed")
    reads(row, "KR", "signed", effective_on="2025-09-30")
    reads(row, "KR", "mooted", effective_on="2025-09-30")
    korea, america = detail(row, clocks).readings
    assert korea.stage == "signed"
    assert [voice.id for voice in korea.other_voices] == [other.pk]
    assert america.other_voices == ()


def test_a_vague_reading_that_overlaps_is_another_voice(clocks: Clocks) -> None:
    row = make.TrackFactory()
    vague = reads(row, "KR", "mooted", effective_upper=date(2025, 10, 31))
    reads(row, "KR", "signed", effective_on="2025-10-10")
    korea = detail(row, clocks).readings[0]
    assert (korea.stage, [voice.id for voice in korea.other_voices]) == ("signed", [vague.pk])


def test_linkages_are_each_voices_latest_word_about_a_pair(clocks: Clocks) -> None:
    row = make.TrackFactory()
    other, third = (make.TrackFactory(negotiation=row.negotiation) for _ in range(2))
    korea = make.PartyFactory(code="KR")
    pair = {"from_track": row, "to_track": other}
    make.LinkageFactory(**pair)
    ended = make.LinkageFactory(**pair, standing="ended", effective_on="2025-10-02")
    seoul = make.LinkageFactory(**pair, according_to=korea)
    make.LinkageFactory(from_track=other, to_track=third)
    found = [linkage.id for linkage in detail(row, clocks).linkages]
    assert found == [ended.pk, seoul.pk]


def test_a_pair_is_the_same_from_either_end(clocks: Clocks) -> None:
    row = make.TrackFactory()
    other = make.TrackFactory(negotiation=row.negotiation)
    make.LinkageFactory(from_track=row, to_track=other, kind="packaged_with")
    apart = make.LinkageFactory(from_track=other, to_track=row, effective_on="2025-10-02")
    assert [linkage.id for linkage in detail(row, clocks).linkages] == [apart.pk]


def test_milestones_with_their_slips(clocks: Clocks) -> None:
    row = make.TrackFactory()
    shared: dict[str, Any] = {"tracks": [row], "slug": "visit"}
    first = make.MilestoneFactory(**shared, due_on="2025-10-10", effective_on="2025-10-01")
    make.MilestoneFactory(**shared, due_on="2025-10-10", effective_on="2025-10-02", outcome="moved")
    make.MilestoneFactory(**shared, due_on="2025-10-31", effective_on="2025-10-03")
    latest = make.MilestoneFactory(
        **shared, due_on="2025-10-31", effective_on="2025-10-05", outcome="met"
    )
    make.MilestoneFactory(**shared, due_on="2025-12-01", effective_on="2025-11-01")
    other = make.MilestoneFactory(tracks=[row], due_on="2025-10-20")
    make.MilestoneFactory(tracks=[make.TrackFactory(negotiation=row.negotiation)])
    near, far = detail(row, clocks).milestones
    assert (near.latest.id, near.slips) == (other.pk, ())
    assert far.latest.id == latest.pk
    assert [slip.id for slip in far.slips] == [first.pk]


def test_what_is_known_already_and_holds_later(clocks: Clocks) -> None:
    row = make.TrackFactory()
    far = reads(row, None, "in_force", effective_on="2025-12-01")
    near = reads(row, None, "signed", effective_on="2025-11-01")
    state = detail(row, clocks)
    assert state.stage is None
    assert [change.id for change in state.upcoming] == [near.pk, far.pk]


def test_the_newest_public_act_on_it_by_then() -> None:
    row, other = make.TrackFactory(), make.TrackFactory()
    at = datetime(2025, 10, 10, tzinfo=UTC)
    make.enter(tracks=[row], at=at)
    make.enter(tracks=[row, other], at=at + timedelta(days=1))
    make.enter(tracks=[row], at=at + timedelta(days=1), public=False)
    make.enter(tracks=[other], at=at + timedelta(days=2))
    assert detail(row, clocks_at("2025-10-14")).ledger_number == 2
    assert detail(row, clocks_at("2025-10-14", as_of=at)).ledger_number == 1


def test_children_are_named(clocks: Clocks) -> None:
    row = make.TrackFactory()
    child = make.TrackFactory(negotiation=row.negotiation, parent=row)
    assert [ref.slug for ref in detail(row, clocks).children] == [child.slug]
    assert detail(child, clocks).parent == row.slug


def test_tracks_are_listed_in_their_order_in_pages(clocks: Clocks) -> None:
    negotiation = make.NegotiationFactory()
    for position in (3, 1, 1, 2):
        make.TrackFactory(negotiation=negotiation, position=position)
    whole = list_tracks(negotiation.slug, clocks=clocks).results
    assert [state.slug for state in whole] == list(
        negotiation.tracks.order_by("position", "pk").values_list("slug", flat=True)
    )
    found, cursor = [], None
    for _ in whole:
        page = list_tracks(negotiation.slug, clocks=clocks, limit=1, cursor=cursor)
        found += page.results
        cursor = page.next
    assert (tuple(found), cursor) == (whole, None)


def test_a_cursor_of_another_negotiations_tracks_is_refused(clocks: Clocks) -> None:
    row, other = make.TrackFactory(), make.TrackFactory()
    make.TrackFactory(negotiation=row.negotiation)
    cursor = list_tracks(row.negotiation.slug, clocks=clocks, limit=1).next
    with pytest.raises(Refusal, match="not issued by this list"):
        list_tracks(other.negotiation.slug, clocks=clocks, cursor=cursor)


def test_what_is_not_there_is_not_found(clocks: Clocks) -> None:
    row, other = make.TrackFactory(), make.TrackFactory()
    unborn = make.TrackFactory(
        negotiation=row.negotiation, registered_at=datetime(2026, 2, 1, tzinfo=UTC)
    )
    for negotiation, slug in (
        (row.negotiation.slug, "nowhere"),
        (other.negotiation.slug, row.slug),
        ("nowhere", row.slug),
        (row.negotiation.slug, unborn.slug),
        (row.negotiation.slug, "a\0b"),
    ):
        with pytest.raises(Refusal, match="nothing here"):
            track(negotiation, slug, clocks=clocks)
    with pytest.raises(Refusal, match="nothing here"):
        list_tracks("nowhere", clocks=clocks)
    listed = list_tracks(row.negotiation.slug, clocks=clocks).results
    assert [state.slug for state in listed] == [row.slug]
