"""A negotiation at one look, now and over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from negotiations.queries.shapes.record import LinkageRecord, MilestoneRecord
from negotiations.queries.shapes.refs import ClocksUsed, PartyRef, TrackRef
from negotiations.queries.shapes.tracks import TrackState


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiationSummary:
    """A negotiation and what is in it."""

    slug: str
    title_en: str
    title_ko: str
    summary_en: str
    summary_ko: str
    parties: tuple[PartyRef, ...]
    tracks: tuple[TrackRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One track on the board.

    `overdue_milestone` is the last whose day passed and which nobody has told the outcome of.
    """

    state: TrackState
    depth: int
    last_entry_on: str | None
    last_said_on: date | None
    next_milestone: MilestoneRecord | None
    overdue_milestone: MilestoneRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A stretch of one lane at one stage by one reading; `until` null: up to `on`.

    `ledger_number` is that of the status change, `statement_ids` what it rests on.
    """

    stage: str
    momentum: str
    since: date
    until: date | None
    headline_en: str
    headline_ko: str
    ledger_number: int
    statement_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on a lane: the statements of one day, oldest first, or one milestone due.

    `slips` are the rows that set the milestone's earlier dates, oldest first.
    """

    on: date
    statements: int
    statement_ids: tuple[int, ...]
    milestone: MilestoneRecord | None
    slips: tuple[MilestoneRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWord:
    """When a party last said anything on a track, and in which statement; null: it has not spoken.

    `days` from then to `on`. Where `looked_since` is set, only statements from that day on were
    looked through.
    """

    party: PartyRef
    said_on: date | None
    statement: int | None
    days: int | None
    looked_since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A stretch of at least thirty days in which a party said nothing on a track, although it was
    spoken of; `until` null: up to `on`.
    """

    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One track over time: its newest hundred bands and its newest statements.

    A board shows about seven hundred statements, but of each track fifteen at least.

    `statements_since`: statements that begin on that day or later are all here, of earlier ones
    some are left out; null: none is. `silences` are told of the party whose readings these are.
    """

    track: TrackRef
    depth: int
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    statements_since: date | None
    last_words: tuple[LastWord, ...]
    silences: tuple[Silence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Several tracks that changed on one day; `statement`: all of these by the same words."""

    on: date
    tracks: tuple[TrackRef, ...]
    statement: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A negotiation at one look."""

    negotiation: NegotiationSummary
    rows: tuple[BoardRow, ...]
    clocks: ClocksUsed
    ledger_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """The tracks of a negotiation over time, in the order of its board.

    The readings are those of `according_to` (null: the desk's own), from `since` to `until` where
    these are set. `linkages` are the newest sixty words on ties between two of the tracks, oldest
    first; where `linkages_since` is set, of those that are effective earlier some are left out.
    `busy_since` to `busy_until` is the shortest stretch that holds nine tenths of the days on which
    anything was said or changed.
    """

    according_to: PartyRef | None
    since: date | None
    until: date | None
    busy_since: date | None
    busy_until: date | None
    lanes: tuple[Lane, ...]
    linkages: tuple[LinkageRecord, ...]
    linkages_since: date | None
    moves: tuple[Move, ...]
    clocks: ClocksUsed
    ledger_number: int
