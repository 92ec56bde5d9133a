"""A worker's part of a feed, with a real server: conditions, turns, failures, killed workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from negotiations.intake.polling import poll_next
from negotiations.models import Clipping, Feed, HostTurn, Reprint
from tests import factories as make
from tests.loopback import Loopback, reply, serving
from tests.standing import lasting

NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
ITEM = "<item><guid>{0}</guid><title>Story {0}</title><link>https://a.example/{0}</link></item>"


@pytest.fixture
def server(settings: Any) -> Iterator[Loopback]:
    """A server on this machine that may be polled."""
    with serving() as here:
        settings.FETCH_ALLOW = [f"127.0.0.1:{here.port}"]
        yield here


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """Rows that other connections see."""
    with lasting(django_db_blocker):
        yield


def rss(*numbers: int, title: str = "The wire") -> bytes:
    """A feed of these stories."""
    items = "".join(ITEM.format(number) for number in numbers)
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}'
        "</channel></rss>"
    ).encode()


def answer(*numbers: int, head: str = "") -> bytes:
    """It, as a server sends it."""
    return reply(rss(*numbers), kind="application/rss+xml", head=head)


def watch(url: str, **columns: Any) -> int:
    """A feed that is due, with an id that adds nothing to its waits."""
    host = url.split("/")[2]
    HostTurn.objects.get_or_create(host=host, defaults={"next_at": NOW})
    number = Feed.objects.count() + 1
    usual = {"id": 1000 * number, "kind": "feed", "due_at": NOW, "url_sha256": f"{number:064}"}
    return Feed.objects.create(
        **{**usual, **columns}, url=url, host=host, negotiation=make.NegotiationFactory(),
        added_by=make.OfficerFactory(), added_at=NOW,
    ).pk  # fmt: skip


def row(id: int, *names: str) -> tuple[Any, ...]:
    """Columns of a feed."""
    return Feed.objects.values_list(*names).get(pk=id)


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


_WORKER = """
import django; django.setup()
import os, signal
from datetime import datetime, UTC
from django.conf import settings
from negotiations.intake import polling
from negotiations.operations import polling as writing
settings.DATABASES["default"]["NAME"] = {name!r}
settings.FETCH_ALLOW = [{pair!r}]
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
{killed} = die
polling.poll_next(now=datetime(2025, 10, 14, 3, tzinfo=UTC))
"""


@pytest.mark.drill
@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("killed", ["polling.fetch", "polling.polled", "writing.give_back"])
def test_a_worker_that_is_killed_loses_and_doubles_nothing(server: Loopback, killed: str) -> None:
    """Before the fetch, between fetch and write, and with the items written but not committed."""
    server.answers["/rss"] = answer(1, 2)
    feed = watch(server.url("/rss"))
    pair = f"127.0.0.1:{server.port}"
    code = _WORKER.format(name=connection.settings_dict["NAME"], pair=pair, killed=killed)
    worker = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings"},
        check=False,
    )
    assert worker.returncode == -signal.SIGKILL
    assert (row(feed, "turn", "caught"), Reprint.objects.count()) == ((1, 0), 0)
    assert poll_next(now=NOW + timedelta(seconds=59)) is False
    _wait_until_it_is_gone()
    assert poll_next(now=NOW + timedelta(seconds=60)) is True
    assert poll_next(now=NOW + timedelta(seconds=120)) is False
    assert (row(feed, "turn", "caught"), Reprint.objects.count()) == ((2, 2), 2)


def _wait_until_it_is_gone() -> None:
    """The database takes a moment to see that the one it served is dead."""
    until = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND state LIKE 'idle in tr%%' AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)
