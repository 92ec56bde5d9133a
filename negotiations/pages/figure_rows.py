"""Figures over time as a table: RFC 4180 in UTF-8 with its mark, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from negotiations.cells import table
from negotiations.queries.shapes import (
    FigureLine,
    Figures,
    FigureStep,
    StatementRecord,
    TermFigures,
    TrackRef,
)


class _Row(NamedTuple):
    """One step with what it belongs to; `root` is the site's address."""

    track: TrackRef
    term: TermFigures
    line: FigureLine
    step: FigureStep
    root: str

    @property
    def said(self) -> StatementRecord:
        return self.step.position.basis[0]


_COLUMNS: dict[str, Callable[[_Row], object]] = {
    "track": lambda row: row.track.slug,
    "term": lambda row: row.term.slug,
    "name_en": lambda row: row.term.name_en,
    "name_ko": lambda row: row.term.name_ko,
    "unit": lambda row: row.term.unit,
    "party": lambda row: row.line.party.code,
    "legal": lambda row: row.line.legal,
    "amount": lambda row: row.step.position.amount,
    "amount_to": lambda row: row.step.position.amount_to,
    "text_en": lambda row: row.step.position.text_en,
    "text_ko": lambda row: row.step.position.text_ko,
    "qualifier": lambda row: row.step.position.qualifier,
    "standing": lambda row: row.step.position.standing,
    "effective_on": lambda row: row.step.position.effective_on,
    "since": lambda row: row.step.since,
    "until": lambda row: row.step.until,
    "known_on": lambda row: row.step.position.known_on,
    "thinly_sourced": lambda row: row.step.position.thinly_sourced,
    "speaker_en": lambda row: row.said.speaker.name_en,
    "speaker_ko": lambda row: row.said.speaker.name_ko,
    "publisher": lambda row: row.said.source.publisher.name_en,
    "source": lambda row: row.said.source.url,
    "statement": lambda row: f"{row.root}/statements/{row.said.id}/",
    "position": lambda row: row.step.position.id,
    "ledger_number": lambda row: row.step.position.ledger_number,
}


def as_csv(figures: Figures, *, root: str) -> bytes:
    """Every step as a row, in the order of the board; `root` is the site's address."""
    rows = _rows(figures, root=root)
    return table(_COLUMNS, ([read(row) for read in _COLUMNS.values()] for row in rows))


def _rows(figures: Figures, *, root: str) -> Iterator[_Row]:
    for one in figures.tracks:
        for term in one.terms:
            for line in term.lines:
                for step in line.steps:
                    yield _Row(one.track, term, line, step, root)
