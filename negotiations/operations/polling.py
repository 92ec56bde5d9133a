"""Polling a feed: taking the one whose turn it is, and writing what came of it.

It is work and no act on the record, so it leaves no entry in the ledger. A feed is held by a
lease, and its host by a row of its own: only one feed of a host is polled at a time, and the next
one ten seconds after it at the earliest, whichever process asks. What was read is taken in and
the lease given back in one transaction (of long feeds the last part): a worker that is killed
leaves nothing that is not done again, items are known by their keys, and what comes from one whose
lease was lost is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from negotiations.models import Feed
from negotiations.operations.catching import Caught, take_in
from negotiations.operations.hosts import GAP, leave_host, take_in_turn
from negotiations.operations.leases import LEASE, give_back
from negotiations.operations.pacing import after_failure, after_success, asked_to_wait
from negotiations.operations.texts import mended
from negotiations.refusals import Refusal
from negotiations.sql import fetch

_GONE, _BUSY = 410, 429
_MOST_TITLE, _MOST_VALIDATOR = 200, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One turn of one feed; `until` is when its lease runs out.

    `publisher_name` is the publisher's, else the feed's title, else "". `news`: something new was
    taken in already.
    """

    feed: int
    turn: int
    host: str
    until: datetime
    kind: str
    url: str
    links_under: str
    publisher_name: str
    etag: str
    last_modified: str
    news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a poll found; a 304 found nothing, and may leave out all else."""

    items: Sequence[Caught] = ()
    title: str = ""
    etag: str = ""
    last_modified: str = ""


def next_poll(*, now: datetime) -> Poll | None:
    """Take the feed that is due longest among those whose host is free; None where there is none.

    One that killed its workers three times is set aside on the way.
    """
    feed = take_in_turn(Feed.objects.filter(paused=False), now=now)
    return None if feed is None else _poll(feed, until=now + LEASE)


def took_in(poll: Poll, items: Sequence[Caught], *, now: datetime) -> Poll | None:
    """Take in a part of what was read, and hold the feed on; None where the lease was lost.

    For feeds of thousands of items: nobody is kept waiting for all of them. Of a worker that is
    killed between two parts, the next one finds the first part known.
    """
    until = now + LEASE
    with transaction.atomic():
        _wait_long()
        leave_host(poll.host, held=poll.until, until=until)
        feed = _held(poll)
        if feed is None:
            return None
        new = take_in(feed=feed.pk, items=items, now=now)
        _renew(feed, until, **_caught(new, now))
    return replace(poll, until=until, news=poll.news or bool(new))


def polled(poll: Poll, read: Read, *, now: datetime) -> bool:
    """Take in what was read, once; False where the lease was lost, and nothing is written."""
    with transaction.atomic():
        _wait_long()
        leave_host(poll.host, held=poll.until, until=now + GAP)
        feed = _held(poll)
        if feed is None:
            return False
        new = take_in(feed=feed.pk, items=read.items, now=now) if read.items else 0
        quiet = 0 if new or poll.news else min(feed.quiet + 1, 100)
        wait = after_success(every=_every(feed), quiet=quiet, feed=feed.pk)
        return give_back(
            feed, due_at=now + wait, checked_at=now, succeeded_at=now, quiet=quiet, failures=0,
            refusal="", facts={}, title=feed.title or _line(read.title),
            etag=_validator(read.etag), last_modified=_validator(read.last_modified),
            **_caught(new, now),
        )  # fmt: skip


def unchanged(poll: Poll, *, now: datetime) -> bool:
    """The host says that nothing is new since (304); False where the lease was lost."""
    same = Read(etag=poll.etag, last_modified=poll.last_modified)
    return polled(poll, same, now=now)


def failed(poll: Poll, refusal: Refusal, *, now: datetime) -> bool:
    """Keep why a poll failed, and when the next one is; False where the lease was lost.

    A feed that is gone for good (410) is paused. A host that is busy (429) is left alone as long
    as it asks for, with all its feeds.
    """
    asked, status = asked_to_wait(refusal, now=now), refusal.facts.get("status")
    with transaction.atomic():
        until = max(now + GAP, asked if asked and status == _BUSY else now)
        leave_host(poll.host, held=poll.until, until=until)
        feed = _held(poll)
        if feed is None:
            return False
        failures, told = feed.failures + 1, _told(refusal)
        after = after_failure(every=_every(feed), failures=failures, feed=feed.pk)
        due_at: datetime | None = max(now + after, asked or now)
        if status == _GONE:
            due_at, told = None, {**told, "refusal": "feed_gone", "paused": True}
        return give_back(feed, due_at=due_at, checked_at=now, failures=failures, **told)


def _held(poll: Poll) -> Feed | None:
    """The feed, locked, where this poll still holds it."""
    rows = Feed.objects.select_for_update()
    return rows.filter(pk=poll.feed, turn=poll.turn, leased_until__isnull=False).first()


def _wait_long() -> None:
    """Wait for another worker that takes in for the same negotiation, longer than a page would."""
    fetch("SELECT set_config('lock_timeout', '30s', true)")


def _renew(feed: Feed, until: datetime, **columns: Any) -> None:
    Feed.objects.filter(pk=feed.pk).update(leased_until=until, **columns)


def _caught(new: int, now: datetime) -> dict[str, Any]:
    return {"caught": F("caught") + new, "news_at": now} if new else {}


def _poll(feed: Feed, *, until: datetime) -> Poll:
    return Poll(
        feed=feed.pk, turn=feed.turn, host=feed.host, until=until, kind=feed.kind, url=feed.url,
        publisher_name=feed.publisher.name_en if feed.publisher else feed.title,
        links_under=feed.links_under, etag=feed.etag, last_modified=feed.last_modified,
    )  # fmt: skip


def _every(feed: Feed) -> timedelta:
    return timedelta(minutes=feed.every_minutes)


def _told(refusal: Refusal) -> dict[str, Any]:
    facts = {k: mended(v) if isinstance(v, str) else v for k, v in refusal.facts.items()}
    return {"refusal": refusal.code, "facts": facts}


def _line(text: str) -> str:
    return " ".join(mended(text).split())[:_MOST_TITLE]


def _validator(text: str) -> str:
    """What can be sent back in a header; else "", and the next poll asks without condition."""
    return text if len(text) <= _MOST_VALIDATOR and text.isascii() and text.isprintable() else ""
