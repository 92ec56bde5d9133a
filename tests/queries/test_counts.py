"""Every public query costs the same number of SQL queries for one item and for three."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from negotiations.models import Clocks, Source, Track
from negotiations.queries import (
    boards,
    deltas,
    ledger,
    linkages,
    meetings,
    milestone_ledger,
    negotiations,
    people,
    positions,
    proofs,
    record,
    sources,
    statements,
    swimlanes,
    timelines,
    tracks,
)
from negotiations.queries.layouts import layout
from tests import factories as make

pytestmark = pytest.mark.django_db
NO_RECORD_FILTERS = record.RecordFilters()
NO_STATEMENT_FILTERS = statements.StatementFilters()


def fill(track: Track, items: int) -> None:
    """That many of everything, on a track and beside it."""
    for day in range(1, items + 1):
        _fill(track, on=f"2025-10-0{day}")


def _fill(track: Track, *, on: str) -> None:
    beside = make.TrackFactory(negotiation=track.negotiation, parent=track)
    source = make.SourceFactory(published_on=on)
    make.SnapshotFactory(source=source)
    make.GradeFactory(publisher=source.publisher)
    said = make.StatementFactory(
        source=source, tracks=[track, beside], said_on=on, parties=[make.PartyFactory(code="KR")]
    )
    again = make.StatementFactory(tracks=[track], said_on=on, repeats=said)
    dated: dict[str, Any] = {"effective_on": on, "basis": said, "further_basis": [again]}
    make.TenureFactory(person=said.speaker)
    for voice in (None, "KR", "US"):
        party = make.PartyFactory(code=voice) if voice else None
        make.StatusChangeFactory(track=track, according_to=party, dissent=[again], **dated)
        make.LinkageFactory(from_track=track, to_track=beside, according_to=party, **dated)
    make.StatusChangeFactory(
        track=track, according_to=make.PartyFactory(code="KR"), stage="mooted", **dated
    )
    change: Any = make.StatusChangeFactory(track=track, **dated | {"effective_on": "2025-11-01"})
    held = make.PositionFactory(term=make.TermFactory(track=track), **dated)
    milestone = make.MilestoneFactory(tracks=[track, beside], **dated)
    make.PositionFactory(term=held.term, amount=25, supersedes=held, **dated)
    make.SourceFactory(url=source.url, supersedes=source, published_on=on)
    make.MilestoneFactory(
        tracks=[track], slug=milestone.slug, due_on="2025-12-01", **dated | {"effective_on": on}
    )
    held_on: Any = make.MilestoneFactory(tracks=[track], kind="meeting", **dated)
    for meeting in {held_on.slug, first_meeting(track)}:
        told = {"track": track, "meeting": meeting, "topic": f"topic-{held_on.pk}", **dated}
        seoul = make.AccountFactory(**told)
        us = make.PartyFactory(code="US")
        make.AccountFactory(**told, according_to=us, contradicts=seoul)
    make.enter(tracks=[track, beside], object_id=change.pk)


def first_meeting(track: Any) -> str:
    """The slug of the first meeting that was put on record for a track."""
    meetings = track.negotiation.milestones.filter(kind="meeting")
    return str(meetings.earliest("pk").slug)


CALLS: dict[str, Callable[[Any, Clocks], Any]] = {
    "list_negotiations": lambda _, c: negotiations.list_negotiations(clocks=c),
    "negotiation": lambda t, c: negotiations.negotiation(t.negotiation.slug, clocks=c),
    "board": lambda t, c: boards.board(layout(t.negotiation.slug, clocks=c)),
    "lanes_of": lambda t, c: swimlanes.lanes_of(layout(t.negotiation.slug, clocks=c)),
    "linkages_of": lambda t, c: linkages.linkages_of(t.negotiation.slug, clocks=c),
    "milestone_ledger": lambda t, c: milestone_ledger.milestone_ledger(
        t.negotiation.slug, clocks=c
    ),
    "matrix": lambda t, c: positions.matrix(t.negotiation.slug, clocks=c),
    "figures": lambda t, c: positions.figures(t.negotiation.slug, clocks=c),
    "list_tracks": lambda t, c: tracks.list_tracks(t.negotiation.slug, clocks=c),
    "track": lambda t, c: tracks.track(t.negotiation.slug, t.slug, clocks=c),
    "timeline": lambda t, c: timelines.timeline(t.negotiation.slug, t.slug, clocks=c),
    "list_statements": lambda _, c: statements.list_statements(
        clocks=c, filters=NO_STATEMENT_FILTERS
    ),
    "statements of a track": lambda t, c: statements.list_statements(
        clocks=c,
        filters=statements.StatementFilters(negotiation=t.negotiation.slug, track=t.slug),
    ),
    "statement": lambda t, c: statements.statement(t.said, clocks=c),
    "status_change": lambda t, c: record.status_change(t.change, clocks=c),
    "source": lambda t, c: sources.source(t.source, clocks=c),
    "list_status_changes": lambda _, c: record.list_status_changes(
        clocks=c, filters=NO_RECORD_FILTERS
    ),
    "list_positions": lambda _, c: record.list_positions(clocks=c, filters=NO_RECORD_FILTERS),
    "list_linkages": lambda _, c: record.list_linkages(clocks=c, filters=NO_RECORD_FILTERS),
    "list_milestones": lambda _, c: record.list_milestones(clocks=c, filters=NO_RECORD_FILTERS),
    "list_accounts": lambda _, c: record.list_accounts(clocks=c, filters=NO_RECORD_FILTERS),
    "list_meetings": lambda t, c: meetings.list_meetings(t.negotiation.slug, clocks=c),
    "meeting": lambda t, c: meetings.meeting(t.negotiation.slug, t.meeting, clocks=c),
    "list_sources": lambda _, c: sources.list_sources(clocks=c),
    "list_people": lambda *_: people.list_people(),
    "list_parties": lambda *_: people.list_parties(),
    "list_publishers": lambda *_: people.list_publishers(),
    "latest_number": lambda *_: ledger.latest_number(),
    "changes": lambda _, c: deltas.changes(clocks=c),
    "recent_changes": lambda *_: ledger.recent_changes(),
    "corrections": lambda _, c: ledger.corrections(clocks=c),
    "checkpoint": lambda *_: proofs.checkpoint(),
    "inclusion": lambda *_: proofs.inclusion(1),
    "consistency": lambda *_: proofs.consistency(1),
}


# How many SQL queries each costs where nothing has a piece: two of them look for pieces in vain.
# More is a decision, not an accident.
COSTS = {
    "list_negotiations": 3,
    "negotiation": 3,
    "board": 15,
    "lanes_of": 16,
    "linkages_of": 12,
    "milestone_ledger": 12,
    "matrix": 11,
    "figures": 11,
    "list_tracks": 11,
    "track": 19,
    "timeline": 12,
    "list_statements": 6,
    "statements of a track": 6,
    "statement": 14,
    "status_change": 5,
    "source": 2,
    "list_status_changes": 7,
    "list_positions": 7,
    "list_linkages": 7,
    "list_milestones": 7,
    "list_accounts": 7,
    "list_meetings": 9,
    "meeting": 13,
    "list_sources": 5,
    "list_people": 2,
    "list_parties": 1,
    "list_publishers": 1,
    "latest_number": 1,
    "changes": 9,
    "recent_changes": 2,
    "corrections": 6,
    "checkpoint": 2,
    "inclusion": 4,
    "consistency": 3,
}
# And where every row has one.
WITH_PIECES = COSTS | {
    "board": 9,
    "lanes_of": 10,
    "linkages_of": 7,
    "milestone_ledger": 7,
    "matrix": 6,
    "figures": 6,
    "list_tracks": 6,
    "track": 11,
    "timeline": 3,
    "list_statements": 1,
    "statements of a track": 1,
    "statement": 5,
    "list_status_changes": 2,
    "list_positions": 2,
    "list_linkages": 2,
    "list_milestones": 2,
    "list_accounts": 2,
    "list_meetings": 4,
    "meeting": 7,
    "list_sources": 2,
    "changes": 4,
}


@pytest.mark.parametrize("pieces", [False, True])
def test_one_item_and_three_cost_the_same(clocks: Clocks, query_count: Any, pieces: bool) -> None:
    track: Any = make.TrackFactory(headline=True)

    def costs() -> dict[str, int]:
        track.said = track.statements.earliest("pk").pk
        track.change = track.status_changes.earliest("pk").pk
        track.meeting = first_meeting(track)
        track.source = Source.objects.earliest("pk").pk
        if pieces:
            make.pieces()
        return {name: query_count(partial(call, track, clocks)) for name, call in CALLS.items()}

    fill(track, 1)
    one = costs()
    fill(track, 3)
    assert costs() == one
    assert one == (WITH_PIECES if pieces else COSTS)
