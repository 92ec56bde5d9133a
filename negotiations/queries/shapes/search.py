"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.queries.shapes.reference import PersonRecord, SourceRecord
from negotiations.queries.shapes.refs import TrackRef
from negotiations.queries.shapes.statements import StatementRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of text; `hit`: it is what was looked for. Joined, the pieces are the excerpt."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Where the words stand, cut around what was found.

    `field` is a member of the record; `speaker_…`, `voice_…`, `office_…` and `publisher_…` are the
    names it is told by, `aliases` the other spellings of a person's.

    Text only, composed (NFC), never mark-up. `cut_before`, `cut_after`: the member goes on there.
    """

    field: str
    language: str
    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One result. `id` is the row's id, a track's path (`rok-us/tariffs`) or a person's slug.

    A statement that is found by who speaks or publishes has an excerpt all the same: its beginning.
    """

    noun: str
    id: str
    headline_en: str
    headline_ko: str
    excerpts: tuple[Excerpt, ...]
    record: StatementRecord | SourceRecord | TrackRef | PersonRecord
