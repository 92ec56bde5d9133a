"""About how high each thing stands in a brief, without its endnotes, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import ceil
from typing import Any

from negotiations.queries.brief_dates import Dated
from negotiations.queries.brief_notes import evidence
from negotiations.queries.brief_parts import Heard, News
from negotiations.queries.brief_space import HALF, WHOLE, WIDE, Part, lines, title, widest
from negotiations.queries.brief_terms import Bargain
from negotiations.queries.brief_tracks import Place
from negotiations.queries.shapes import LinkageRecord, PositionRecord, StatementRecord

# About how wide a day with the number of an endnote is, and a mark.
_WHEN, _MARK = 18, 12
# About how wide a stage with its momentum is, and how many lines names of tracks have at most.
_STAGE, _NAMES = 26, 12


def tracks_part(wanted: Sequence[Place], *, share: float) -> Part:
    """Tracks, each with what the desk says beside its name, and below that what the parties say."""
    return Part(wanted=wanted, share=share, height=_track, cited=lambda one: one.evidence)


def named(others: Sequence[Place]) -> Sequence[Place]:
    """As many of these, in their order, as have room by name and stage."""
    ends = accumulate((_name(one) for one in others), initial=_MARK)
    return others[: sum(end <= _NAMES * WHOLE for end in ends) - 1]


def names_height(others: Sequence[Place]) -> float:
    """How high the names of these stand, as far as they have room; none: nothing."""
    told = named(others)
    return lines(_MARK + sum(map(_name, told)), WHOLE) if told else 0.0


def terms_part(wanted: Sequence[Bargain], measure: int, columns: int, *, share: float) -> Part:
    """Terms, each with its track, and below that what the parties say."""

    def height(one: Bargain) -> float:
        term = one.positions[0].term
        letters = title(term, "name") + title(term.track) + 18
        letters = ceil(letters / measure) * measure + sum(_position(row) for row in one.positions)
        return lines(letters + (28 if one.silent else 0), measure, columns)

    return Part(wanted=wanted, share=share, height=height, cited=lambda one: one.evidence)


def dates_part(wanted: Sequence[Dated], measure: int, columns: int, *, share: float) -> Part:
    """Dates, each with its title, its place, and how far it slipped."""

    def height(one: Dated) -> float:
        row = one.state.latest
        letters = widest(row, "title") + title(row, "place") + _WHEN + 8
        return lines(
            letters + (34 if one.slipped else 0) + (32 if one.overdue else 0), measure, columns
        )

    return Part(wanted=wanted, share=share, height=height, cited=lambda one: one.evidence)


def ties_part(wanted: Sequence[LinkageRecord], measure: int, columns: int, *, share: float) -> Part:
    """Ties, each a sentence."""

    def height(one: LinkageRecord) -> float:
        letters = title(one.from_track) + title(one.to_track) + 40 + _WHEN
        return lines(letters, measure, columns)

    return Part(wanted=wanted, share=share, height=height, cited=_evidence)


def news_part(wanted: Sequence[News]) -> Part:
    """What is new, in a column; it has all that is left."""
    return Part(
        wanted=wanted,
        share=1,
        height=lambda one: lines(_news(one) + 12 + _WHEN, HALF, 2),
        cited=_evidence,
    )


def words_part(wanted: Sequence[Heard], *, share: float) -> Part:
    """The last words on a track, each on lines of its own beside the track's name."""

    def height(one: Heard) -> float:
        return sum(lines(_said(said) if said else 20, WIDE) for _, said in one.words)

    return Part(
        wanted=wanted, share=share, height=height, cited=lambda one: one.evidence, words=False
    )


def owed_part(wanted: Sequence[StatementRecord], *, share: float) -> Part:
    """What is owed, each over the whole width."""
    return Part(
        wanted=wanted,
        share=share,
        height=lambda one: lines(_said(one) + 2 * _MARK, WHOLE),
        cited=lambda one: (one,),
        words=False,
    )


def _evidence(row: Any) -> tuple[StatementRecord, ...]:
    return (evidence(row),)


def _track(one: Place) -> float:
    desk = widest(one.desk, "headline") + _WHEN if one.desk else 40
    told = ceil(desk / WIDE) * WIDE
    if one.apart:
        told += sum(
            10 + (_MARK + _WHEN + widest(row, "headline") if row else 16) for _, row in one.voices
        )
    return max(lines(told, WIDE), lines(40, WIDE) * 1.6)


def _name(one: Place) -> int:
    return title(one.track) + _STAGE


def _position(row: PositionRecord) -> int:
    return 10 + (26 if row.amount is not None else widest(row, "text")) + _MARK + _WHEN


def _news(row: Any) -> int:
    if isinstance(row, PositionRecord):
        return title(row.term, "name") + _position(row)
    return widest(row, "headline" if hasattr(row, "headline_en") else "title") + _WHEN


def _said(said: StatementRecord) -> int:
    return 28 + _WHEN + max(widest(said, "paraphrase"), min(len(said.quotation or ""), 130))
