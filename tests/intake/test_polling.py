"""A worker's part of a feed, with a real server: conditions, turns, failures, killed workers."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from negotiations.intake.polling import poll_next
from negotiations.models import Clipping, Feed, Reprint
from tests.intake.wires import NOW, answer, db, row, watch
from tests.loopback import Loopback, reply

__all__ = ["db"]

LATER = NOW + timedelta(hours=2)


def near(moment: datetime, expected: datetime) -> bool:
    """Whether it is that moment, or some seconds of work later."""
    return expected <= moment < expected + timedelta(seconds=30)


@pytest.mark.django_db
def test_a_feed_is_fetched_and_read_and_its_items_are_kept(server: Loopback) -> None:
    server.answers["/rss"] = answer(1, 2)
    feed = watch(server.url("/rss"))
    assert poll_next(now=NOW) is True
    assert list(Clipping.objects.order_by("pk").values_list("title", "publisher_name")) == [
        ("Story 1", "The wire"), ("Story 2", "The wire"),
    ]  # fmt: skip
    title, caught, failures, checked_at, succeeded_at = row(
        feed, "title", "caught", "failures", "checked_at", "succeeded_at"
    )
    assert (title, caught, failures) == ("The wire", 2, 0)
    assert checked_at == succeeded_at
    assert near(checked_at, NOW)
    assert "User-Agent: Parley/0.1 (feeds of a negotiation)" in server.requests[0]
    assert "Accept: application/atom+xml" in server.requests[0]
    assert "If-None-Match" not in server.requests[0]
    assert poll_next(now=NOW) is False


@pytest.mark.django_db
def test_etag_and_last_modified_are_sent_back_and_a_304_is_no_news(server: Loopback) -> None:
    dated = "Tue, 14 Oct 2025 02:00:00 GMT"
    server.answers["/rss"] = answer(1, head=f'ETag: W/"a1"\r\nLast-Modified: {dated}\r\n')
    feed = watch(server.url("/rss"))
    poll_next(now=NOW)
    server.answers["/rss"] = reply(status="304 Not Modified")
    for turn in (1, 2):
        assert poll_next(now=NOW + turn * timedelta(hours=2))
        assert 'If-None-Match: W/"a1"' in server.requests[turn]
        assert f"If-Modified-Since: {dated}" in server.requests[turn]
    assert row(feed, "quiet", "failures", "caught", "etag") == (2, 0, 1, 'W/"a1"')


@pytest.mark.django_db
def test_what_comes_again_is_not_taken_again(server: Loopback) -> None:
    server.answers["/rss"] = answer(1, 2)
    feed = watch(server.url("/rss"))
    poll_next(now=NOW)
    server.answers["/rss"] = answer(1, 2, 3)
    poll_next(now=LATER)
    assert (Reprint.objects.count(), Clipping.objects.count()) == (3, 3)
    assert row(feed, "caught") == (3,)


@pytest.mark.django_db
def test_a_long_feed_is_taken_in_part_by_part(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negotiations.intake.polling.PART", 2)
    server.answers["/rss"] = answer(1, 2, 3, 4, 5, head='ETag: "a"\r\n')
    feed = watch(server.url("/rss"))
    poll_next(now=NOW)
    assert row(feed, "caught", "etag", "leased_until", "turn") == (5, '"a"', None, 1)
    assert Reprint.objects.count() == 5


@pytest.mark.django_db
def test_two_feeds_of_one_host_take_turns(server: Loopback) -> None:
    server.answers["/a"] = server.answers["/b"] = answer()
    watch(server.url("/a"))
    watch(server.url("/b"), due_at=NOW - timedelta(minutes=1))
    assert [poll_next(now=NOW), poll_next(now=NOW), poll_next(now=NOW + timedelta(seconds=9))] == [
        True, False, False,
    ]  # fmt: skip
    assert poll_next(now=NOW + timedelta(seconds=45)) is True
    assert [asked.split(" ")[1] for asked in server.requests] == ["/b", "/a"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "refusal", "wait"),
    [
        (reply(status="404 Not Found"), "fetch_failed", timedelta(minutes=15)),
        (b"", "connection_failed", timedelta(minutes=15)),
        (
            reply(status="503 Later", head="Retry-After: 7200\r\n"),
            "fetch_failed",
            timedelta(hours=2),
        ),
        (
            reply(status="429 Slow", head="Retry-After: Tue, 14 Oct 2025 06:00:00 GMT\r\n"),
            "fetch_failed",
            timedelta(hours=3),
        ),
        (
            reply(status="301 Moved", head="Location: /\r\n"),
            "too_many_redirects",
            timedelta(minutes=15),
        ),
    ],
)
def test_what_goes_wrong_is_told_and_tried_again_later(
    server: Loopback, sent: bytes, refusal: str, wait: timedelta
) -> None:
    server.answers["/"] = sent
    feed = watch(server.url())
    assert poll_next(now=NOW) is True
    told, failures, due_at, succeeded_at = row(
        feed, "refusal", "failures", "due_at", "succeeded_at"
    )
    assert (told, failures, succeeded_at) == (refusal, 1, None)
    assert near(due_at, NOW + wait)


@pytest.mark.django_db
def test_what_is_gone_is_paused(server: Loopback) -> None:
    server.answers["/rss"] = reply(status="410 Gone")
    feed = watch(server.url("/rss"))
    poll_next(now=NOW)
    assert row(feed, "paused", "due_at", "refusal") == (True, None, "feed_gone")
    assert poll_next(now=NOW + timedelta(days=30)) is False


@pytest.mark.django_db
def test_of_a_watched_page_the_links_below_a_path_are_caught(server: Loopback) -> None:
    links = ("/news/1", "/news/2", "/about")
    page = "".join(f'<a href="{link}">A headline of {link}</a>' for link in links)
    server.answers["/list"] = reply(f"<html><title>Ministry</title>{page}</html>".encode())
    feed = watch(server.url("/list"), kind="page", links_under=server.url("/news/"))
    poll_next(now=NOW)
    told = Clipping.objects.order_by("url").values_list("url", "title")
    assert list(told) == [
        (server.url(link), f"A headline of {link}") for link in ("/news/1", "/news/2")
    ]
    assert row(feed, "caught", "refusal") == (2, "")
    assert "Accept: text/html" in server.requests[0]


LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel>'
    "<title>&b;</title><item><title>Fine &b;</title><link>https://a.example/1</link></item>"
    "</channel></rss>"
)


@pytest.mark.django_db
def test_a_feed_that_means_harm_does_none(server: Loopback) -> None:
    server.answers["/"] = reply(LAUGHS.encode(), kind="application/rss+xml")
    feed = watch(server.url())
    poll_next(now=NOW)
    assert row(feed, "failures") == (0,)
    assert "ha" not in Clipping.objects.get().title


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b"\x00\xff" * 500, b"{", b""])
def test_what_is_no_feed_is_refused_in_words(server: Loopback, body: bytes) -> None:
    server.answers["/"] = reply(body, kind="application/rss+xml", head='ETag: "a"\r\n')
    feed = watch(server.url())
    poll_next(now=NOW)
    assert row(feed, "failures", "refusal", "etag") == (1, "not_a_feed", "")
    assert Clipping.objects.count() == 0


@pytest.mark.django_db
def test_this_machine_is_not_polled_unless_it_is_allowed(server: Loopback, settings: Any) -> None:
    settings.FETCH_ALLOW = []
    feed = watch(server.url())
    poll_next(now=NOW)
    assert row(feed, "refusal") == ("address_forbidden",)
    assert server.requests == []


@pytest.mark.usefixtures("db")
def test_two_workers_at_once_poll_a_feed_once(server: Loopback) -> None:
    both = threading.Barrier(2)
    server.answers["/rss"] = answer(1)
    watch(server.url("/rss"))
    done: list[bool] = []

    def work() -> None:
        both.wait()
        done.append(poll_next(now=NOW))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done) == [False, True]
    assert len(server.requests) == 1
    assert (Reprint.objects.count(), Feed.objects.get().turn) == (1, 1)
