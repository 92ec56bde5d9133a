"""What is said beside a quotation of the page that it was taken from: only where that is known."""

from __future__ import annotations

from dataclasses import replace

from negotiations.queries.shapes import SourceEvidence
from negotiations.vocabulary import EvidenceState

_SAID = frozenset({EvidenceState.MOVED, EvidenceState.ALTERED, EvidenceState.GONE})


def mark(evidence: SourceEvidence, *, statement: int | None = None) -> SourceEvidence | None:
    """What there is to say, of one statement or of all; None while nothing was found wrong.

    Words that changed are said beside the statement that quotes them, and beside no other.
    """
    if evidence.state not in _SAID:
        return None
    passages = tuple(one for one in evidence.passages if statement in {None, one.statement})
    if evidence.state == EvidenceState.ALTERED and not passages:
        return None
    return replace(evidence, passages=passages)
