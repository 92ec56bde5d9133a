"""The ledger as told to the outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from negotiations.queries.shapes.boards import NegotiationSummary
from negotiations.queries.shapes.record import (
    AccountRecord,
    LinkageRecord,
    MilestoneRecord,
    PositionRecord,
    StatusChangeRecord,
)
from negotiations.queries.shapes.reference import PersonRecord, SourceRecord
from negotiations.queries.shapes.refs import PartyRef, PublisherRef, TrackRef
from negotiations.queries.shapes.statements import StatementRecord
from negotiations.queries.shapes.timelines import Entry

AnyRecord = (
    StatementRecord
    | SourceRecord
    | StatusChangeRecord
    | PositionRecord
    | AccountRecord
    | LinkageRecord
    | MilestoneRecord
    | NegotiationSummary
    | PersonRecord
    | PartyRef
    | PublisherRef
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One public act of the ledger, with what outsiders need to check its hash.

    `payload` is the content as recorded.
    """

    number: int
    verb: str
    noun: str
    object_id: int
    at: datetime
    role: str
    payload: dict[str, object]
    previous_hash: str
    hash: str
    tracks: tuple[TrackRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A row that an act took out of the present record: it was corrected or retracted."""

    noun: str
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What is told differently since an act: one row, as it is told now, or all of a noun.

    `record` null: fetch the whole noun anew at `address`. `on`: it is so from that later day only.
    """

    noun: str
    record: AnyRecord | None
    address: str | None
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Act):
    """One public act, and what it means for who keeps a copy of the present record.

    `payload` is the content as recorded and never changes. `record`, `gone` and `renews` lead to
    the present: `record` is the row of this act as it is told now, null where it stands in no list
    of rows or has been replaced since.
    """

    record: AnyRecord | None = None
    gone: tuple[Gone, ...] = ()
    renews: tuple[Renewal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction or retraction beside what it replaced."""

    number: int
    at: datetime
    noun: str
    retracted: bool
    reason: str
    tracks: tuple[TrackRef, ...]
    before: Entry | SourceRecord
    after: Entry | SourceRecord
