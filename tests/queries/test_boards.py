"""The board of a negotiation, and its lanes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from negotiations.models import Clocks, Track
from negotiations.queries.boards import board, boards
from negotiations.queries.layouts import layout, layouts
from negotiations.queries.shapes import BoardRow, Lane
from negotiations.queries.swimlanes import lanes_of
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import PUBLISHED_AT, clocks_at

pytestmark = pytest.mark.django_db


def row_of(track: Track, clocks: Clocks) -> BoardRow:
    (row,) = board(layout(track.negotiation.slug, clocks=clocks)).rows
    return row


def lane_of(track: Track, clocks: Clocks) -> Lane:
    (lane,) = lanes_of(layout(track.negotiation.slug, clocks=clocks)).lanes
    return lane


def test_rows_and_lanes_stand_in_the_order_of_the_tree(clocks: Clocks) -> None:
    talks = make.NegotiationFactory()
    make.TrackFactory(negotiation=talks, slug="visas")
    head = make.TrackFactory(negotiation=talks, slug="tariffs", headline=True)
    make.TrackFactory(negotiation=talks, slug="cars", parent=head)
    make.TrackFactory()
    laid = layout(talks.slug, clocks=clocks)
    found = board(laid)
    expected = [("tariffs", 0), ("cars", 1), ("visas", 0)]
    assert [(row.state.slug, row.depth) for row in found.rows] == expected
    over_time = lanes_of(laid)
    assert [(lane.track.slug, lane.depth) for lane in over_time.lanes] == expected
    assert found.negotiation.slug == talks.slug


def test_an_empty_negotiation_has_an_empty_board(clocks: Clocks) -> None:
    laid = layout(make.NegotiationFactory().slug, clocks=clocks)
    found, over_time = board(laid), lanes_of(laid)
    assert (found.rows, found.ledger_number) == ((), 0)
    assert (over_time.lanes, over_time.ledger_number) == ((), 0)


def test_several_boards_are_as_each_alone(clocks: Clocks) -> None:
    slugs = []
    for voice in ("KR", "JP"):
        party = make.PartyFactory(code=voice)
        talks = make.NegotiationFactory(parties=[party])
        head = make.TrackFactory(negotiation=talks, headline=True)
        make.StatusChangeFactory(track=head, according_to=party)
        make.MilestoneFactory(tracks=[make.TrackFactory(negotiation=talks, parent=head)])
        make.enter(tracks=[head])
        slugs.append(talks.slug)
    found = boards(layouts(["nowhere", *slugs], clocks=clocks))
    assert found == [board(layout(slug, clocks=clocks)) for slug in sorted(slugs)]
    assert [(one.ledger_number, len(one.rows)) for one in found] == [(1, 2), (2, 2)]
    assert boards([]) == []


def test_no_negotiation_has_no_layout(clocks: Clocks) -> None:
    with pytest.raises(Refusal, match="nothing here"):
        layout("nowhere", clocks=clocks)


@pytest.mark.parametrize(
    "kind", ["status_change", "position", "linkage", "milestone", "account", "statement"]
)
def test_the_last_entry_is_of_any_kind(clocks: Clocks, kind: str) -> None:
    track = make.TrackFactory()
    old = make.StatementFactory(tracks=[track], said_on="2025-09-01")
    make.StatusChangeFactory(track=track, basis=old, effective_on="2025-09-02")
    dated: dict[str, Any] = {"basis": old, "effective_on": "2025-10-02"}
    match kind:
        case "status_change":
            make.StatusChangeFactory(track=track, **dated)
        case "position":
            make.PositionFactory(term=make.TermFactory(track=track), **dated)
        case "linkage":
            make.LinkageFactory(to_track=track, **dated)
        case "account":
            make.AccountFactory(track=track, **dated)
        case "milestone":
            make.MilestoneFactory(tracks=[track], **dated)
        case _:
            make.StatementFactory(tracks=[track], said_on="2025-10-02")
    assert row_of(track, clocks).last_entry_on == "2025-10-02"
    assert row_of(track, clocks).last_said_on == date(
        2025, *((10, 2) if kind == "statement" else (9, 1))
    )
    assert row_of(track, clocks_at("2025-10-01")).last_entry_on == "2025-09-02"


def test_without_an_entry_there_is_no_last_one(clocks: Clocks) -> None:
    row = row_of(make.TrackFactory(), clocks)
    assert (row.last_entry_on, row.last_said_on, row.next_milestone) == (None, None, None)


def test_the_next_milestone_is_open_and_not_over() -> None:
    track = make.TrackFactory()
    make.MilestoneFactory(tracks=[track], due_on="2025-10-13")
    make.MilestoneFactory(tracks=[track], due_on="2025-10-14", outcome="met")
    hit = make.MilestoneFactory(tracks=[track], due_on="2025-10-20", effective_on="2025-10-02")
    make.MilestoneFactory(tracks=[track], due_on="2025-10-21")
    found = row_of(track, clocks_at("2025-10-14")).next_milestone
    assert found is not None
    assert found.id == hit.pk
    make.MilestoneFactory(
        tracks=[track], slug=hit.slug, due_on="2025-12-01", effective_on="2025-10-10"
    )
    moved = row_of(track, clocks_at("2025-10-14")).next_milestone
    assert moved is not None
    assert moved.due_on == "2025-10-21"


def test_a_vague_milestone_is_ahead_until_its_last_day() -> None:
    track = make.TrackFactory()
    make.MilestoneFactory(tracks=[track], due_lower=date(2025, 10, 1), due_upper=date(2025, 10, 31))
    assert row_of(track, clocks_at("2025-10-31")).next_milestone is not None
    assert row_of(track, clocks_at("2025-11-01")).next_milestone is None


def test_the_last_date_that_passed_without_an_outcome_is_told() -> None:
    track = make.TrackFactory()
    make.MilestoneFactory(tracks=[track], due_on="2025-10-01")
    passed = make.MilestoneFactory(tracks=[track], due_on="2025-10-10")
    make.MilestoneFactory(tracks=[track], due_on="2025-10-12", outcome="missed")
    make.MilestoneFactory(tracks=[track], due_on="2025-10-20")
    told = [row_of(track, clocks_at(f"2025-10-{day}")).overdue_milestone for day in ("01", 10, 11)]
    assert [one and one.due_on for one in told] == [None, "2025-10-01", passed.due_on]


def reads(track: Track, stage: str, on: str, **members: Any) -> None:
    make.StatusChangeFactory(track=track, stage=stage, effective_on=on, **members)


def test_bands_are_the_desks_stages_up_to_the_day() -> None:
    track = make.TrackFactory()
    reads(track, "mooted", "2025-10-01")
    reads(track, "exploratory", "2025-10-03")
    reads(track, "negotiating", "2025-10-03")
    reads(track, "signed", "2025-10-02", according_to=make.PartyFactory(code="KR"))
    reads(track, "suspended", "2025-10-09")
    lane = lane_of(track, clocks_at("2025-10-08"))
    assert [(band.stage, band.since.day, band.until) for band in lane.bands] == [
        ("mooted", 1, date(2025, 10, 3)),
        ("negotiating", 3, None),
    ]


def test_an_open_beginning_stands_where_it_ends() -> None:
    track = make.TrackFactory()
    open_: dict[str, Any] = {"effective_lower": date.min}
    reads(track, "mooted", "../2025-10-05", **open_, effective_upper=date(2025, 10, 5))
    reads(track, "negotiating", "../2025-12-31", **open_, effective_upper=date(2025, 12, 31))
    make.StatementFactory(tracks=[track], said_lower=date.min, said_upper=date(2025, 10, 4))
    lane = lane_of(track, clocks_at("2025-10-08"))
    assert [band.since.day for band in lane.bands] == [5, 8]
    assert [tick.on for tick in lane.ticks] == [date(2025, 10, 4)]


def test_ticks_count_the_statements_of_a_day_and_mark_milestones(clocks: Clocks) -> None:
    track = make.TrackFactory()
    for day in ("2025-10-01", "2025-10-01", "2025-10-03"):
        make.StatementFactory(tracks=[track], said_on=day)
    wrong = make.StatementFactory(tracks=[track], said_on="2025-10-05")
    make.StatementFactory(tracks=[track], said_on="2025-10-06", supersedes=wrong)
    make.StatementFactory(tracks=[track], said_on="2025-10-20")
    due = make.MilestoneFactory(tracks=[track], due_on="2025-10-03")
    lane = lane_of(track, clocks)
    assert [
        (tick.on.day, tick.statements, tick.milestone and tick.milestone.id) for tick in lane.ticks
    ] == [(1, 2, None), (3, 1, None), (3, 0, due.pk), (6, 1, None)]


def test_the_newest_public_act_of_the_negotiation(clocks: Clocks) -> None:
    track = make.TrackFactory()
    make.enter(tracks=[track])
    make.enter(tracks=[track], public=False)
    make.enter(tracks=[make.TrackFactory()])
    make.enter(tracks=[track], at=PUBLISHED_AT + timedelta(days=100))
    assert board(layout(track.negotiation.slug, clocks=clocks)).ledger_number == 1
