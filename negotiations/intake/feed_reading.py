"""Stands in for the parsing room until it is merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import feedparser

from negotiations.network import Fetched
from negotiations.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item."""

    key: str
    url: str
    title: str
    text: str = ""
    published_at: datetime | None = None
    author: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRead:
    """A feed."""

    title: str
    items: tuple[FeedItem, ...]
    dropped: int = 0


def read_feed(fetched: Fetched, *, kind: str, links_under: str = "") -> FeedRead:  # noqa: ARG001
    """Read it."""
    found = feedparser.parse(fetched.body)
    if found.bozo:
        raise Refusal("unreadable_document", at="/url")
    return FeedRead(
        title=found.feed.get("title", ""),
        items=tuple(
            FeedItem(
                key=one.get("id") or one.link,
                url=one.link,
                title=one.title,
                published_at=datetime(*one.published_parsed[:6], tzinfo=UTC)
                if one.get("published_parsed")
                else None,
            )
            for one in found.entries
        ),
    )
