"""A negotiation at one look, now and over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from negotiations.queries.shapes.record import MilestoneRecord
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
    """One track on the board."""

    state: TrackState
    depth: int
    last_entry_on: str | None
    last_said_on: date | None
    next_milestone: MilestoneRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A stretch of one lane at one stage by the desk's reading; `until` null: up to `on`."""

    stage: str
    momentum: str
    since: date
    until: date | None
    headline_en: str
    headline_ko: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on a lane: how many statements were said on that day, or one milestone due."""

    on: date
    statements: int
    milestone: MilestoneRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One track over time: its newest hundred bands and its newest statements.

    A board shows about a thousand statements, but of each track twenty at least.

    `statements_since`: statements that begin on that day or later are all here, of earlier ones
    some are left out; null: none is.
    """

    track: TrackRef
    depth: int
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    statements_since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A negotiation at one look."""

    negotiation: NegotiationSummary
    rows: tuple[BoardRow, ...]
    clocks: ClocksUsed
    ledger_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """The tracks of a negotiation over time, in the order of its board."""

    lanes: tuple[Lane, ...]
    clocks: ClocksUsed
    ledger_number: int
