"""The dates of a brief: to come, passed without an outcome, and slipped before they were over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from negotiations.queries.brief_ground import Ground
from negotiations.queries.brief_notes import Endnotes, by_slug, evidence
from negotiations.queries.milestones import date_setters, milestone_state
from negotiations.queries.shapes import MilestoneRecord, MilestoneState, StatementRecord
from negotiations.queries.shapes.briefs import BriefDate
from negotiations.vocabulary import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A milestone as it stands; `rows` are its rows, oldest first, `present` set its date."""

    state: MilestoneState
    rows: tuple[MilestoneRecord, ...]
    present: MilestoneRecord

    @property
    def slipped(self) -> bool:
        """Whether its date was ever moved."""
        return any(move.is_move for move in self.state.moves)

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and no outcome is on record."""
        return self.state.days_late is not None

    @property
    def over(self) -> bool:
        """Whether an outcome is on record."""
        return self.state.latest.outcome != Outcome.OPEN

    @property
    def evidence(self) -> tuple[StatementRecord, ...]:
        """What is cited for it: for how it stands, then for its date where that was moved."""
        rows = (self.state.latest, self.present) if self.slipped else (self.state.latest,)
        return tuple({one.id: one for one in map(evidence, rows)}.values())


def dates(ground: Ground) -> list[Dated]:
    """Milestones that are open, and those that slipped, the weightiest first.

    That is the first by their order, then the one that slipped and is over the latest, then the
    others: that promises were not kept must not want for room.
    """
    records = ground.records.milestone
    every = [_dated([records[row.id] for row in one.rows], ground) for one in ground.found.due]
    ordered = in_order(one for one in every if not one.over or one.slipped)
    slipped = [one for one in ordered if one.over][:1]
    first = [one for one in ordered if one not in slipped][:1]
    return [*first, *slipped, *(one for one in ordered if one not in first + slipped)]


def in_order(found: Iterable[Dated]) -> list[Dated]:
    """Those to come, the next first; passed without an outcome, the latest first; then those that
    are over, the latest first.
    """
    return sorted(found, key=_place)


def _place(one: Dated) -> tuple[int, int, int]:
    row = one.state.latest
    day = row.due_upper.toordinal()
    if one.over or one.overdue:
        return 2 if one.over else 1, -day, row.id
    return 0, day, row.id


def told_date(dated: Dated, notes: Endnotes) -> BriefDate:
    """A milestone as briefs tell it."""
    row = dated.state.latest
    return BriefDate(
        milestone=row.id,
        slug=row.slug,
        tracks=by_slug(row.tracks),
        milestone_kind=row.kind,
        title_en=row.title_en,
        title_ko=row.title_ko,
        due_on=row.due_on,
        place_en=row.place_en,
        place_ko=row.place_ko,
        outcome=row.outcome,
        overdue=dated.overdue,
        moves=dated.state.moves,
        moved=dated.state.moved,
        notes=notes.cite(*dated.evidence),
    )


def _dated(rows: list[MilestoneRecord], ground: Ground) -> Dated:
    return Dated(
        state=milestone_state(rows, on=ground.pin.clocks.on),
        rows=tuple(rows),
        present=date_setters([(row, row.due_on) for row in rows])[-1],
    )
