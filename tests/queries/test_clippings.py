"""The queue of clippings as officers see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations.models import Clipping, Membership, Negotiation, Officer, Reprint, Source
from negotiations.operations.clippings import accept_clipping
from negotiations.operations.feeds import add_feed
from negotiations.queries.clippings import clipping, clippings, hints_for, open_count
from negotiations.queries.keywords import keywords
from negotiations.queries.seats import Seat, seat
from negotiations.refusals import Refusal
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import NOW, Desk
from tests.operations.test_clippings import caught

__all__ = ["db", "desk", "opened_desk"]


def _pile(desk: Desk, pile: str, **asked: Any) -> list[str]:
    found = clippings(seat(desk.drafter.officer), now=NOW, pile=pile, **asked)
    return [one.title for one in found.results]


def _officer() -> Seat:
    """The seat of an officer of the talks alone."""
    officer = Officer.objects.create(username="of-talks")
    talks = Negotiation.objects.get(slug="talks")
    Membership.objects.create(officer=officer, negotiation=talks, role="officer")
    return seat(officer.pk)


def test_each_pile_has_its_own(desk: Desk) -> None:
    me, hour = desk.drafter.officer, timedelta(hours=1)
    for number, columns in enumerate(
        [
            {"title": "new"},
            {"title": "mine", "assigned_to_id": me},
            {"title": "asleep", "state": "snoozed", "snoozed_until": NOW + hour},
            {"title": "awake", "state": "snoozed", "snoozed_until": NOW},
            {"title": "done", "state": "dismissed"},
        ]
    ):
        moment = NOW + timedelta(seconds=number)
        caught(f"https://a.example/{number}", **{"caught_at": moment, **columns})
    assert _pile(desk, "open") == ["awake", "mine", "new"]
    assert _pile(desk, "mine") == ["mine"]
    assert _pile(desk, "snoozed") == ["asleep"]
    assert _pile(desk, "decided") == ["done"]
    assert open_count(seat(me), now=NOW) == 3


def test_the_pages_of_a_pile_are_all_of_it(desk: Desk) -> None:
    for number in range(3):
        caught(f"https://a.example/{number}", title=f"{number}")
    first = clippings(seat(desk.drafter.officer), now=NOW, limit=2)
    rest = clippings(seat(desk.drafter.officer), now=NOW, limit=2, cursor=first.next)
    assert [one.title for one in (*first.results, *rest.results)] == ["2", "1", "0"]
    assert rest.next is None


def test_a_clipping_tells_why_it_is_proposed_and_its_other_prints(desk: Desk) -> None:
    row = caught(
        proposed_tracks=[
            {"track": "security", "words": ["alliance"]},
            {"track": "gone", "words": []},
        ]
    )
    feed = add_feed(by=desk.drafter, now=NOW, negotiation="talks", url="https://wire.example/")
    urls = (row.url, "https://b.example/", "https://b.example/")
    for number, url in enumerate(urls):
        Reprint.objects.create(
            feed_id=feed, clipping=row, key_sha256=f"{number}", url=url, title="T", taken_at=NOW
        )
    told = clipping(row.pk, seat=seat(desk.drafter.officer))
    assert [(one.track.slug, one.words) for one in told.tracks] == [("security", ("alliance",))]
    assert ([one.url for one in told.prints], told.reprints) == (["https://b.example/"], 1)


@pytest.mark.usefixtures("desk")
def test_the_clippings_of_another_negotiation_are_not_there() -> None:
    other = Negotiation.objects.create(slug="others", title_en="O", title_ko="O", registered_at=NOW)
    row, here = caught(negotiation=other), _officer()
    assert clippings(here, now=NOW).results == ()
    with pytest.raises(Refusal) as refused:
        clipping(row.pk, seat=here)
    assert refused.value.code == "not_found"


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_queries_does_not_grow(
    desk: Desk, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        words = [{"track": "security", "words": ["a"]}]
        caught(f"https://a.example/{number}", proposed_tracks=words)
    here = seat(desk.drafter.officer)
    with django_assert_num_queries(4):
        assert len(clippings(here, now=NOW).results) == many


def test_a_source_is_hinted_at_by_the_clipping_it_was_made_of(desk: Desk) -> None:
    source = desk.draft("source")
    url = Source.objects.get(pk=source.id).url
    row = caught(url, proposed_tracks=[{"track": "security", "words": ["a"]}], published_at=NOW)
    assert hints_for(source.id) is None
    accept_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=1)
    hints = hints_for(source.id)
    assert hints is not None
    assert (hints.tracks, hints.speaker, hints.said_on) == (
        ("talks/security",), "", "2025-10-01",
    )  # fmt: skip
    assert Clipping.objects.count() == 1


def test_keywords_are_told_to_officers_of_the_negotiation(desk: Desk) -> None:
    found = keywords("talks", seat=seat(desk.drafter.officer))
    assert [(one.track.slug, one.words) for one in found.tracks][:1] == [
        (found.tracks[0].track.slug, ())
    ]
    with pytest.raises(Refusal):
        keywords("nowhere", seat=seat(desk.drafter.officer))
