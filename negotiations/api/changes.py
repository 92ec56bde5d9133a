"""The ledger as told to the outside: what changed, and what was put right."""

from __future__ import annotations

from negotiations.api.asking import Asked
from negotiations.api.filters import AFTER, CLOCKS, NEGOTIATION, PAGING, TRACK
from negotiations.api.reading import Read
from negotiations.queries import ledger
from negotiations.queries.shapes import Change, Correction, Page

_LIMIT = PAGING[0]


class ListChanges(Read):
    """Every public act after a ledger number, oldest first: keep the last number and ask again.

    `next` is null when you have them all. Numbers have gaps where acts on drafts were, and never
    change their order.
    """

    tag = "The ledger"
    shape = Page[Change]
    parameters = (AFTER, _LIMIT, NEGOTIATION, TRACK)
    next_by = "after"

    def answer(self, asked: Asked) -> Page[Change]:
        """One page of acts."""
        return ledger.changes(**asked.values)


class ListCorrections(Read):
    """Corrections and retractions, newest first, each beside what it replaced."""

    tag = "The ledger"
    shape = Page[Correction]
    parameters = (*CLOCKS, *PAGING)

    def answer(self, asked: Asked) -> Page[Correction]:
        """One page of them."""
        return ledger.corrections(clocks=asked.clocks, **asked.paging)
