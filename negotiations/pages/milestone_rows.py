"""The deadline ledger as a table, a row for each milestone; names in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from negotiations.cells import BETWEEN, bound, table
from negotiations.queries.shapes import Days, MilestoneState


def as_csv(milestones: Iterable[MilestoneState]) -> bytes:
    """Every milestone as a row, in the order given."""
    rows = ([read(state) for read in _COLUMNS.values()] for state in milestones)
    return table(_COLUMNS, rows)


def _days(name: str, number: str) -> Callable[[MilestoneState], Any]:
    def read(state: MilestoneState) -> Any:
        days: Days | None = getattr(state, name)
        return None if days is None else getattr(days, number)

    return read


# What stands in each column.
_COLUMNS: dict[str, Callable[[MilestoneState], Any]] = {
    "slug": lambda state: state.latest.slug,
    "title_en": lambda state: state.latest.title_en,
    "title_ko": lambda state: state.latest.title_ko,
    "kind": lambda state: state.latest.kind,
    "tracks": lambda state: BETWEEN.join(track.slug for track in state.latest.tracks),
    "due_on": lambda state: state.latest.due_on,
    "due_lower": lambda state: bound(state.latest.due_lower),
    "due_upper": lambda state: bound(state.latest.due_upper),
    "outcome": lambda state: state.latest.outcome,
    "outcome_on": lambda state: state.latest.effective_on,
    "set_on": lambda state: state.set_on,
    "set_by": lambda state: BETWEEN.join(party.code for party in state.set_by),
    "earlier_dates": lambda state: BETWEEN.join(row.due_on for row in state.slips),
    "earlier_dates_cut": lambda state: state.cut,
    "moves": lambda state: state.times_moved,
    "moved": _days("moved", "direction"),
    "moved_days_least": _days("moved", "least"),
    "moved_days_most": _days("moved", "most"),
    "moved_days_exact": _days("moved", "exact"),
    "days_left_least": _days("days_left", "least"),
    "days_left_most": _days("days_left", "most"),
    "days_late_least": _days("days_late", "least"),
    "days_late_most": _days("days_late", "most"),
    "statement": lambda state: state.set_in.id,
    "speaker_en": lambda state: state.set_in.speaker.name_en,
    "source_title": lambda state: state.set_in.source.title,
    "source_url": lambda state: state.set_in.source.url,
    "known_on": lambda state: state.latest.known_on.isoformat(),
    "ledger_number": lambda state: state.latest.ledger_number,
}
