"""The timeline: five kinds in one order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from negotiations.models import Clocks, Track
from negotiations.queries.entries import KINDS
from negotiations.queries.shapes import Entry
from negotiations.queries.timelines import timeline
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db


def entries(track: Track, clocks: Clocks, *, limit: int = 50, **asked: Any) -> list[Entry]:
    """The entries of all pages."""
    found: list[Entry] = []
    cursor = None
    while True:
        page = timeline(
            track.negotiation.slug, track.slug, clocks=clocks, limit=limit, cursor=cursor, **asked
        )
        found += page.results
        cursor = page.next
        if cursor is None:
            return found


def named(found: list[Entry]) -> list[tuple[str, int]]:
    return [(entry.kind, entry.id) for entry in found]


def fill(track: Track, *, on: str) -> list[tuple[str, int]]:
    """One entry of each kind on a day, oldest first."""
    said = make.StatementFactory(tracks=[track], said_on=on)
    dated: dict[str, Any] = {"basis": said, "effective_on": on}
    position = make.PositionFactory(term=make.TermFactory(track=track), **dated)
    linkage = make.LinkageFactory(
        to_track=track, from_track__negotiation=track.negotiation, **dated
    )
    milestone = make.MilestoneFactory(tracks=[track], **dated)
    account = make.AccountFactory(track=track, **dated)
    change = make.StatusChangeFactory(track=track, **dated)
    return [
        ("statement", said.pk),
        ("position", position.pk),
        ("linkage", linkage.pk),
        ("milestone", milestone.pk),
        ("account", account.pk),
        ("status_change", change.pk),
    ]


def test_all_kinds_newest_first(clocks: Clocks) -> None:
    track = make.TrackFactory()
    newer = fill(track, on="2025-10-02")
    older = fill(track, on="2025-10-01")
    fill(make.TrackFactory(negotiation=track.negotiation), on="2025-10-03")
    assert named(entries(track, clocks)) == [*reversed(newer), *reversed(older)]


@pytest.mark.parametrize("limit", [1, 2, 3, 11, 12, 13])
def test_pages_lose_and_repeat_nothing(clocks: Clocks, limit: int) -> None:
    track = make.TrackFactory()
    fill(track, on="2025-10-01")
    fill(track, on="2025-10-01")
    whole = entries(track, clocks)
    assert len(whole) == 12
    assert entries(track, clocks, limit=limit) == whole


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_alone(clocks: Clocks, kind: str) -> None:
    track = make.TrackFactory()
    rows = dict(fill(track, on="2025-10-01"))
    found = entries(track, clocks, kinds=(kind,))
    assert named(found) == [(kind, rows[kind])]
    assert [getattr(found[0], name) is not None for name in KINDS] == [
        name == kind for name in KINDS
    ]


def test_several_kinds(clocks: Clocks) -> None:
    track = make.TrackFactory()
    fill(track, on="2025-10-01")
    found = entries(track, clocks, kinds=("statement", "milestone", "statement"))
    assert [entry.kind for entry in found] == ["milestone", "statement"]


def test_an_unknown_kind_is_refused(clocks: Clocks) -> None:
    with pytest.raises(Refusal, match="rumour is not one of status_change, ") as refused:
        entries(make.TrackFactory(), clocks, kinds=("rumour",))
    assert refused.value.at == "kind"


def test_only_what_was_effective_and_known_and_stands() -> None:
    track = make.TrackFactory()
    row = make.StatusChangeFactory(track=track, effective_on="2025-10-05")
    make.StatusChangeFactory(track=track, effective_on="2025-10-06")
    make.StatusChangeFactory(track=track, effective_on="2025-10-05", known_on=date(2025, 10, 6))
    make.StatusChangeFactory(track=track, published_at=None)
    corrected = make.PositionFactory(term=make.TermFactory(track=track))
    right = make.PositionFactory(term=corrected.term, supersedes=corrected)
    found = entries(track, clocks_at("2025-10-05"))
    assert named(found) == [("status_change", row.pk), ("position", right.pk)]
    assert found[1].supersedes == corrected.pk


def test_an_entry_carries_its_first_statement(clocks: Clocks) -> None:
    snapshot = make.SnapshotFactory()
    track = make.TrackFactory()
    said = make.StatementFactory(
        tracks=[track],
        source=snapshot.source,
        snapshot=snapshot,
        quotation="they had agreed",
        start=13,
        end=28,
    )
    make.StatusChangeFactory(
        track=track, basis=said, momentum="stalled", according_to=make.PartyFactory(code="KR")
    )
    change, statement = entries(track, clocks)
    assert change.quote == statement.quote == "they had agreed"
    assert change.source.sha256 == snapshot.sha256
    assert change.speaker.name_en == "Cho Hyun"
    assert (change.stage, change.momentum) == ("negotiating", "stalled")
    assert change.according_to is not None
    assert change.according_to.code == "KR"
    assert (statement.stage, statement.according_to) == (None, None)


def test_a_cursor_of_another_track_is_refused(clocks: Clocks) -> None:
    track, other = make.TrackFactory(), make.TrackFactory()
    fill(track, on="2025-10-01")
    page = timeline(track.negotiation.slug, track.slug, clocks=clocks, limit=1)
    with pytest.raises(Refusal, match="not issued by this list"):
        timeline(other.negotiation.slug, other.slug, clocks=clocks, cursor=page.next)


def test_a_track_that_is_not_there_is_not_found(clocks: Clocks) -> None:
    with pytest.raises(Refusal, match="nothing here"):
        timeline(make.NegotiationFactory().slug, "nowhere", clocks=clocks)
