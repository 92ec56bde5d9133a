"""Feeds and watched pages, as the officers of their negotiation see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """A feed with its health.

    `kind` is a word of FeedKind; `state` one of `new` (never polled yet), `well`, `failing`,
    `paused`, `aside` (it killed its workers). `next_at` is the earliest moment of the next poll,
    null where there is none. `refusal` with its sentences is why the last poll failed, or why it is
    set aside. `caught` counts its items, `news_at` is when it last had a new one.
    """

    id: int
    version: int
    kind: str
    url: str
    title: str
    links_under: str
    publisher: str | None
    every_minutes: int
    state: str
    checked_at: datetime | None
    succeeded_at: datetime | None
    news_at: datetime | None
    next_at: datetime | None
    caught: int
    failures: int
    refusal: str | None
    sentence_en: str
    sentence_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is watched for a negotiation: how many feeds, and how many of them want a look."""

    slug: str
    title_en: str
    title_ko: str
    feeds: int
    unwell: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """All feeds of a negotiation, those that want a look first."""

    of: Watched
    feeds: tuple[FeedRecord, ...]
