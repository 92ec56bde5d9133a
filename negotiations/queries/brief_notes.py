"""Endnotes: which statement stands for a claim, and its number; parties and tracks as named."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from negotiations.queries.pins import Pin
from negotiations.queries.shapes import PartyRef, StatementRecord, TrackRef
from negotiations.queries.shapes.briefs import BriefParty, Endnote
from negotiations.sql import fetch


def evidence(row: Any) -> StatementRecord:
    """The statement that is cited for a row: the first that still stands and is quoted.

    Where none is quoted the first that stands. Where none stands the first that was not retracted;
    where all were the first, and its endnote says so.
    """
    basis: tuple[StatementRecord, ...] = row.basis
    kept = [one for one in basis if not one.retracted] or basis
    standing = [one for one in kept if one.superseded_by is None] or kept
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

    def told(self, *, pin: Pin) -> tuple[Endnote, ...]:
        """All of them, by number; one SQL query."""
        letters = _letters({one.source.publisher.slug for one in self._cited}, pin=pin)
        return tuple(
            _endnote(number, one, reliability=letters.get(one.source.publisher.slug))
            for number, one in enumerate(self._cited, start=1)
        )


def brief_party(party: PartyRef) -> BriefParty:
    """A party as briefs name it."""
    return BriefParty(
        code=party.code,
        name_en=party.name_en,
        name_ko=party.name_ko,
        capital_en=party.capital_en,
        capital_ko=party.capital_ko,
    )


def by_slug(tracks: Iterable[TrackRef]) -> tuple[TrackRef, ...]:
    """Tracks in an order that stays, whatever place they are given."""
    return tuple(sorted(tracks, key=lambda one: (one.negotiation, one.slug)))


# A publisher is graded from a day on, which may lie in the past: what was graded after the act does
# not count. The ledger tells which.
_LETTERS = """
    SELECT DISTINCT ON (publisher.slug) publisher.slug, grade.reliability
    FROM negotiations_grade grade JOIN negotiations_publisher publisher
        ON publisher.id = grade.publisher_id AND publisher.slug = ANY(%(slugs)s::varchar[])
    WHERE grade.graded_on <= %(on)s AND NOT EXISTS (
        SELECT FROM negotiations_ledgerentry later
        WHERE later.public AND later.number > %(number)s AND later.verb = 'grade_publisher'
            AND later.payload ->> 'publisher' = publisher.slug
            AND later.payload ->> 'graded_on' = grade.graded_on::text)
    ORDER BY publisher.slug, grade.graded_on DESC
"""


def _letters(publishers: Collection[str], *, pin: Pin) -> dict[str, str]:
    """The letter of each of these publishers, by slug, as it was at the pin; none: not graded."""
    values = {"slugs": sorted(publishers), "on": pin.clocks.on, "number": pin.number}
    return dict(fetch(_LETTERS, values)) if publishers else {}


def _endnote(number: int, said: StatementRecord, *, reliability: str | None) -> Endnote:
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
        reliability=reliability,
        credibility=said.credibility,
        retracted=said.retracted,
        reported=said.reported,
    )
