"""What happened on a track, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from negotiations.queries.shapes.record import (
    AccountRecord,
    LinkageRecord,
    MilestoneRecord,
    PositionRecord,
    StatusChangeRecord,
)
from negotiations.queries.shapes.refs import PartyRef, SourceRef, Speaker
from negotiations.queries.shapes.statements import StatementRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a timeline.

    `kind` is status_change, position, linkage, milestone, account or statement; exactly the member
    of that name is set beside the common ones. `quote` is the quotation of its first statement,
    null where that is a paraphrase.
    """

    kind: str
    id: int
    on: str
    known_on: date
    published_at: datetime
    headline_en: str
    headline_ko: str
    stage: str | None
    momentum: str | None
    according_to: PartyRef | None
    quote: str | None
    speaker: Speaker
    source: SourceRef
    ledger_number: int
    supersedes: int | None
    status_change: StatusChangeRecord | None = None
    position: PositionRecord | None = None
    linkage: LinkageRecord | None = None
    milestone: MilestoneRecord | None = None
    account: AccountRecord | None = None
    statement: StatementRecord | None = None
