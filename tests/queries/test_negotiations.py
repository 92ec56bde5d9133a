"""Negotiations with their parties and tracks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from negotiations.models import Clocks, Track
from negotiations.queries.negotiations import in_tree_order, list_negotiations, negotiation
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db


def test_by_slug_in_pages(clocks: Clocks) -> None:
    for slug in ("b", "c", "a"):
        make.NegotiationFactory(slug=slug)
    first = list_negotiations(clocks=clocks, limit=2)
    assert [found.slug for found in first.results] == ["a", "b"]
    second = list_negotiations(clocks=clocks, limit=2, cursor=first.next)
    assert ([found.slug for found in second.results], second.next) == (["c"], None)


def test_it_names_its_parties_and_its_tracks_as_they_hang_together(clocks: Clocks) -> None:
    talks = make.NegotiationFactory()
    beside = make.TrackFactory(negotiation=talks, slug="visas")
    second = make.TrackFactory(negotiation=talks, slug="tariffs", headline=True, position=2000)
    first = make.TrackFactory(negotiation=talks, slug="security", headline=True, position=1000)
    make.TrackFactory(negotiation=talks, slug="cars", parent=second)
    make.TrackFactory(negotiation=talks, slug="parts", parent=talks.tracks.get(slug="cars"))
    found = negotiation(talks.slug, clocks=clocks)
    assert [party.code for party in found.parties] == ["KR", "US"]
    assert [track.slug for track in found.tracks] == [
        *(first.slug, second.slug, "cars", "parts"),
        beside.slug,
    ]


def test_before_it_was_registered_it_is_not_there() -> None:
    at = datetime(2025, 10, 1, tzinfo=UTC)
    talks = make.NegotiationFactory(registered_at=at)
    make.TrackFactory(negotiation=talks)
    make.TrackFactory(negotiation=talks, registered_at=datetime(2025, 10, 2, tzinfo=UTC))
    then = clocks_at("2025-10-01", as_of=at)
    assert len(negotiation(talks.slug, clocks=then).tracks) == 1
    before = clocks_at("2025-09-30", as_of=datetime(2025, 9, 30, tzinfo=UTC))
    assert list_negotiations(clocks=before).results == ()
    with pytest.raises(Refusal, match="nothing here"):
        negotiation(talks.slug, clocks=before)


def test_an_unknown_one_is_not_found(clocks: Clocks) -> None:
    for slug in ("nowhere", "a\0b", ""):
        with pytest.raises(Refusal, match="nothing here"):
            negotiation(slug, clocks=clocks)


def test_tracks_in_a_ring_and_below_a_stranger_are_told_all_the_same() -> None:
    one, two, orphan = (Track(pk=pk, position=pk) for pk in (1, 2, 3))
    one.parent_id, two.parent_id, orphan.parent_id = 2, 1, 99
    placed = in_tree_order([one, two, orphan])
    assert [(track.pk, depth) for track, depth in placed] == [(3, 0), (1, 0), (2, 0)]
