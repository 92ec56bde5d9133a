"""What changed between two days, or two states of our record."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.queries.shapes.boards import NegotiationSummary
from negotiations.queries.shapes.changes import Correction
from negotiations.queries.shapes.record import (
    AccountRecord,
    LinkageRecord,
    MilestoneRecord,
    PositionRecord,
    StatusChangeRecord,
)
from negotiations.queries.shapes.refs import ClocksUsed, TrackRef
from negotiations.queries.shapes.statements import StatementRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPair:
    """A word of the vocabulary as it was and as it is; null: there was, or is, none."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPair:
    """The reading of one voice that another one followed; null: it was, or is, silent.

    `according_to` null in either is the desk's own.
    """

    before: StatusChangeRecord | None
    after: StatusChangeRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionPair:
    """What one party said a term is, and what it says; what is law has pairs of its own."""

    before: PositionRecord | None
    after: PositionRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkagePair:
    """One voice's word about two tracks, before and after: asserted, denied, ended."""

    before: LinkageRecord | None
    after: LinkageRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestonePair:
    """A milestone before and after: set, moved, met, missed.

    Both are one row where nothing was said of it, but its day passed meanwhile.
    """

    before: MilestoneRecord | None
    after: MilestoneRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPair:
    """What one party said of a topic of a meeting, and what it says; or that it left it out.

    `title_en` and `title_ko` are what the meeting is called on the second side; empty where no
    such meeting is on record there.
    """

    title_en: str
    title_ko: str
    before: AccountRecord | None
    after: AccountRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStatements:
    """What was newly said: how many statements (with `more`, at least so many), and the weightiest.

    Those that a change rests on come first, then what is no repetition, has words of its own, is
    of high credibility and on record, and is new.
    """

    count: int
    more: bool
    weightiest: tuple[StatementRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackComparison:
    """What is different on one track; a word that is the same is null, a list of them empty."""

    track: TrackRef
    depth: int
    stage: WordPair | None
    momentum: WordPair | None
    documentary_basis: WordPair | None
    agreement: WordPair | None
    floor: WordPair | None
    ceiling: WordPair | None
    readings: tuple[ReadingPair, ...]
    positions: tuple[PositionPair, ...]
    linkages: tuple[LinkagePair, ...]
    milestones: tuple[MilestonePair, ...]
    accounts: tuple[AccountPair, ...]
    statements: NewStatements


@dataclass(frozen=True, slots=True, kw_only=True)
class StateComparison:
    """A negotiation, or one track of it, under two settings of the clocks.

    `since`: the ledger number from which our record is compared with itself; null: two days are
    compared, by what was public on each. `corrections` were published here between the two,
    `corrected_since` later: what this site told on the second day is not what it tells of it now.
    `left_off`: there are more of either than are told.
    """

    negotiation: NegotiationSummary
    since: int | None
    before: ClocksUsed
    after: ClocksUsed
    tracks: tuple[TrackComparison, ...]
    unchanged: tuple[TrackRef, ...]
    corrections: tuple[Correction, ...]
    corrected_since: tuple[Correction, ...]
    left_off: bool
    ledger_number: int
