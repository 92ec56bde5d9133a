"""A source: what it is, how far it is trusted, what was kept of it and taken from it."""

from __future__ import annotations

from negotiations.pages.marks import mark
from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.queries import sources
from negotiations.queries.healths import healths_of
from negotiations.queries.shapes import SourceRecord

PAGE_LENGTH = 20


@page("sources/source.html", twin="/api/v1/sources/{id}/", takes=("cursor",))
def source(question: Question, *, id: int) -> Context:
    """One source, with the statements taken from it."""
    told, taken, found = sources.source_with_statements(
        id, clocks=question.clocks, limit=PAGE_LENGTH, cursor=question.parameter("cursor")
    )
    return {
        "source": told,
        "statements": taken,
        "reason": _reason(told, question),
        "evidence": found,
        "mark": mark(found),
        "healths": healths_of(taken.results, clocks=question.clocks),
    }


def _reason(told: SourceRecord, question: Question) -> str:
    """Why the source was corrected or retracted, by its own words or its retraction's."""
    if not told.retracted or told.superseded_by is None:
        return told.correction_reason
    return sources.source(told.superseded_by, clocks=question.clocks).correction_reason
