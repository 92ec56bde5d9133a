"""Rows of the record with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from negotiations.queries.shapes.refs import PartyRef, Told, TrackRef
from negotiations.queries.shapes.statements import StatementRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Told):
    """What every row of the record carries."""

    effective_on: str
    effective_lower: date
    effective_upper: date
    note_en: str
    note_ko: str
    basis: tuple[StatementRecord, ...]
    # It rests on mirrors alone.
    thinly_sourced: bool
    # Independent witnesses among the evidence: never more than its utterances, voices or sources.
    corroboration: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChangeRecord(Mark):
    """A reading of where a track stands; `according_to` null is the desk's own."""

    track: TrackRef
    according_to: PartyRef | None
    stage: str
    momentum: str
    documentary_basis: str
    dissent: tuple[StatementRecord, ...]
    headline_en: str
    headline_ko: str
    unusual: str | None
    reason_en: str
    reason_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRef:
    """A point being bargained."""

    track: TrackRef
    slug: str
    name_en: str
    name_ko: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRecord(Mark):
    """What a party says a term is; `amount` (to `amount_to`) in the term's unit, or text.

    `figure_en`, `figure_ko`: the same written for people, with unit and qualifier.
    """

    term: TermRef
    according_to: PartyRef
    amount: Decimal | None
    amount_to: Decimal | None
    text_en: str
    text_ko: str
    qualifier: str
    standing: str
    figure_en: str
    figure_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageRecord(Mark):
    """A tie between two tracks, in the words of a party or of the desk (null)."""

    from_track: TrackRef
    to_track: TrackRef
    according_to: PartyRef | None
    kind: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecord(Mark):
    """What a party's account of one meeting says on a topic, or that it leaves it out.

    `meeting` is the slug of the meeting's milestone in the track's negotiation. `bearing` is
    `tells` or `omits`; an omission was confirmed by an officer who read the account.
    `contradicts`: the id of another party's account that this one contradicts, by the desk's
    judgement.
    """

    track: TrackRef
    meeting: str
    topic: str
    topic_en: str
    topic_ko: str
    according_to: PartyRef
    bearing: str
    text_en: str
    text_ko: str
    contradicts: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRecord(Mark):
    """A date and what became of it."""

    negotiation: str
    slug: str
    tracks: tuple[TrackRef, ...]
    kind: str
    title_en: str
    title_ko: str
    due_on: str
    due_lower: date
    due_upper: date
    place_en: str
    place_ko: str
    outcome: str
