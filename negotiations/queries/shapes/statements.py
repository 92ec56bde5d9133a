"""What was said, and where it is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from negotiations.queries.shapes.refs import PartyRef, SourceRef, Speaker, Told, TrackRef
from negotiations.vocabulary import Tier

# Those with which somebody's words begin or end, in the languages of our sources.
QUOTATION_MARKS = '“”"„«「『'


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord(Told):
    """One utterance as given in one source. `quotation` null: it is a paraphrase.

    A quotation is word for word what the source has; whose words those are, `reported` tells.
    """

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

    @property
    def reported(self) -> bool:
        """Whether the words quoted are the source's own account of what a person said.

        Someone's own words stand in quotation marks there: inside what is quoted, or around it; but
        for primary sources, since a transcript or a post has none either.
        """
        primary = self.source.publisher.tier == Tier.PRIMARY_TEXT
        if not self.quotation or self.speaker.person is None or primary:
            return False
        around = self.prefix.rstrip()[-1:] + self.quotation
        return not any(mark in around for mark in QUOTATION_MARKS)


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
