"""Floor 0: the words that say how far a claim can be trusted, and what became of a report of an
error. They stand in `vocabulary.VOCABULARIES` beside the words of the field.
"""

from __future__ import annotations

from enum import StrEnum


class Support(StrEnum):
    """How a claim is known, best first: by the strongest statement that it rests on."""

    DOCUMENT_QUOTED = "document_quoted"
    QUOTATION_CHECKED = "quotation_checked"
    DOCUMENT = "document"
    PARAPHRASE = "paraphrase"


class ReportKind(StrEnum):
    """What a reader says is wrong."""

    MISQUOTED = "misquoted"
    MISTRANSLATED = "mistranslated"
    WRONG_DATE = "wrong_date"
    WRONG_SPEAKER = "wrong_speaker"
    WRONG_SOURCE = "wrong_source"
    MISSING_CONTEXT = "missing_context"
    OTHER = "other"


class ReportState(StrEnum):
    """What became of a report of an error; the last four are answers."""

    RECEIVED = "received"
    LOOKED_AT = "looked_at"
    CORRECTED = "corrected"
    NOT_A_MISTAKE = "not_a_mistake"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


OPEN_REPORTS = frozenset({ReportState.RECEIVED, ReportState.LOOKED_AT})
OUTCOMES = tuple(state for state in ReportState if state not in OPEN_REPORTS)
