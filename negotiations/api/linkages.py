"""What holds what up: the ties of a negotiation, as each voice has them."""

from __future__ import annotations

from negotiations.api.asking import Asked
from negotiations.api.filters import CLOCKS, READER, TRACK
from negotiations.api.reading import Read
from negotiations.queries.linkages import linkages_of
from negotiations.queries.pieces import told_of
from negotiations.queries.shapes import Linkages


class ShowLinkages(Read):
    """The ties of a negotiation: pair by pair what each voice says, who is silent, and its cycles.

    The latest word of a party about two tracks counts, whatever its kind; `earlier` are those that
    it took the place of, nineteen at most; where `cut` says so the list of linkages has the others.
    A cycle is a ring of tracks that wait for each other, by whomever's word.
    `party` keeps the ties of which that party has said anything, with all voices on them.
    """

    tag = "Negotiations"
    shape = Linkages
    parameters = (*CLOCKS, TRACK, READER)

    def answer(self, asked: Asked, *, negotiation: str) -> Linkages:
        """The ties of the negotiation of that slug."""
        return linkages_of(negotiation, clocks=asked.clocks, tell=told_of, **asked.filters)
