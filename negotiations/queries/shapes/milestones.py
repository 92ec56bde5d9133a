"""Milestones as they stand: what was promised, how far it moved, how long there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from negotiations.queries.shapes.boards import NegotiationSummary
from negotiations.queries.shapes.refs import ClocksUsed
from negotiations.queries.shapes.tracks import MilestoneState


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneCounts:
    """How many milestones there are, by what became of them; `overdue` are among the open.

    `later` and `earlier`: whose present date is later, or earlier, than the first one. `later_days`
    is the average number of days of those `later_exactly`, which are dated to the day.
    """

    total: int
    open: int
    overdue: int
    met: int
    missed: int
    moved: int
    cancelled: int
    later: int
    earlier: int
    later_exactly: int
    later_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneLedger:
    """Every milestone of a negotiation once.

    First those to come, the nearest first; then those whose day has passed without an outcome, the
    latest first; then those that are over, the latest first. `counts` are of these.
    """

    negotiation: NegotiationSummary
    milestones: tuple[MilestoneState, ...]
    counts: MilestoneCounts
    last_said_on: date | None
    clocks: ClocksUsed
    ledger_number: int
