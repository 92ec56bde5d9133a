"""Feeds as their officers see them: health in words, what wants a look first, no one else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.models import Feed, HostTurn, Membership, Negotiation
from negotiations.queries.feeds import feed, feeds, watched
from negotiations.queries.seats import Seat, seat
from negotiations.queries.shapes.feeds import FeedRecord, Watched
from negotiations.refusals import Refusal
from tests.factories import NegotiationFactory, OfficerFactory, PublisherFactory

NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def talks() -> Negotiation:
    """A negotiation."""
    return NegotiationFactory(slug="talks", title_en="Talks", title_ko="협상")


@pytest.fixture
def here(talks: Negotiation) -> Seat:
    """The seat of an officer there."""
    officer = OfficerFactory()
    Membership.objects.create(officer=officer, negotiation=talks, role="officer")
    return seat(officer.pk)


@pytest.fixture
def add(talks: Negotiation) -> Callable[..., Feed]:
    """Makes feeds."""
    by = OfficerFactory()

    def make(**columns: Any) -> Feed:
        number = Feed.objects.count() + 1
        usual = {"negotiation": talks, "title": f"Feed {number}", "due_at": NOW}
        return Feed.objects.create(
            **{**usual, **columns}, kind="feed", url=f"https://a.example/{number}",
            url_sha256=f"{number:064}", host="a.example", added_by=by, added_at=NOW,
        )  # fmt: skip

    return make


def test_a_feed_is_told_with_its_health(here: Seat, add: Callable[..., Feed]) -> None:
    row = add(
        publisher=PublisherFactory(slug="paper"), checked_at=NOW, failures=2, caught=7,
        succeeded_at=NOW - timedelta(hours=1), refusal="fetch_failed",
        facts={"host": "a.example", "status": 503, "retry_after": ""},
    )  # fmt: skip
    assert feed(row.pk, seat=here) == ("talks", FeedRecord(
        id=row.pk, version=1, kind="feed", url="https://a.example/1", title="Feed 1",
        links_under="", publisher="paper", every_minutes=15, state="failing", checked_at=NOW,
        succeeded_at=NOW - timedelta(hours=1), news_at=None, next_at=NOW, caught=7, failures=2,
        refusal="fetch_failed", sentence_en="a.example answered 503 instead of a document.",
        sentence_ko="a.example에서 문서 대신 상태 코드를 보냈습니다: 503.",
    ))  # fmt: skip


def test_what_wants_a_look_comes_first(here: Seat, add: Callable[..., Feed]) -> None:
    add(succeeded_at=NOW)
    add()
    add(paused=True, due_at=None, failures=1)
    add(failures=1)
    add(aside="worker_lost", due_at=None)
    told = feeds("talks", seat=here)
    assert [one.state for one in told.feeds] == ["aside", "failing", "paused", "new", "well"]
    assert told.feeds[0].sentence_en.startswith("Three workers died")
    assert told.of == Watched(slug="talks", title_en="Talks", title_ko="협상", feeds=5, unwell=2)
    assert watched(here) == (told.of,)


def test_the_next_poll_waits_for_the_host(here: Seat, add: Callable[..., Feed]) -> None:
    row = add()
    HostTurn.objects.create(host="a.example", next_at=NOW + timedelta(seconds=10))
    assert feed(row.pk, seat=here)[1].next_at == NOW + timedelta(seconds=10)


def test_the_number_of_queries_is_that_of_one_feed(here: Seat, add: Callable[..., Feed]) -> None:
    counts = []
    for number in (1, 3):
        while Feed.objects.count() < number:
            add(publisher=PublisherFactory())
        with CaptureQueriesContext(connection) as asked:
            feeds("talks", seat=here)
        counts.append(len(asked))
    assert counts == [2, 2]


@pytest.mark.parametrize("role", ["", "reader"])
def test_who_is_no_officer_there_sees_none(
    talks: Negotiation, add: Callable[..., Feed], role: str
) -> None:
    row, officer = add(), OfficerFactory()
    if role:
        Membership.objects.create(officer=officer, negotiation=talks, role=role)
    stranger = seat(officer.pk)
    assert watched(stranger) == ()
    for ask in (lambda: feeds("talks", seat=stranger), lambda: feed(row.pk, seat=stranger)):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == "not_found"


@pytest.mark.parametrize("id", [0, -1, 2**63, 12345])
def test_a_feed_that_is_not_there_is_not_found(here: Seat, id: int) -> None:
    with pytest.raises(Refusal) as refused:
        feed(id, seat=here)
    assert refused.value.code == "not_found"
