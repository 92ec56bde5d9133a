"""Subscriptions and letters, as readers and admins see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from negotiations.queries.shapes.refs import TrackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What can be subscribed to, by the path that names it: a negotiation, or one of its tracks
    (null: all of it) at its depth below the others.
    """

    path: str
    negotiation_en: str
    negotiation_ko: str
    track: TrackRef | None
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSubscriptionRecord:
    """A subscription as its reader sees it.

    `over` is a word of Ending, "" while it is not over; `about` are its subjects' paths.
    """

    address: str
    language: str
    rhythm: str
    about: tuple[str, ...]
    asked_at: datetime
    confirmed_at: datetime | None
    over: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act in a letter; `path` leads to what it is about, without language and host.

    `speaker` is whoever said what it rests on first; `reason` that of a correction or withdrawal.
    """

    number: int
    verb: str
    noun: str
    tracks: tuple[TrackRef, ...]
    headline_en: str
    headline_ko: str
    speaker_en: str
    speaker_ko: str
    reason: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The newest acts that a letter tells of, newest first, and how many more there are."""

    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """How many readers a negotiation has, wholly or in part, by rhythm; `unconfirmed` ones are in
    none of these.
    """

    negotiation: str
    title_en: str
    title_ko: str
    rhythms: Mapping[str, int]
    unconfirmed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAside:
    """A letter that was set aside; `address` is masked."""

    id: int
    kind: str
    subject: str
    address: str
    made_at: datetime
    attempts: int
    code: str
    sentence_en: str
    sentence_ko: str
