"""Whose turn it is among feeds and hosts, and what is written of a poll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from negotiations.models import Clipping, Feed, HostTurn, Reprint
from negotiations.operations.catching import Caught
from negotiations.operations.hosts import GAP
from negotiations.operations.leases import LEASE
from negotiations.operations.polling import (
    Poll,
    Read,
    failed,
    next_poll,
    polled,
    took_in,
    unchanged,
)
from negotiations.refusals import Refusal
from tests.factories import NegotiationFactory, OfficerFactory

NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
pytestmark = pytest.mark.django_db
_numbers = count(1)


@pytest.fixture
def add() -> Callable[..., Feed]:
    """Makes feeds of one negotiation, with ids that add nothing to their waits."""
    of, officer = NegotiationFactory(), OfficerFactory()

    def make(host: str = "a.example", **columns: Any) -> Feed:
        number = next(_numbers)
        HostTurn.objects.get_or_create(host=host, defaults={"next_at": NOW})
        usual = {"due_at": NOW, "kind": "feed", "url": f"https://{host}/{number}"}
        return Feed.objects.create(
            **{"id": 1000 * number, **usual, **columns}, negotiation=of, host=host,
            url_sha256=f"{number:064}", added_by=officer, added_at=NOW,
        )  # fmt: skip

    return make


def _take(now: datetime = NOW) -> Poll:
    poll = next_poll(now=now)
    assert poll is not None
    return poll


def _item(number: int) -> Caught:
    return Caught(
        key=f"k{number}", url=f"https://a.example/story-{number}", title=f"Story {number}",
        text="", published_at=None, publisher_name="", language="en",
    )  # fmt: skip


def _busy(status: int, retry_after: str = "") -> Refusal:
    return Refusal("fetch_failed", host="a.example", status=status, retry_after=retry_after)


def test_the_feed_that_is_due_longest_is_taken(add: Callable[..., Feed]) -> None:
    add("a.example")
    older = add("b.example", due_at=NOW - MINUTE, etag='"1"', last_modified="Tue", title="B")
    add("c.example", due_at=NOW + MINUTE)
    assert _take() == Poll(
        feed=older.pk, turn=1, host="b.example", until=NOW + LEASE, kind="feed", url=older.url,
        links_under="", publisher_name="B", etag='"1"', last_modified="Tue",
    )  # fmt: skip


def test_a_host_is_asked_for_one_feed_at_a_time_and_ten_seconds_later_for_the_next(
    add: Callable[..., Feed],
) -> None:
    add("a.example", due_at=NOW - MINUTE)
    second, elsewhere = add("a.example"), add("b.example")
    first = _take()
    assert _take().feed == elsewhere.pk
    assert next_poll(now=NOW + 3 * SECOND) is None
    assert polled(first, Read(), now=NOW + 3 * SECOND)
    assert next_poll(now=NOW + 3 * SECOND + GAP - SECOND) is None
    assert _take(NOW + 3 * SECOND + GAP).feed == second.pk


def test_a_worker_that_died_holds_its_host_no_longer_than_its_feed(
    add: Callable[..., Feed],
) -> None:
    feed = add()
    add()
    _take()
    assert next_poll(now=NOW + LEASE - SECOND) is None
    again = _take(NOW + LEASE)
    assert (again.feed, again.turn) == (feed.pk, 2)


def test_what_comes_late_frees_no_host_that_another_holds(add: Callable[..., Feed]) -> None:
    add()
    late, again = _take(), _take(NOW + LEASE)
    assert not polled(late, Read(items=[_item(1)]), now=NOW + LEASE + SECOND)
    assert not failed(late, _busy(500), now=NOW + LEASE + SECOND)
    assert HostTurn.objects.get().next_at == again.until
    assert Reprint.objects.count() == 0
    assert polled(again, Read(items=[_item(1)]), now=NOW + LEASE + 2 * SECOND)
    assert Reprint.objects.count() == 1


def test_what_killed_three_workers_is_set_aside_and_the_next_gets_its_turn(
    add: Callable[..., Feed],
) -> None:
    feed, next_one = add(due_at=NOW - MINUTE), add()
    for turn in range(3):
        assert _take(NOW + turn * LEASE).feed == feed.pk
    assert _take(NOW + 3 * LEASE).feed == next_one.pk
    feed.refresh_from_db()
    assert (feed.aside, feed.due_at) == ("worker_lost", None)


def test_news_are_written_with_the_health_in_one_go(add: Callable[..., Feed]) -> None:
    feed = add(failures=3, refusal="fetch_timed_out", facts={"host": "a"}, quiet=2)
    read = Read(items=[_item(1), _item(2)], title=" The\nwire ", etag='"2"', last_modified="Wed")
    assert polled(_take(), read, now=NOW + SECOND)
    feed.refresh_from_db()
    assert (feed.checked_at, feed.succeeded_at, feed.news_at) == (NOW + SECOND,) * 3
    assert (feed.failures, feed.refusal, feed.facts, feed.quiet) == (0, "", {}, 0)
    assert (feed.etag, feed.last_modified, feed.title) == ('"2"', "Wed", "The wire")
    assert (feed.caught, feed.due_at) == (2, NOW + SECOND + 15 * MINUTE)
    assert Clipping.objects.count() == 2


def test_a_title_that_an_officer_gave_stays(add: Callable[..., Feed]) -> None:
    feed = add(title="Ours")
    polled(_take(), Read(title="Theirs"), now=NOW)
    feed.refresh_from_db()
    assert feed.title == "Ours"


def test_no_news_make_it_slower_and_news_make_it_fast_again(add: Callable[..., Feed]) -> None:
    feed, now, waits = add(), NOW, []
    for items in ([_item(1)], [_item(1)], [], [], [_item(2)]):
        assert polled(_take(now), Read(items=items), now=now)
        feed.refresh_from_db()
        waits.append((feed.due_at - now) / MINUTE)
        now = feed.due_at
    assert waits == [15, 30, 60, 60, 15]
    assert feed.caught == 2


def test_what_is_unchanged_keeps_its_validators(add: Callable[..., Feed]) -> None:
    feed = add(etag='"1"', last_modified="Tue")
    assert unchanged(_take(), now=NOW)
    feed.refresh_from_db()
    assert (feed.etag, feed.last_modified, feed.quiet) == ('"1"', "Tue", 1)
    assert (feed.succeeded_at, feed.news_at, feed.due_at) == (NOW, None, NOW + 30 * MINUTE)


@pytest.mark.parametrize("validator", ["é", "a\tb", "x" * 501, "\r\nHost: b"])
def test_a_validator_that_no_header_can_hold_is_forgotten(
    add: Callable[..., Feed], validator: str
) -> None:
    feed = add()
    polled(_take(), Read(etag=validator, last_modified=validator), now=NOW)
    feed.refresh_from_db()
    assert (feed.etag, feed.last_modified) == ("", "")


def test_failures_back_off_and_say_why(add: Callable[..., Feed]) -> None:
    feed, now, waits = add(), NOW, []
    for _ in range(8):
        assert failed(_take(now), Refusal("fetch_timed_out", host="a\0"), now=now)
        feed.refresh_from_db()
        waits.append((feed.due_at - now) / MINUTE)
        now = feed.due_at
    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440]
    assert (feed.failures, feed.refusal, feed.facts) == (8, "fetch_timed_out", {"host": "a"})
    assert feed.succeeded_at is None


@pytest.mark.parametrize(
    "later", ["7200", "Tue, 14 Oct 2025 05:00:00 GMT"], ids=["seconds", "date"]
)
def test_retry_after_is_waited_for(add: Callable[..., Feed], later: str) -> None:
    feed = add()
    failed(_take(), _busy(503, later), now=NOW)
    feed.refresh_from_db()
    assert feed.due_at == NOW + timedelta(hours=2)
    assert HostTurn.objects.get().next_at == NOW + GAP


def test_retry_after_never_makes_it_sooner(add: Callable[..., Feed]) -> None:
    feed = add()
    failed(_take(), _busy(503, "1"), now=NOW)
    feed.refresh_from_db()
    assert feed.due_at == NOW + 15 * MINUTE


def test_a_host_that_is_asked_too_often_is_left_alone_with_all_its_feeds(
    add: Callable[..., Feed],
) -> None:
    add(due_at=NOW - MINUTE)
    other = add()
    failed(_take(), _busy(429, "3600"), now=NOW)
    assert next_poll(now=NOW + 3599 * SECOND) is None
    assert _take(NOW + 3600 * SECOND).feed == other.pk


def test_what_is_gone_for_good_is_paused_with_the_reason(add: Callable[..., Feed]) -> None:
    feed = add()
    failed(_take(), _busy(410), now=NOW)
    feed.refresh_from_db()
    assert (feed.paused, feed.due_at, feed.refusal) == (True, None, "feed_gone")
    assert Refusal(feed.refusal, **feed.facts).sentence("en").startswith("a.example says that")


def test_of_a_long_feed_a_part_is_taken_in_and_the_feed_is_held_on(
    add: Callable[..., Feed],
) -> None:
    feed, later = add(quiet=1), NOW + LEASE - SECOND
    held = took_in(_take(), [_item(1), _item(2)], now=later)
    assert held is not None
    assert (held.until, held.news) == (later + LEASE, True)
    feed.refresh_from_db()
    assert (feed.caught, feed.leased_until, feed.etag) == (2, held.until, "")
    assert next_poll(now=NOW + LEASE) is None
    assert polled(held, Read(items=[_item(2)], etag='"1"'), now=later + SECOND)
    feed.refresh_from_db()
    assert (feed.caught, feed.quiet, feed.etag, feed.news_at) == (2, 0, '"1"', later)
    assert HostTurn.objects.get().next_at == later + SECOND + GAP


def test_no_part_is_taken_in_for_who_lost_the_lease(add: Callable[..., Feed]) -> None:
    add()
    late, again = _take(), _take(NOW + LEASE)
    assert took_in(late, [_item(1)], now=NOW + LEASE) is None
    assert (Reprint.objects.count(), HostTurn.objects.get().next_at) == (0, again.until)


def test_what_was_paused_meanwhile_keeps_nothing(add: Callable[..., Feed]) -> None:
    feed = add()
    poll = _take()
    Feed.objects.filter(pk=feed.pk).update(paused=True, due_at=None, leased_until=None)
    assert not polled(poll, Read(items=[_item(1)]), now=NOW)
    assert Reprint.objects.count() == 0
    assert HostTurn.objects.get().next_at == NOW + GAP


def test_where_taking_in_fails_nothing_is_written(
    add: Callable[..., Feed], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = add()
    poll = _take()
    monkeypatch.setattr("negotiations.operations.polling.give_back", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        polled(poll, Read(items=[_item(1)]), now=NOW)
    feed.refresh_from_db()
    assert (Reprint.objects.count(), feed.leased_until) == (0, NOW + LEASE)
