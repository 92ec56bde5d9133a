"""The documents that statements stand in."""

from __future__ import annotations

from negotiations.api.asking import Asked
from negotiations.api.filters import CLOCKS, LANGUAGE_OF_SOURCE, PAGING, PUBLISHER
from negotiations.api.reading import Read
from negotiations.queries import evidence, sources
from negotiations.queries.pieces import tell
from negotiations.queries.shapes import Page, SourceEvidence, SourceRecord


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


class ShowEvidence(Read):
    """How the page of a source was found again by night, and the SHA-256 of what is kept of it.

    `state` changes with an act of the ledger (`recheck_source`) alone: a night that found nothing
    wrong leaves no trace here. `passages` are those quoted in the record that have changed.
    """

    tag = "Statements and sources"
    shape = SourceEvidence
    parameters = CLOCKS

    def answer(self, asked: Asked, *, id: int) -> SourceEvidence:
        """Of the source of that id."""
        return evidence.source_evidence(id, clocks=asked.clocks)
