"""Who says what on the terms of a negotiation: side by side, and over time."""

from __future__ import annotations

from dataclasses import replace

from negotiations.api.asking import Asked
from negotiations.api.filters import CLOCKS, TRACK
from negotiations.api.parameters import flag
from negotiations.api.reading import Read
from negotiations.queries import positions
from negotiations.queries.pieces import told_of
from negotiations.queries.shapes import Figures, Matrix

_TRACK = replace(TRACK, doc="Only the terms of this track, by its slug.")
DIFFERING = flag(
    name="differing",
    doc="Only terms on which the parties are apart, use different words, or give it different "
    "force. Default: false.",
)


class ShowMatrix(Read):
    """Terms by parties: what each last said, what is law, and how far they are from each other.

    Tracks come in the order of the board. A party that is silent on a term has no position there:
    silence is never assent.
    """

    tag = "Negotiations"
    shape = Matrix
    parameters = (*CLOCKS, _TRACK, DIFFERING)

    def answer(self, asked: Asked, *, negotiation: str) -> Matrix:
        """The matrix of the negotiation of that slug."""
        return positions.matrix(
            negotiation,
            clocks=asked.clocks,
            track=asked.values.get("track"),
            differing=asked.values.get("differing", False),
            tell=told_of,
        )


class ShowFigures(Read):
    """Every term over time: each party's steps, what is law apart from what is bargained.

    Of each party's positions on a term the newest sixty are told, of what is law as many.
    """

    tag = "Negotiations"
    shape = Figures
    parameters = (*CLOCKS, _TRACK)

    def answer(self, asked: Asked, *, negotiation: str) -> Figures:
        """The figures of the negotiation of that slug."""
        return positions.figures(
            negotiation, clocks=asked.clocks, track=asked.values.get("track"), tell=told_of
        )
