"""News and dates as feeds and calendars tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from negotiations.queries.shapes.changes import Act
from negotiations.queries.shapes.record import MilestoneRecord
from negotiations.queries.shapes.reference import SourceRecord
from negotiations.queries.shapes.statements import StatementRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One public act in a line.

    `statement` is what was said where a row of the record is published, corrected or retracted, or
    what that row rests on; `source` is the document where the act is about one.
    """

    act: Act
    line_en: str
    line_ko: str
    reason: str
    statement: StatementRecord | None
    source: SourceRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The newest public acts of the site, of a negotiation, track or party, newest first.

    `ledger` is the hash of the first public act, which no other ledger has; `began_at` its
    instant; empty and null before it.
    """

    title_en: str
    title_ko: str
    ledger: str
    began_at: datetime | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A milestone as a calendar tells it.

    `uid` is one value for all its rows, `sequence` counts those that came after the first.
    `called_off`: it was cancelled, or is withdrawn from the record.
    """

    uid: UUID
    sequence: int
    created_at: datetime
    changed_at: datetime
    called_off: bool
    milestone: MilestoneRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The milestones of a negotiation, or of one of its tracks, in the order of their dates."""

    title_en: str
    title_ko: str
    appointments: tuple[Appointment, ...]
