"""Entries of a timeline from records of any kind."""

from __future__ import annotations

from typing import Any

from negotiations.queries.headlines import headline
from negotiations.queries.shapes import (
    AccountRecord,
    LinkageRecord,
    MilestoneRecord,
    PositionRecord,
    StatementRecord,
    StatusChangeRecord,
)
from negotiations.queries.shapes.timelines import Entry

_KINDS: dict[type, str] = {
    StatusChangeRecord: "status_change",
    PositionRecord: "position",
    LinkageRecord: "linkage",
    MilestoneRecord: "milestone",
    AccountRecord: "account",
    StatementRecord: "statement",
}
KINDS = tuple(_KINDS.values())


def entry(record: Any) -> Entry:
    """The entry of one record, with its first statement as its quotation and source."""
    kind = _KINDS[type(record)]
    first: StatementRecord = record if kind == "statement" else record.basis[0]
    line_en, line_ko = headline(record)
    members: dict[str, Any] = {kind: record}
    return Entry(
        kind=kind,
        id=record.id,
        on=record.said_on if kind == "statement" else record.effective_on,
        known_on=record.known_on,
        published_at=record.published_at,
        headline_en=line_en,
        headline_ko=line_ko,
        stage=getattr(record, "stage", None),
        momentum=getattr(record, "momentum", None),
        according_to=getattr(record, "according_to", None),
        quote=first.quotation,
        speaker=first.speaker,
        source=first.source,
        ledger_number=record.ledger_number,
        supersedes=record.supersedes,
        **members,
    )
