"""Names and pointers that all answers share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClocksUsed:
    """The three clocks that an answer was given under."""

    on: date
    known_by: date | datetime
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What every published row says of its place in the record."""

    id: int
    known_on: date
    published_at: datetime
    ledger_number: int
    waiver: str
    supersedes: int | None
    correction_reason: str
    # Its newest correction or retraction as of the question: the row that took its place.
    superseded_by: int | None
    retracted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRef:
    """A party, by its code; `zone` is the clock of its capital (IANA)."""

    code: str
    name_en: str
    name_ko: str
    capital_en: str
    capital_ko: str
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRef:
    """A track, by negotiation and slug."""

    negotiation: str
    slug: str
    title_en: str
    title_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks: a person, an office, or only a description (`person` and `office` null)."""

    person: str | None
    name_en: str
    name_ko: str
    office: str | None
    office_en: str
    office_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherRef:
    """A publisher with its tier and the Admiralty letter in force."""

    slug: str
    name_en: str
    name_ko: str
    tier: str
    reliability: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """A source as cited: `sha256` is null while no text has been captured."""

    id: int
    title: str
    url: str
    publisher: PublisherRef
    language: str
    published_on: str
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list; `next` is the cursor of the following one, null at the end."""

    results: tuple[T, ...]
    next: str | None
