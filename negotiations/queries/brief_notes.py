"""Endnotes: which statement stands for a claim, and its number."""

from __future__ import annotations

from typing import Any

from negotiations.queries.shapes import PartyRef, StatementRecord
from negotiations.queries.shapes.briefs import BriefParty, Endnote


def evidence(row: Any) -> StatementRecord:
    """The statement that is cited for a row: the first that still stands and is quoted.

    Where none is quoted the first that stands, where none stands the first.
    """
    basis: tuple[StatementRecord, ...] = row.basis
    standing = [one for one in basis if not one.retracted and one.superseded_by is None] or basis
    return next((one for one in standing if one.quotation), standing[0])


class Endnotes:
    """The statements in the order in which they are cited first."""

    def __init__(self) -> None:
        """None yet."""
        self._numbers: dict[int, int] = {}
        self._cited: list[StatementRecord] = []

    def cite(self, *statements: StatementRecord) -> tuple[int, ...]:
        """The numbers of these."""
        for one in statements:
            if one.id not in self._numbers:
                self._cited.append(one)
                self._numbers[one.id] = len(self._cited)
        return tuple(self._numbers[one.id] for one in statements)

    def told(self) -> tuple[Endnote, ...]:
        """All of them, by number."""
        return tuple(_endnote(number, one) for number, one in enumerate(self._cited, start=1))


def brief_party(party: PartyRef) -> BriefParty:
    """A party as briefs name it."""
    return BriefParty(
        code=party.code,
        name_en=party.name_en,
        name_ko=party.name_ko,
        capital_en=party.capital_en,
        capital_ko=party.capital_ko,
    )


def _endnote(number: int, said: StatementRecord) -> Endnote:
    source = said.source
    return Endnote(
        number=number,
        statement=said.id,
        address=f"/statements/{said.id}/",
        speaker=said.speaker,
        said_on=said.said_on,
        zone=said.zone,
        place_en=said.place_en,
        place_ko=said.place_ko,
        statement_kind=said.kind,
        quotation=said.quotation,
        paraphrase_en=said.paraphrase_en,
        paraphrase_ko=said.paraphrase_ko,
        language=said.language,
        source=source.id,
        source_title=source.title,
        source_url=source.url,
        source_language=source.language,
        source_published_on=source.published_on,
        publisher=source.publisher.slug,
        publisher_en=source.publisher.name_en,
        publisher_ko=source.publisher.name_ko,
        reliability=source.publisher.reliability,
        credibility=said.credibility,
    )
