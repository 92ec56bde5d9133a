"""The deadline ledger: every milestone of a negotiation as it stands."""

from __future__ import annotations

from dataclasses import replace

from negotiations.api.asking import Asked
from negotiations.api.filters import CLAIMANT, CLOCKS, MILESTONE_KIND, TRACK
from negotiations.api.reading import Read
from negotiations.queries.milestone_ledger import milestone_ledger
from negotiations.queries.shapes import MilestoneLedger

SETTER = replace(CLAIMANT, doc="Who set the present date: the code of a party.")
_TAKEN = (*CLOCKS, TRACK, MILESTONE_KIND, SETTER)


class ShowMilestones(Read):
    """Every milestone of a negotiation once, as it stands: those to come, overdue, over.

    `slips` are its earlier dates and `moves` say how far each lies from the next, the newest
    nineteen; `cut` says where there are more, and `times_moved` and `moved` count all. Numbers of
    days are as vague as the dates. The rows that tell all this are at `/api/v1/milestones/`.
    """

    tag = "Negotiations"
    shape = MilestoneLedger
    parameters = _TAKEN

    def answer(self, asked: Asked, *, negotiation: str) -> MilestoneLedger:
        """The milestones of the negotiation of that slug."""
        return milestone_ledger(negotiation, clocks=asked.clocks, **asked.filters)
