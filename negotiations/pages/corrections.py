"""Corrections and retractions, each beside what it replaced."""

from __future__ import annotations

from negotiations.pages.differences import differences
from negotiations.pages.frames import language_now
from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.queries import ledger

PAGE_LENGTH = 20


@page("corrections.html", twin="/api/v1/corrections/", takes=("cursor",))
def corrections(question: Question) -> Context:
    """Newest first; the same under all clocks that know both versions."""
    told = ledger.corrections(
        clocks=question.clocks, limit=PAGE_LENGTH, cursor=question.parameter("cursor")
    )
    language = language_now()
    return {
        "corrected": tuple((one, differences(one, language=language)) for one in told.results),
        "next": told.next,
    }
