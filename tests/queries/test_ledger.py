"""The ledger as told to the outside."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.queries import ledger
from negotiations.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


def numbers(page: Any) -> list[int]:
    return [change.number for change in page.results]


def test_the_newest_public_number() -> None:
    assert ledger.latest_number() == 0
    make.enter()
    make.enter()
    make.enter(public=False)
    assert ledger.latest_number() == 2


def test_changes_go_up_and_skip_what_is_not_public() -> None:
    for number in range(1, 7):
        make.enter(public=number != 3)
    first = ledger.changes(limit=3)
    assert (numbers(first), first.next) == ([1, 2, 4], "4")
    second = ledger.changes(after=4, limit=3)
    assert (numbers(second), second.next) == ([5, 6], None)
    assert ledger.changes(after=10**30).results == ()


def test_recent_changes_go_down() -> None:
    for _ in range(5):
        make.enter()
    first = ledger.recent_changes(limit=3)
    assert (numbers(first), first.next) == ([5, 4, 3], "3")
    second = ledger.recent_changes(before=3, limit=3)
    assert (numbers(second), second.next) == ([2, 1], None)


def test_of_a_negotiation_or_a_track() -> None:
    one = make.TrackFactory()
    two = make.TrackFactory(negotiation=one.negotiation)
    make.enter(tracks=[one])
    make.enter(tracks=[one, two])
    make.enter(tracks=[make.TrackFactory()])
    make.enter()
    talks = one.negotiation.slug
    for read, order in ((ledger.changes, 1), (ledger.recent_changes, -1)):
        assert numbers(read(negotiation=talks)) == [1, 2][::order]
        assert numbers(read(negotiation=talks, track=two.slug)) == [2]
        assert numbers(read(track=one.slug)) == [1, 2][::order]
        with pytest.raises(Refusal, match="there is no negotiation nowhere"):
            read(negotiation="nowhere")
        with pytest.raises(Refusal, match="there is no track nowhere"):
            read(negotiation=talks, track="nowhere")
        with pytest.raises(Refusal, match="1 to 200"):
            read(limit=0)


def test_a_change_has_what_its_hash_is_made_of() -> None:
    first, second = make.enter(), make.enter(tracks=[make.TrackFactory()], payload={"stage": "x"})
    told = ledger.changes(after=1).results[0]
    assert (told.previous_hash, told.hash) == (first.hash, second.hash)
    assert told.payload == {"stage": "x"}
    assert len(told.tracks) == 1
