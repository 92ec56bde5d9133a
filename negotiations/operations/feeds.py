"""Feeds and pages that are watched for a negotiation: adding, changing, pausing, removing.

They are configuration and no act on the record, so they leave no entry in the ledger. Officers of
the negotiation keep them; whoever polls them is `operations/polling.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urljoin

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled

from negotiations.addresses import address_digest, host_of
from negotiations.desk_words import FeedKind, Role
from negotiations.models import Feed, Negotiation
from negotiations.operations.hosts import host_key, know_hosts
from negotiations.operations.lookups import find
from negotiations.operations.lookups import publisher as find_publisher
from negotiations.operations.permissions import Actor, require
from negotiations.operations.sources import read_address
from negotiations.operations.texts import clean, mended
from negotiations.refusals import Refusal

MOST_FEEDS = 500
LEAST_MINUTES, MOST_MINUTES = 5, 1440
MOST_TITLE = 200
_MOST_ADDRESS = 2000


class Outline(Protocol):
    """One feed of an OPML list."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def title(self) -> str:
        """What it is called; "" where the list does not say."""

    @property
    def kind(self) -> str:
        """A word of FeedKind."""

    @property
    def links_under(self) -> str:
        """What the links of a watched page begin with, or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a list: how many feeds are new, were known, and which addresses are none.

    `over` were left out, for there would have been too many.
    """

    added: int
    known: int
    refused: tuple[str, ...]
    over: int


def add_feed(
    *, by: Actor, now: datetime, negotiation: str, url: str, kind: str = "feed", title: str = "",
    links_under: str = "", publisher: str | None = None, every_minutes: int = 15,
) -> int:  # fmt: skip
    """The id of a new feed (or watched page) of a negotiation, which is polled at once.

    Of a page only links that begin with `links_under` are taken, a path or an address. Raises
    Refusal `not_allowed`, `no_such_row`, `bad_url`, `bad_text`, `too_long`, `unknown_word`,
    `out_of_range`, `duplicate`, `too_many_feeds`; `busy` as all of these.
    """
    with _writing():
        of = _locked(by, negotiation)
        columns = _columns(url, kind, title, links_under, publisher, every_minutes)
        _refuse_duplicate(of, columns)
        if of.feeds.count() >= MOST_FEEDS:
            raise Refusal("too_many_feeds", most=MOST_FEEDS)
        return _add(of, by, now, columns).pk


def change_feed(
    *, by: Actor, now: datetime, feed: int, version: int, url: str, kind: str = "feed",
    title: str = "", links_under: str = "", publisher: str | None = None, every_minutes: int = 15,
) -> int:  # fmt: skip
    """The feed's new version; it begins anew: polled at once and without condition.

    `version` is the one that was seen. Raises Refusal `version_conflict`, and what `add_feed` does.
    """
    with _writing():
        row = _mine(by, feed, version=version)
        columns = _columns(url, kind, title, links_under, publisher, every_minutes)
        _refuse_duplicate(row.negotiation, columns, but=row.pk)
        know_hosts([columns["host"]], now=now)
        columns |= {"etag": "", "last_modified": "", "quiet": 0, "version": row.version + 1}
        _set(row, **columns, **({} if row.paused else _fresh(now)))
        return row.version


def pause_feed(*, by: Actor, feed: int) -> None:
    """Poll it no more until it is resumed; what is being read of it now is dropped.

    Raises Refusal `no_such_row`, `not_allowed`; so do the next three.
    """
    with _writing():
        _set(_mine(by, feed), paused=True, due_at=None, leased_until=None, aside="", lost=0)


def resume_feed(*, by: Actor, now: datetime, feed: int) -> None:
    """Poll it again, and at once."""
    with _writing():
        row = _mine(by, feed)
        if row.paused:
            _set(row, paused=False, **_fresh(now))


def poll_now(*, by: Actor, now: datetime, feed: int) -> None:
    """Poll it as soon as its host may be asked, also where it was set aside.

    Raises Refusal `feed_paused`, too.
    """
    with _writing():
        row = _mine(by, feed)
        if row.paused:
            raise Refusal("feed_paused")
        # One that is being polled is not taken away from who polls it.
        _set(row, due_at=now, **({"aside": "", "lost": 0} if row.aside else {}))


def remove_feed(*, by: Actor, feed: int, version: int) -> None:
    """Watch it no more. Its clippings stay; what it reprinted counts no longer.

    Raises Refusal `version_conflict`, too.
    """
    with _writing():
        _mine(by, feed, version=version).delete()


