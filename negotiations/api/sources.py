"""The documents that statements stand in."""

from __future__ import annotations

from negotiations.api.asking import Asked
from negotiations.api.filters import CLOCKS, LANGUAGE_OF_SOURCE, PAGING, PUBLISHER
from negotiations.api.reading import Read
from negotiations.queries import sources
from negotiations.queries.pieces import tell
from negotiations.queries.shapes import Page, SourceRecord


class ListSources(Read):
    """Sources, newest first; `sha256` is null while no text has been captured."""

    tag = "Statements and sources"
    shape = Page[SourceRecord]
    parameters = (*CLOCKS, *PAGING, PUBLISHER, LANGUAGE_OF_SOURCE)

    def answer(self, asked: Asked) -> Page[SourceRecord]:
        """One page of them."""
        return sources.list_sources(clocks=asked.clocks, **asked.filters, **asked.paging, tell=tell)


class ShowSource(Read):
    """One source, also where it was corrected."""

    tag = "Statements and sources"
    shape = SourceRecord
    parameters = CLOCKS

    def answer(self, asked: Asked, *, id: int) -> SourceRecord:
        """The source of that id."""
        return sources.source(id, clocks=asked.clocks)
