"""What the parties say the terms of a negotiation are: side by side, and over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from negotiations.queries.shapes.boards import NegotiationSummary
from negotiations.queries.shapes.record import PositionRecord
from negotiations.queries.shapes.refs import ClocksUsed, PartyRef, TrackRef
from negotiations.queries.shapes.tracks import TermMark, TermState


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixTrack:
    """The terms of one track with everybody's latest positions; `depth` as on the board."""

    track: TrackRef
    depth: int
    terms: tuple[TermState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Terms by parties: who says what.

    `parties` are those of the negotiation, then whoever else has stated a position. Tracks on
    whose terms nobody has said anything are left out; `terms` counts all before any filter.
    """

    negotiation: NegotiationSummary
    parties: tuple[PartyRef, ...]
    tracks: tuple[MatrixTrack, ...]
    terms: int
    term_tracks: tuple[TrackRef, ...]
    clocks: ClocksUsed
    ledger_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureStep:
    """A position that held from `since` (a vague date: where it stands on the axis) to `until`.

    `until` null: it holds on the day asked about. A step that was replaced on its own day has both
    alike.
    """

    position: PositionRecord
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """What one party said a term is, oldest first: what is law, or what is bargained.

    `cut`: earlier steps are left out.
    """

    party: PartyRef
    legal: bool
    steps: tuple[FigureStep, ...]
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestedSpan:
    """A stretch in which the parties' bargained figures could not both hold; null: up to `on`."""

    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFigures(TermMark):
    """One term over time; `numeric`: at least one step is a figure."""

    numeric: bool
    lines: tuple[FigureLine, ...]
    contested: tuple[ContestedSpan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresTrack:
    """The terms of one track over time; `depth` as on the board."""

    track: TrackRef
    depth: int
    terms: tuple[TermFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Every term of a negotiation over time, in the order of its board.

    `parties` are those of the negotiation, then whoever else has stated a position on any term.
    """

    negotiation: NegotiationSummary
    parties: tuple[PartyRef, ...]
    tracks: tuple[FiguresTrack, ...]
    clocks: ClocksUsed
    ledger_number: int