def import_feeds(
    *, by: Actor, now: datetime, negotiation: str, outlines: Iterable[Outline]
) -> Imported:
    """Add the feeds of a list that are not known yet; what is no address is told and left out.

    Raises Refusal `not_allowed`, `no_such_row`.
    """
    added, known, over, refused = 0, 0, 0, list[str]()
    with _writing():
        of = _locked(by, negotiation)
        seen = set(of.feeds.values_list("url_sha256", flat=True))
        for outline in outlines:
            try:
                title = " ".join(mended(outline.title).split())[:MOST_TITLE]
                under = mended(outline.links_under)
                columns = _columns(outline.url, outline.kind, title, under, None, 15)
            except Refusal:
                refused.append(mended(outline.url)[:200])
                continue
            if columns["url_sha256"] in seen:
                known += 1
            elif len(seen) >= MOST_FEEDS:
                over += 1
            else:
                seen.add(columns["url_sha256"])
                _add(of, by, now, columns)
                added += 1
    return Imported(added=added, known=known, refused=tuple(refused), over=over)


@contextmanager
def _writing() -> Iterator[None]:
    """One transaction; Refusal `busy` where a poll holds the rows for longer than a page waits."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, DeadlockDetected | LockNotAvailable | QueryCanceled):
            raise Refusal("busy") from error
        raise


def _locked(by: Actor, slug: str) -> Negotiation:
    """The negotiation, in which its officers add feeds one after the other."""
    allowed = require(by, Role.OFFICER)
    of = find(Negotiation.objects.select_for_update(no_key=True), slug=slug)
    allowed.within([of.pk])
    return of


def _mine(by: Actor, feed: int, *, version: int | None = None) -> Feed:
    allowed = require(by, Role.OFFICER)
    row = find(Feed.objects.select_for_update(), feed, pk=feed)
    allowed.within([row.negotiation_id])
    if version is not None and row.version != version:
        raise Refusal("version_conflict", at="/version", version=row.version)
    return row


def _columns(
    url: str, kind: str, title: str, links_under: str, publisher: str | None, every_minutes: int
) -> dict[str, Any]:
    address = _address(url, at="/url")
    if kind not in {word.value for word in FeedKind}:
        raise Refusal("unknown_word", at="/kind", word=kind, vocabulary="feed_kind")
    if not LEAST_MINUTES <= every_minutes <= MOST_MINUTES:
        bounds = {"least": LEAST_MINUTES, "most": MOST_MINUTES}
        raise Refusal("out_of_range", at="/every_minutes", name="every_minutes", **bounds)
    if len(named := " ".join(clean(title, at="/title").split())) > MOST_TITLE:
        raise Refusal("too_long", at="/title", name="title", most=MOST_TITLE)
    under = clean(links_under, at="/links_under") if kind == FeedKind.PAGE else ""
    return {
        "url": address, "url_sha256": address_digest(address), "host": host_key(address),
        "kind": kind, "title": named, "every_minutes": every_minutes,
        "links_under": under and _address(_joined(address, under), at="/links_under"),
        "publisher": find_publisher(publisher) if publisher else None,
    }  # fmt: skip


def _address(url: str, *, at: str) -> str:
    try:
        address = read_address(url)
    except Refusal as refusal:
        raise Refusal(refusal.code, at=at, **refusal.facts) from None
    # A name of a host has 253 letters at most.
    if len(address) > _MOST_ADDRESS or not 0 < len(host_of(address)) <= 253:
        raise Refusal("bad_url", at=at, url=address[:200])
    return address


def _joined(address: str, under: str) -> str:
    try:
        return urljoin(address, under)
    except ValueError:
        return under


def _refuse_duplicate(of: Negotiation, columns: dict[str, Any], *, but: int = 0) -> None:
    if of.feeds.filter(url_sha256=columns["url_sha256"]).exclude(pk=but).exists():
        raise Refusal("duplicate", at="/url", noun="feed", name=columns["url"])


def _add(of: Negotiation, by: Actor, now: datetime, columns: dict[str, Any]) -> Feed:
    know_hosts([columns["host"]], now=now)
    return of.feeds.create(**columns, added_by_id=by.officer, added_at=now, due_at=now)


def _fresh(now: datetime) -> dict[str, Any]:
    """Due now, whatever went wrong before; whoever polls it at present has lost the lease."""
    return {
        "due_at": now, "leased_until": None, "lost": 0, "aside": "", "failures": 0,
        "refusal": "", "facts": {},
    }  # fmt: skip


def _set(row: Feed, **columns: Any) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
