"""Captures of pages, as the officer who asked for them sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a worker found in a page; all but text, address and instant may be empty.

    `publisher` is the slug of a known publisher, or null; `fed_at` when it was published as the
    feed says that led to it, where one did.
    """

    url: str
    captured_at: datetime
    text: str
    title: str
    publisher: str | None
    publisher_name: str
    published_on: str
    language: str
    fed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRecord:
    """How far a capture is.

    `state` is a word of CaptureState. `over`: nothing more will happen. `refusal` is why it
    failed, or why it waits for another attempt at `due_at`. `source` was drafted from it.
    """

    id: int
    url: str
    state: str
    over: bool
    asked_at: datetime
    attempts: int
    due_at: datetime | None
    refusal: str | None
    sentence_en: str
    sentence_ko: str
    found: Proposal | None
    source: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSource:
    """A source by what an officer needs to recognise it; not `published`: a draft."""

    id: int
    title: str
    url: str
    published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarText:
    """A source whose text is nearly the one at hand; `similarity` is 0 to 1."""

    source: KnownSource
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyRepeat:
    """A statement of which the one at hand is likely another rendering.

    `words` is its quotation or paraphrase, `similarity` of the words is 0 to 1, `same_speaker`
    that the same person or office spoke within three days.
    """

    statement: int
    words_en: str
    words_ko: str
    said_on: str
    name_en: str
    name_ko: str
    source: KnownSource
    published: bool
    similarity: float
    same_voice: bool
