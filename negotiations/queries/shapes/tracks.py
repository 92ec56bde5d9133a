"""Where a track stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from negotiations.queries.shapes.record import (
    LinkageRecord,
    MilestoneRecord,
    PositionRecord,
    StatusChangeRecord,
)
from negotiations.queries.shapes.refs import ClocksUsed, PartyRef, TrackRef
from negotiations.queries.shapes.spans import Days, Shift
from negotiations.queries.shapes.statements import StatementRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One party's latest reading of a track; `latest` null: it has not spoken (never assent).

    `other_voices`: readings of the same party and of the same, or an overlapping vague, date
    that name another stage.
    """

    party: PartyRef
    latest: StatusChangeRecord | None
    other_voices: tuple[StatusChangeRecord, ...]
    # Flat copies of the latest, for scripts.
    stage: str | None
    momentum: str | None
    effective_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMark:
    """A term, and what the latest bargained positions of its track's parties amount to.

    `since_on`: since when `comparison` has been what it is, without interruption: the date, as
    recorded, of the position that made it so; null before there is any. `days` from then to the day
    asked about, `days_at_least` where that date is vague or older positions are left out.
    `mixed_standing`: the positions are not given the same force.
    """

    slug: str
    name_en: str
    name_ko: str
    unit: str
    comparison: str
    since_on: str | None
    days: int | None
    days_at_least: bool
    mixed_standing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TermState(TermMark):
    """A term with the latest position of each party: what it says, and what is law."""

    positions: tuple[PositionRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneState:
    """A milestone as it stands.

    `slips` are its earlier dates, oldest first, each in the row that set it; `moves` say how far
    each lies from the next one. `cut`: still earlier dates are left out. Of all dates,
    `times_moved` is how often one was put later or earlier (not: made more or less precise), and
    `moved` how far the present one lies from the first (null: there was no other). `set_on`,
    `set_by` and `set_in` tell of the row that set the present date: from when it held, who is
    spoken for in the statement that it rests on, and that statement. Of an open one `days_left` or
    `days_late` tells how long it is to or since its date on the day asked about; both are null of
    one that is over.
    """

    latest: MilestoneRecord
    slips: tuple[MilestoneRecord, ...]
    moves: tuple[Shift, ...]
    cut: bool
    times_moved: int
    moved: Shift | None
    set_on: str
    set_by: tuple[PartyRef, ...]
    set_in: StatementRecord
    days_left: Days | None
    days_late: Days | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackState:
    """Where a track stands under the clocks.

    `stage` and its company are the desk's own reading, null before there is one. `agreement`,
    `floor` and `ceiling` come from the parties' readings alone.
    """

    negotiation: str
    slug: str
    title_en: str
    title_ko: str
    procedure: str
    headline: bool
    parent: str | None
    stage: str | None
    momentum: str | None
    documentary_basis: str | None
    effective_on: str | None
    known_on: date | None
    headline_en: str
    headline_ko: str
    agreement: str
    floor: str | None
    ceiling: str | None
    latest: StatusChangeRecord | None
    readings: tuple[Reading, ...]
    # Number and instant of the newest public act on this track; 0 and null before the first.
    ledger_number: int
    acted_at: datetime | None
    # When the desk last looked and found nothing new: nobody need take quiet for neglect.
    checked_at: datetime | None
    # The desk means to look at least this often.
    review_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackDetail(TrackState):
    """A track with everything that is held about it."""

    children: tuple[TrackRef, ...]
    basis: tuple[StatementRecord, ...]
    dissent: tuple[StatementRecord, ...]
    terms: tuple[TermState, ...]
    linkages: tuple[LinkageRecord, ...]
    milestones: tuple[MilestoneState, ...]
    # The day of its newest statement.
    last_said_on: date | None
    # Known already, effective only after `on`.
    upcoming: tuple[StatusChangeRecord, ...]
    clocks: ClocksUsed
