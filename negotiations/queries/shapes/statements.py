"""What was said, and where it is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from negotiations.queries.shapes.refs import PartyRef, SourceRef, Speaker, Told, TrackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord(Told):
    """One utterance as given in one source. `quotation` null: it is a paraphrase."""

    quotation: str | None
    start: int | None
    end: int | None
    prefix: str
    suffix: str
    paraphrase_en: str
    paraphrase_ko: str
    speaker: Speaker
    parties: tuple[PartyRef, ...]
    about: tuple[PartyRef, ...]
    said_on: str
    said_lower: date
    said_upper: date
    said_phrase: str
    zone: str
    place_en: str
    place_ko: str
    kind: str
    modality: str
    attribution: str
    credibility: str
    language: str
    original_language: str
    tracks: tuple[TrackRef, ...]
    source: SourceRef
    repeats: int | None
    translates: int | None
    note_en: str
    note_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """A row that rests on a statement, or dissents by it."""

    kind: str
    id: int
    role: str
    track: TrackRef
    headline_en: str
    headline_ko: str
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDetail:
    """A statement in its context.

    `before`, `after`: the snapshot's text around the quotation, empty for a paraphrase.
    """

    statement: StatementRecord
    before: str
    after: str
    renderings: tuple[StatementRecord, ...]
    used_by: tuple[Usage, ...]
