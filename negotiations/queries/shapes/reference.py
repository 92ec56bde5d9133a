"""Sources, people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.queries.shapes.refs import PublisherRef, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord(Told):
    """A source with its publisher and captures."""

    url: str
    title: str
    publisher: PublisherRef
    language: str
    published_on: str
    capture: str | None
    captured_at: datetime | None
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureRecord:
    """An office held; an empty bound is not known."""

    office: str
    title_en: str
    title_ko: str
    party: str | None
    held_from: str
    held_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """A person with other spellings of the name and the offices held."""

    slug: str
    name_en: str
    name_ko: str
    aliases: tuple[str, ...]
    tenures: tuple[TenureRecord, ...]
