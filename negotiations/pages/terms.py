"""Terms as rows of a table: one cell a party, what is bargained apart from what is law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from negotiations.queries.position_comparisons import differs
from negotiations.queries.shapes import PartyRef, PositionRecord, TermState
from negotiations.vocabulary import LEGAL_STANDINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one party says a term is: what it bargains for, and what is law; either may be none."""

    party: PartyRef
    bargained: PositionRecord | None
    law: PositionRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """One term across the parties."""

    term: TermState
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether the parties differ on it, as far as a machine can tell."""
        return differs(self.term)


def term_rows(terms: Iterable[TermState], parties: Iterable[PartyRef]) -> tuple[TermRow, ...]:
    """The terms on which anybody has said anything, with a cell for each of the parties."""
    columns = tuple(parties)
    return tuple(
        TermRow(term=term, cells=tuple(_cell(term, party) for party in columns))
        for term in terms
        if term.positions
    )


def _cell(term: TermState, party: PartyRef) -> Cell:
    theirs = {
        position.standing in LEGAL_STANDINGS: position
        for position in term.positions
        if position.according_to.code == party.code
    }
    return Cell(party=party, bargained=theirs.get(False), law=theirs.get(True))
