"""The ledger as told to the outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from negotiations.models import LedgerEntry, LedgerNegotiation, LedgerTrack
from negotiations.queries import ledger
from negotiations.queries.ledger import Scope, Sign
from negotiations.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


def numbers(page: Any) -> list[int]:
    return [change.number for change in page.results]


def walked(scope: Scope, *, after: int = 0, limit: int = 50) -> list[int]:
    return [entry.number for entry in ledger.entries_after(scope, after=after, limit=limit)]


def test_the_newest_public_number() -> None:
    assert ledger.latest_number() == 0
    make.enter()
    make.enter()
    make.enter(public=False)
    assert ledger.latest_number() == 2


def test_entries_go_up_and_skip_what_is_not_public() -> None:
    for number in range(1, 7):
        make.enter(public=number != 3)
    assert walked(Scope(), limit=3) == [1, 2, 4, 5]
    assert walked(Scope(), after=4) == [5, 6]
    assert walked(Scope(), after=10**30) == []


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
    make.enter(tracks=[one], public=False)
    talks = one.negotiation.slug
    read = ledger.recent_changes
    assert numbers(read(negotiation=talks)) == [2, 1]
    assert numbers(read(negotiation=talks, track=two.slug)) == [2]
    assert numbers(read(track=one.slug)) == [2, 1]
    assert numbers(read(track=one.slug, before=2)) == [1]
    asked = ledger.scope_of(negotiation=talks, track=None)
    assert (walked(asked), walked(asked, after=1)) == ([1, 2], [2])
    assert walked(ledger.scope_of(negotiation=talks, track=two.slug)) == [2]
    with pytest.raises(Refusal, match="there is no negotiation nowhere"):
        read(negotiation="nowhere")
    with pytest.raises(Refusal, match="there is no track nowhere"):
        read(negotiation=talks, track="nowhere")


@pytest.mark.parametrize("limit", [0, 201])
def test_a_limit_is_from_one_to_two_hundred(limit: int) -> None:
    reads: list[Callable[[], object]] = [
        lambda: ledger.recent_changes(limit=limit),
        lambda: ledger.entries_after(Scope(), after=0, limit=limit),
    ]
    for read in reads:
        with pytest.raises(Refusal, match="1 to 200"):
            read()


def test_whether_there_is_news_and_for_whom() -> None:
    one, two = make.TrackFactory(), make.TrackFactory()
    make.enter(tracks=[one])
    make.enter(tracks=[two], public=False)
    here = Scope(track=one.pk)
    there = Scope(negotiation=two.negotiation_id)
    assert ledger.news(Scope(), after=0)
    assert not ledger.news(Scope(), after=1)
    assert (ledger.news(here, after=0), ledger.news(there, after=0)) == (True, False)
    (sign,) = ledger.signs(0, limit=5)
    assert sign == Sign(
        number=1, negotiations=frozenset({one.negotiation_id}), tracks=frozenset({one.pk})
    )
    assert [sign.concerns(scope) for scope in (Scope(), here, there)] == [True, True, False]
    assert ledger.signs(0, limit=0) == ledger.signs(1, limit=5) == []


def test_one_act_has_what_its_hash_is_made_of() -> None:
    first, second = make.enter(), make.enter(tracks=[make.TrackFactory()], payload={"stage": "x"})
    told = ledger.act(2)
    assert told is not None
    assert (told.previous_hash, told.hash) == (first.hash, second.hash)
    assert told.payload == {"stage": "x"}
    assert len(told.tracks) == 1
    make.enter(public=False)
    assert (ledger.act(3), ledger.act(4)) == (None, None)


def test_the_database_keeps_who_hears_of_an_act() -> None:
    track: Any = make.TrackFactory()
    make.enter(tracks=[track, make.TrackFactory(negotiation=track.negotiation)])
    make.enter(tracks=[track], public=False)
    entry = LedgerEntry.objects.get(number=1)
    heard = set(LedgerTrack.objects.values_list("track", "number"))
    assert heard == {(pk, 1) for pk in entry.track_ids}
    assert list(LedgerNegotiation.objects.values_list("negotiation", "number")) == [
        (track.negotiation_id, 1)
    ]
