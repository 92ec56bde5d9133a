"""Feeds are kept by the officers of their negotiation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from negotiations.models import (
    Clipping,
    Feed,
    HostTurn,
    LedgerEntry,
    Membership,
    Negotiation,
    Officer,
)
from negotiations.operations import Actor, Role
from negotiations.operations import feeds as verbs
from negotiations.operations.catching import Caught, take_in
from negotiations.operations.feeds import (
    Imported,
    add_feed,
    change_feed,
    import_feeds,
    pause_feed,
    poll_now,
    remove_feed,
    resume_feed,
)
from tests.operations.desk import NOW, Desk, refuses

URL = "https://www.mofa.go.kr/rss"


@dataclass(frozen=True)
class Line:
    """A feed of a list."""

    url: str
    title: str = ""
    kind: str = "feed"
    links_under: str = ""


def _add(desk: Desk, **fields: Any) -> Feed:
    usual = {"by": desk.reviewer, "now": NOW, "negotiation": "talks", "url": URL}
    return Feed.objects.get(pk=add_feed(**{**usual, **fields}))


def _change(desk: Desk, feed: Feed, **fields: Any) -> int:
    usual = {"by": desk.reviewer, "now": NOW, "feed": feed.pk, "version": 1, "url": feed.url}
    return change_feed(**{**usual, **fields})


def test_a_feed_is_added_and_due_at_once(desk: Desk) -> None:
    before = LedgerEntry.objects.count()
    feed = _add(desk, title=" Ministry ", publisher="paper", every_minutes=30)
    assert (feed.url, feed.kind, feed.title, feed.links_under) == (URL, "feed", "Ministry", "")
    assert (feed.publisher.slug, feed.every_minutes, feed.version) == ("paper", 30, 1)
    assert (feed.due_at, feed.added_by_id, feed.host) == (NOW, desk.reviewer.officer, "mofa.go.kr")
    assert HostTurn.objects.get().next_at == NOW
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("/news/", "https://a.example/news/"),
        ("https://b.example/x", "https://b.example/x"),
    ],
)
def test_a_page_is_watched_for_links_that_begin_so(desk: Desk, given: str, kept: str) -> None:
    feed = _add(desk, url="https://a.example/list?p=1", kind="page", links_under=given)
    assert (feed.kind, feed.links_under) == ("page", kept)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://WWW.A.example/x", "a.example"),
        ("http://a.example:443/", "a.example"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("https://외교부.example/", "xn--9d0b002a0wg.example"),
    ],
)
def test_what_takes_one_turn_is_a_host_with_its_port(desk: Desk, url: str, host: str) -> None:
    assert _add(desk, url=url).host == host


@pytest.mark.parametrize(
    ("fields", "code", "at"),
    [
        ({"url": "ftp://a.example/"}, "bad_url", "/url"),
        ({"url": "a.example"}, "bad_url", "/url"),
        ({"url": "https://me:secret@a.example/"}, "bad_url", "/url"),
        ({"url": "https://a.example/" + "x" * 2000}, "bad_url", "/url"),
        ({"url": f"https://{'x' * 250}.example/"}, "bad_url", "/url"),
        ({"url": "https://a.example/\0"}, "bad_text", "/url"),
        ({"kind": "page", "links_under": "ftp://a"}, "bad_url", "/links_under"),
        ({"kind": "page", "links_under": "http://["}, "bad_url", "/links_under"),
        ({"kind": "mail"}, "unknown_word", "/kind"),
        ({"title": "x" * 201}, "too_long", "/title"),
        ({"title": "\ud800"}, "bad_text", "/title"),
        ({"every_minutes": 4}, "out_of_range", "/every_minutes"),
        ({"every_minutes": 1441}, "out_of_range", "/every_minutes"),
        ({"publisher": "nobody"}, "no_such_row", None),
        ({"negotiation": "none"}, "no_such_row", None),
        ({"negotiation": "\0"}, "no_such_row", None),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, fields: dict[str, Any], code: str, at: str | None
) -> None:
    with refuses(code, at=at):
        _add(desk, **fields)
    assert Feed.objects.count() == 0


@pytest.mark.parametrize("url", [URL, "http://www.mofa.go.kr/rss?utm_source=x#top"])
def test_one_address_is_watched_once_in_a_negotiation(desk: Desk, url: str) -> None:
    _add(desk)
    with refuses("duplicate", at="/url"):
        _add(desk, url=url)


def test_other_negotiations_may_watch_the_same(desk: Desk) -> None:
    Negotiation.objects.create(slug="others", title_en="O", title_ko="O", registered_at=NOW)
    _add(desk)
    _add(desk, by=desk.drafter, negotiation="others")
    assert HostTurn.objects.count() == 1


def test_there_is_an_end_to_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST_FEEDS", 1)
    _add(desk)
    with refuses("too_many_feeds"):
        _add(desk, url="https://a.example/")


def test_a_change_begins_anew(desk: Desk) -> None:
    feed = _add(desk)
    Feed.objects.update(
        etag="a", last_modified="b", quiet=3, failures=2, refusal="fetch_failed", turn=1,
        leased_until=NOW, due_at=NOW + timedelta(days=1),
    )  # fmt: skip
    later = NOW + timedelta(hours=1)
    assert _change(desk, feed, now=later, url="https://b.example/", title="B") == 2
    feed.refresh_from_db()
    assert (feed.url, feed.title, feed.host, feed.version) == (
        "https://b.example/", "B", "b.example", 2,
    )  # fmt: skip
    assert (feed.etag, feed.last_modified, feed.quiet, feed.failures) == ("", "", 0, 0)
    assert (feed.refusal, feed.leased_until, feed.due_at) == ("", None, later)
    assert HostTurn.objects.filter(host="b.example").exists()


def test_a_change_of_what_nobody_saw_is_refused(desk: Desk) -> None:
    feed = _add(desk)
    _change(desk, feed, title="A")
    with refuses("version_conflict", at="/version"):
        _change(desk, feed, title="B")
    with refuses("version_conflict"):
        remove_feed(by=desk.reviewer, feed=feed.pk, version=1)


def test_a_change_to_the_address_of_another_is_refused(desk: Desk) -> None:
    _add(desk, url="https://a.example/")
    feed = _add(desk)
    with refuses("duplicate"):
        _change(desk, feed, url="https://a.example/")


def test_what_is_paused_is_not_due_until_it_is_resumed(desk: Desk) -> None:
    feed, later = _add(desk), NOW + timedelta(hours=1)
    pause_feed(by=desk.reviewer, feed=feed.pk)
    assert Feed.objects.values_list("paused", "due_at").get() == (True, None)
    _change(desk, feed, title="A")
    assert Feed.objects.values_list("paused", "due_at").get() == (True, None)
    with refuses("feed_paused"):
        poll_now(by=desk.reviewer, now=later, feed=feed.pk)
    resume_feed(by=desk.reviewer, now=later, feed=feed.pk)
    assert Feed.objects.values_list("paused", "due_at").get() == (False, later)


def test_what_was_set_aside_is_tried_again_when_somebody_asks(desk: Desk) -> None:
    feed = _add(desk)
    Feed.objects.update(due_at=None, aside="worker_lost", lost=3)
    poll_now(by=desk.reviewer, now=NOW, feed=feed.pk)
    assert Feed.objects.values_list("due_at", "aside", "lost").get() == (NOW, "", 0)


def test_what_is_removed_leaves_its_clippings(desk: Desk) -> None:
    feed = _add(desk)
    take_in(feed=feed.pk, items=[Caught(
        key="a", url="https://a.example/1", title="One", text="", published_at=None,
        publisher_name="", language="",
    )], now=NOW)  # fmt: skip
    remove_feed(by=desk.reviewer, feed=feed.pk, version=1)
    assert (Feed.objects.count(), Clipping.objects.count()) == (0, 1)


def test_a_list_adds_what_is_not_known_and_tells_the_rest(desk: Desk) -> None:
    _add(desk)
    lines = [
        Line("https://a.example/feed", "A\0\n feed"), Line(URL), Line("http://a.example/feed"),
        Line("javascript:alert(1)"), Line("https://b.example/", kind="page"),
    ]  # fmt: skip
    done = import_feeds(by=desk.reviewer, now=NOW, negotiation="talks", outlines=lines)
    assert done == Imported(added=2, known=2, refused=("javascript:alert(1)",), over=0)
    told = Feed.objects.order_by("pk").values_list("url", "title", "kind", "due_at")
    assert list(told)[1:] == [
        ("https://a.example/feed", "A feed", "feed", NOW), ("https://b.example/", "", "page", NOW),
    ]  # fmt: skip


def test_a_list_that_is_too_long_is_taken_as_far_as_it_goes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "MOST_FEEDS", 2)
    lines = [Line(f"https://a.example/{n}") for n in range(5)]
    done = import_feeds(by=desk.reviewer, now=NOW, negotiation="talks", outlines=lines)
    assert done == Imported(added=2, known=0, refused=(), over=3)


def _acts(desk: Desk, by: Actor) -> list[Any]:
    feed = _add(desk).pk
    return [
        lambda: _add(desk, by=by, url="https://c.example/"),
        lambda: change_feed(by=by, now=NOW, feed=feed, version=1, url=URL),
        lambda: pause_feed(by=by, feed=feed),
        lambda: resume_feed(by=by, now=NOW, feed=feed),
        lambda: poll_now(by=by, now=NOW, feed=feed),
        lambda: import_feeds(by=by, now=NOW, negotiation="talks", outlines=[]),
        lambda: remove_feed(by=by, feed=feed, version=1),
    ]


@pytest.mark.parametrize("role", ["", "reader", "elsewhere"])
def test_only_officers_of_the_negotiation_keep_feeds(desk: Desk, role: str) -> None:
    officer = Officer.objects.create(username="stranger")
    if role:
        others = Negotiation.objects.create(
            slug="others", title_en="O", title_ko="O", registered_at=NOW
        )
        of = others if role == "elsewhere" else Negotiation.objects.get(slug="talks")
        held = Role.ADMIN if role == "elsewhere" else Role.READER
        Membership.objects.create(officer=officer, negotiation=of, role=held.value)
    for act in _acts(desk, Actor(officer=officer.pk)):
        with refuses("not_allowed"):
            act()


def test_rows_that_a_poll_holds_are_waited_for_no_longer_than_a_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = _add(desk)

    def held(*_: Any, **__: Any) -> Any:
        raise OperationalError from LockNotAvailable()

    monkeypatch.setattr(verbs, "find", held)
    with refuses("busy"):
        pause_feed(by=desk.reviewer, feed=feed.pk)


@pytest.mark.parametrize("feed", [0, -1, 2**63, 12345])
def test_a_feed_that_is_not_there_is_refused(desk: Desk, feed: int) -> None:
    with refuses("no_such_row"):
        pause_feed(by=desk.reviewer, feed=feed)
