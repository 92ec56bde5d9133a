"""What feeds caught, as the desk triages it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.queries.shapes.refs import TrackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedTrack:
    """A track that a clipping is likely of, and the words that say so."""

    track: TrackRef
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSpeaker:
    """Somebody whom a clipping names, and how."""

    slug: str
    name_en: str
    name_ko: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """One print of a story: where, by whom, when."""

    url: str
    title: str
    publisher_name: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClippingRecord:
    """A story that feeds caught; `state` is a word of ClippingState.

    `prints` are its other prints, not all of them where they are many; `reprints` is their number.

    `decided_by`, `decided_at` and `reason` say who put it where it is; `capture` is that of its
    page, for whoever asked for it.
    """

    id: int
    version: int
    negotiation: str
    state: str
    url: str
    title: str
    text: str
    language: str
    publisher_name: str
    published_at: datetime | None
    caught_at: datetime
    tracks: tuple[ProposedTrack, ...]
    speakers: tuple[ProposedSpeaker, ...]
    prints: tuple[Print, ...]
    reprints: int
    assigned_to: int | None
    assigned_name: str
    snoozed_until: datetime | None
    decided_by: str
    decided_at: datetime | None
    reason: str
    capture: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a clipping says of the source that was made of it: paths of tracks, slug of a person."""

    tracks: tuple[str, ...]
    speaker: str
    said_on: str
