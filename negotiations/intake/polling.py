"""A worker's part of a feed: take the one that is due, fetch it, read it, have its items kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from negotiations.intake.feed_reading import FeedItem, read_feed
from negotiations.network import Fetched, allowed_pairs, fetch
from negotiations.operations.catching import Caught
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
from negotiations.stopwatch import clock_from

PURPOSE = "feeds of a negotiation"
# Other work waits for the same worker.
SECONDS = 20.0
# So many items are taken in by one transaction.
PART = 500
_ACCEPT = {
    "feed": (
        "application/atom+xml,application/rss+xml,application/feed+json,application/rdf+xml,"
        "application/xml;q=0.9,application/json;q=0.9,text/xml;q=0.9,*/*;q=0.1"
    ),
    "page": "text/html,application/xhtml+xml,*/*;q=0.1",
}


def poll_next(*, now: datetime) -> bool:
    """Poll the feed that is due longest, of those whose host may be asked; False where none is.

    No transaction is open while it is fetched and read.
    """
    poll = next_poll(now=now)
    if poll is None:
        return False
    clock = clock_from(now)
    try:
        _poll(poll, clock)
    except Refusal as refusal:
        failed(poll, refusal, now=clock())
    return True


def _poll(poll: Poll, clock: Callable[[], datetime]) -> None:
    fetched = fetch(
        poll.url,
        allow=allowed_pairs(settings.FETCH_ALLOW),
        seconds=SECONDS,
        accept=_ACCEPT[poll.kind],
        purpose=PURPOSE,
        unless=_unless(poll),
    )
    if fetched.status == 304:
        unchanged(poll, now=clock())
    else:
        _keep(poll, _read(poll, fetched), clock)


def _keep(poll: Poll, read: Read, clock: Callable[[], datetime]) -> None:
    """Have it kept, part by part; the last one ends the poll."""
    items, held = list(read.items), poll
    while len(items) > PART:
        part, items = items[:PART], items[PART:]
        if (still := took_in(held, part, now=clock())) is None:
            return
        held = still
    polled(held, replace(read, items=items), now=clock())


def _unless(poll: Poll) -> dict[str, str]:
    given = {"If-None-Match": poll.etag, "If-Modified-Since": poll.last_modified}
    return {name: value for name, value in given.items() if value}


def _read(poll: Poll, fetched: Fetched) -> Read:
    found = read_feed(fetched, kind=poll.kind, links_under=poll.links_under)
    return Read(
        items=[_caught(item, poll.publisher_name or found.title) for item in found.items],
        title=found.title,
        etag=fetched.header("ETag"),
        last_modified=fetched.header("Last-Modified"),
    )


def _caught(item: FeedItem, publisher_name: str) -> Caught:
    return Caught(
        key=item.key,
        url=item.url,
        title=item.title,
        text=item.text,
        published_at=item.published_at,
        publisher_name=publisher_name,
        language=item.language,
    )
