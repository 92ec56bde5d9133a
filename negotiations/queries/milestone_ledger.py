"""Every milestone of a negotiation once, as it stands: what was promised, how far it slipped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from negotiations.models import Clocks
from negotiations.queries import lookups, names
from negotiations.queries.acts import newest_act
from negotiations.queries.clocks import clocks_used
from negotiations.queries.layouts import plan
from negotiations.queries.milestones import milestone_histories, milestone_states, told_rows
from negotiations.queries.pieces import records_of
from negotiations.queries.shapes import MilestoneCounts, MilestoneLedger, MilestoneState
from negotiations.queries.utterance_days import day_of, last_said_on
from negotiations.vocabulary import MilestoneKind, Outcome


def milestone_ledger(
    negotiation_slug: str,
    *,
    clocks: Clocks,
    track: str | None = None,
    kind: str | None = None,
    party: str | None = None,
) -> MilestoneLedger:
    """The milestones of a negotiation: those to come, those overdue, those that are over.

    `track` narrows them to those that bear on it, `kind` to those of a kind, `party` (a code) to
    those whose present date rests on a statement that is spoken for it. Seven SQL queries, one
    more for `party`, six more for what has no piece. Refuses `not_found`, and `bad_parameter` for
    what there is not.
    """
    room = plan(negotiation_slug, clocks=clocks)
    whole = room.whole
    room.track(track)
    lookups.party_id(party)
    lookups.word(kind, MilestoneKind, name="kind")
    histories = milestone_histories(whole.pk, clocks=clocks)
    records = records_of(clocks=clocks, milestone=told_rows(histories))
    states = [
        state
        for state in milestone_states(histories, records, on=clocks.on)
        if _is_wanted(state, track=track, kind=kind, party=party)
    ]
    return MilestoneLedger(
        negotiation=room.summary(names.parties(whole.party_ids)),
        milestones=tuple(sorted(states, key=_place)),
        counts=counted(states),
        last_said_on=last_said_on(room.ids, clocks=clocks),
        clocks=clocks_used(clocks),
        ledger_number=newest_act(whole.pk, clocks=clocks),
    )


def counted(states: Sequence[MilestoneState]) -> MilestoneCounts:
    """How many of these there are, by what became of them, and how far they slipped."""
    outcomes = [state.latest.outcome for state in states]
    moved = [state.moved for state in states if state.moved is not None]
    later = [move for move in moved if move.direction == "later"]
    days = [move.least for move in later if move.exact and move.least is not None]
    return MilestoneCounts(
        total=len(states),
        open=outcomes.count(Outcome.OPEN),
        overdue=sum(state.days_late is not None for state in states),
        met=outcomes.count(Outcome.MET),
        missed=outcomes.count(Outcome.MISSED),
        moved=outcomes.count(Outcome.MOVED),
        cancelled=outcomes.count(Outcome.CANCELLED),
        later=len(later),
        earlier=sum(move.direction == "earlier" for move in moved),
        later_exactly=len(days),
        later_days=round(sum(days) / len(days)) if days else None,
    )


def _is_wanted(
    state: MilestoneState, *, track: str | None, kind: str | None, party: str | None
) -> bool:
    return (
        (track is None or any(ref.slug == track for ref in state.latest.tracks))
        and (kind is None or state.latest.kind == kind)
        and (party is None or any(ref.code == party for ref in state.set_by))
    )


def _place(state: MilestoneState) -> tuple[int, int, int]:
    """To come, the nearest first; overdue and over, the latest first."""
    row = state.latest
    if state.days_left is not None:
        return 0, _day(row.due_lower, row.due_upper), row.ledger_number
    group = 1 if state.days_late is not None else 2
    return group, -row.due_upper.toordinal(), -row.ledger_number


def _day(lower: date, upper: date) -> int:
    return day_of(lower, upper).toordinal()
