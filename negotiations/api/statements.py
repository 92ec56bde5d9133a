"""Who said what, when, in which source."""

from __future__ import annotations

from negotiations.api import filters
from negotiations.api.asking import Asked
from negotiations.api.reading import Read
from negotiations.queries import statements
from negotiations.queries.pieces import tell
from negotiations.queries.shapes import Page, StatementDetail, StatementRecord
from negotiations.queries.statements import StatementFilters


class ListStatements(Read):
    """What was said, newest first.

    `quotation` is verbatim from the archived source, or null: then it is a paraphrase of ours.
    """

    tag = "Statements and sources"
    shape = Page[StatementRecord]
    parameters = (*filters.CLOCKS, *filters.PAGING, *filters.OF_STATEMENTS)

    def answer(self, asked: Asked) -> Page[StatementRecord]:
        """One page of them."""
        return statements.list_statements(
            clocks=asked.clocks,
            filters=StatementFilters(**asked.filters),
            **asked.paging,
            tell=tell,
        )


class ShowStatement(Read):
    """One statement in its context: the text around it, other renderings, and where it is used.

    A corrected or retracted statement is still shown, with what took its place.
    """

    tag = "Statements and sources"
    shape = StatementDetail
    parameters = filters.CLOCKS

    def answer(self, asked: Asked, *, id: int) -> StatementDetail:
        """The statement of that id."""
        return statements.statement(id, clocks=asked.clocks)
