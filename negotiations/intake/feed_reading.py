"""The items of a fetched feed or watched page, read by a process that may be killed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from negotiations.addresses import canonical, host_of
from negotiations.confinement import answer_of
from negotiations.desk_words import FeedKind
from negotiations.network import Fetched
from negotiations.operations.texts import mended
from negotiations.refusals import Refusal

# Seconds of processor time: ten thousand items take half of them.
_WORK = 20
_YEARS = range(1990, 2101)
_LONGEST_URL = 2000
# An anchor with fewer letters is a page number or an arrow, no story.
_LEAST_LETTERS = 8
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item: `key` is what it is known by, its GUID or else its address; `text` may be ""."""

    key: str
    url: str
    title: str
    text: str = ""
    published_at: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRead:
    """A feed: its items in its order, and how many were left out (too many, or of no use)."""

    title: str
    items: tuple[FeedItem, ...]
    dropped: int = 0


def read_feed(
    fetched: Fetched, *, kind: str, links_under: str = "", seconds: float | None = None
) -> FeedRead:
    """Read a feed (RSS, Atom, JSON Feed), or with kind `page` the links of a page.

    Of a page those on its host with eight letters or more, or those that begin with `links_under`,
    a path or an address. Items without a web address or a title, and repeated ones, are left out;
    dates before 1990 or after 2100 are none. Raises Refusal `not_a_feed`, and `unreadable_document`
    where reading takes more than twenty seconds of work or a gigabyte of memory.
    """
    asked = {"kind": kind, "url": fetched.final_url, "charset": fetched.charset}
    found = answer_of("feeds.read_items", fetched.body, asked=asked, work=_WORK, seconds=seconds)
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise Refusal("unreadable_document", at="/url")
    if not isinstance(found.get("title"), str):
        raise Refusal("not_a_feed", at="/url")
    read = [_item(one, fetched.final_url) for one in found["items"] if isinstance(one, dict)]
    kept = _told_apart(
        one for one in read if one is not None and _wanted(one, kind, links_under, fetched)
    )
    left_out = found.get("dropped")
    return FeedRead(
        title=_line(found["title"], 200),
        items=kept,
        dropped=len(found["items"]) - len(kept) + (left_out if isinstance(left_out, int) else 0)
        if kind == FeedKind.FEED
        else 0,
    )


def _told_apart(items: Iterable[FeedItem]) -> tuple[FeedItem, ...]:
    """Each item once; a GUID that stands for several addresses is none, the address is."""
    listed = list(items)
    addresses: dict[str, set[str]] = {}
    for one in listed:
        addresses.setdefault(one.key, set()).add(one.url)
    kept: dict[str, FeedItem] = {}
    for one in listed:
        known = one if len(addresses[one.key]) == 1 else replace(one, key=one.url)
        kept.setdefault(known.key, known)
    return tuple(kept.values())


def _item(found: dict[str, Any], base: str) -> FeedItem | None:
    told = {name: mended(value) for name, value in found.items() if isinstance(value, str)}
    url, title = (
        _address(told.get("url", "") or _if_address(told.get("key", "")), base),
        _line(told.get("title", ""), 500),
    )
    title = title or _line(told.get("text", ""), 120)
    if not url or not title:
        return None
    language = _LANGUAGE.fullmatch(told.get("language", "").strip())
    return FeedItem(
        key=told.get("key", "").strip() or url or hashlib.sha256(title.encode()).hexdigest(),
        url=url,
        title=title,
        text=told.get("text", "").strip(),
        published_at=_instant(told.get("published", "")),
        language=language[1].lower() if language else "",
    )


def _if_address(key: str) -> str:
    return key if key.startswith(("http://", "https://")) else ""


def _address(link: str, base: str) -> str:
    """The web address of a link, in its canonical form; "" where it is none, or leads nowhere."""
    try:
        joined = urljoin(base, link.strip())
        parts = urlsplit(joined)
        web = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
        url = canonical(joined)
    except ValueError:
        return ""
    onward = web and url != canonical(base)
    return url if onward and len(url) <= _LONGEST_URL else ""


def _wanted(one: FeedItem, kind: str, links_under: str, fetched: Fetched) -> bool:
    if kind != FeedKind.PAGE:
        return True
    if links_under:
        return one.url.startswith(urljoin(fetched.final_url, links_under))
    letters = sum(letter.isalpha() for letter in one.title)
    return letters >= _LEAST_LETTERS and host_of(one.url) == host_of(fetched.final_url)


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None or moment.year not in _YEARS:
            return None
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _line(text: str, most: int) -> str:
    return " ".join(text.split())[:most].strip()
