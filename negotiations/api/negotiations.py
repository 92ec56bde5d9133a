"""Negotiations and their boards."""

from __future__ import annotations

from negotiations.api.asking import Asked
from negotiations.api.filters import CLOCKS, PAGING, READINGS_OF, SINCE_DAY, UNTIL
from negotiations.api.reading import Read
from negotiations.queries import boards, negotiations, swimlanes
from negotiations.queries.layouts import layout
from negotiations.queries.pieces import told_of
from negotiations.queries.shapes import Board, Lanes, NegotiationSummary, Page


class ListNegotiations(Read):
    """The negotiations that are followed, by slug."""

    tag = "Negotiations"
    shape = Page[NegotiationSummary]
    parameters = (*CLOCKS, *PAGING)

    def answer(self, asked: Asked) -> Page[NegotiationSummary]:
        """One page of them."""
        return negotiations.list_negotiations(clocks=asked.clocks, **asked.paging)


class ShowNegotiation(Read):
    """One negotiation: its parties and tracks."""

    tag = "Negotiations"
    shape = NegotiationSummary
    parameters = CLOCKS

    def answer(self, asked: Asked, *, negotiation: str) -> NegotiationSummary:
        """The negotiation of that slug."""
        return negotiations.negotiation(negotiation, clocks=asked.clocks)


class ShowBoard(Read):
    """A negotiation at one look: where every track stands."""

    tag = "Negotiations"
    shape = Board
    parameters = CLOCKS

    def answer(self, asked: Asked, *, negotiation: str) -> Board:
        """The board of the negotiation of that slug."""
        return boards.board(layout(negotiation, clocks=asked.clocks), tell=told_of)


class ShowLanes(Read):
    """The tracks of a negotiation over time: stages as bands, statements and milestones by day,
    ties at their dates, who is silent and which tracks moved together.
    """

    tag = "Negotiations"
    shape = Lanes
    parameters = (*CLOCKS, READINGS_OF, SINCE_DAY, UNTIL)

    def answer(self, asked: Asked, *, negotiation: str) -> Lanes:
        """The lanes of the negotiation of that slug."""
        return swimlanes.lanes_of(
            layout(negotiation, clocks=asked.clocks), tell=told_of, **asked.filters
        )
