"""A statement: its words in their place, where they are used, how to cite them."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.pages import citing
from negotiations.pages.elsewhere import dates_elsewhere
from negotiations.pages.marks import mark
from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.pages.sharing import share_statement
from negotiations.pages.text_fragments import text_fragment_url
from negotiations.queries import negotiations, sources, statements
from negotiations.queries.evidence import source_evidence
from negotiations.queries.healths import healths_of
from negotiations.queries.shapes import NegotiationSummary, StatementDetail, StatementRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The quotation in the text of its snapshot; `cut_before`: the text begins earlier."""

    before: str
    quotation: str
    after: str
    cut_before: bool


@page("statements/statement.html", twin="/api/v1/statements/{id}/")
def statement(question: Question, *, id: int) -> Context:
    """One statement, also one that was corrected or retracted: it says so."""
    told = statements.statement(id, clocks=question.clocks)
    record = told.statement
    negotiation = _negotiation(record, question)
    return {
        "told": told,
        "statement": record,
        "negotiation": negotiation,
        "passage": passage(told),
        "elsewhere": dates_elsewhere(
            statement=record, parties=negotiation.parties if negotiation else ()
        ),
        "words_in_source": words_in_source(record),
        "shared": share_statement(question, record, negotiation),
        "cited": citing.of_statement(question, record),
        "captured": sources.source(record.source.id, clocks=question.clocks),
        "reason": reason(record, question),
        "healths": healths_of(record, told.renderings, clocks=question.clocks),
        "mark": mark(
            source_evidence(record.source.id, clocks=question.clocks), statement=record.id
        ),
    }


def _negotiation(record: StatementRecord, question: Question) -> NegotiationSummary | None:
    if not record.tracks:
        return None
    return negotiations.negotiation(record.tracks[0].negotiation, clocks=question.clocks)


def reason(record: StatementRecord, question: Question) -> str:
    """Why the statement was retracted, by its own words or those of its retraction."""
    if not record.retracted or record.superseded_by is None:
        return record.correction_reason
    last = statements.statement(record.superseded_by, clocks=question.clocks)
    return last.statement.correction_reason


def passage(told: StatementDetail) -> Passage | None:
    """The quotation in its context; None for a paraphrase."""
    record = told.statement
    if not record.quotation:
        return None
    return Passage(
        before=told.before,
        quotation=record.quotation,
        after=told.after,
        cut_before=(record.start or 0) > len(told.before),
    )


def words_in_source(record: StatementRecord) -> str:
    """The address that leads to the quoted words; empty for a paraphrase."""
    if not record.quotation:
        return ""
    return text_fragment_url(
        url=record.source.url,
        quotation=record.quotation,
        prefix=record.prefix,
        suffix=record.suffix,
    )
