"""Meetings, and what each party's account of them says, by topic."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.queries.shapes.boards import NegotiationSummary
from negotiations.queries.shapes.record import AccountRecord, MilestoneRecord
from negotiations.queries.shapes.refs import ClocksUsed, PartyRef, TrackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSummary:
    """A meeting as it stands, and how many topics of it come to each verdict."""

    meeting: MilestoneRecord
    topics: int
    contradicted: int
    omitted: int
    told_by_both: int
    told_by_one: int
    untold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCell:
    """One party's latest account of a topic; null: nothing is known of it, and none is claimed."""

    party: PartyRef
    account: AccountRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """One topic across the parties, a cell for each, in the order of `Meeting.parties`.

    `verdict` is a word of `account_verdict`; `told_by` and `left_out_by` are codes of parties.
    """

    topic: str
    topic_en: str
    topic_ko: str
    track: TrackRef
    verdict: str
    told_by: tuple[str, ...]
    left_out_by: tuple[str, ...]
    cells: tuple[AccountCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting with the accounts of it, by topic: what is contradicted first.

    `slips` are earlier dates of it. `parties` are those of the `negotiation`, and any other that
    gives an account.
    """

    negotiation: NegotiationSummary
    meeting: MilestoneRecord
    slips: tuple[MilestoneRecord, ...]
    parties: tuple[PartyRef, ...]
    lines: tuple[TopicLine, ...]
    clocks: ClocksUsed
    ledger_number: int
