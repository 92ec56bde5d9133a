"""A negotiation for who takes it over."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.queries.shapes.briefs import (
    BriefContradiction,
    BriefDate,
    BriefParty,
    BriefTerm,
    BriefTie,
    BriefTrack,
    Endnote,
    LeftOut,
    Stamped,
)
from negotiations.queries.shapes.refs import TrackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardWord:
    """What a party said last on a track, in its own voice; `notes` empty: nothing is at hand."""

    party: BriefParty
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWords:
    """What each party said last on a track."""

    track: TrackRef
    words: tuple[HeardWord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A promise or a demand on record, with no later word on its tracks that it was met.

    `by` gave it (or asks for it), `of` is whom it was said of, where that is on record.
    """

    statement_kind: str
    by: tuple[BriefParty, ...]
    of: tuple[BriefParty, ...]
    tracks: tuple[TrackRef, ...]
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover(Stamped):
    """What whoever takes over a negotiation needs: open questions, dates, last words, debts.

    `tracks` are those on which the parties are not at one.
    """

    tracks: tuple[BriefTrack, ...]
    contradictions: tuple[BriefContradiction, ...]
    terms: tuple[BriefTerm, ...]
    dates: tuple[BriefDate, ...]
    ties: tuple[BriefTie, ...]
    last_words: tuple[LastWords, ...]
    owed: tuple[Owed, ...]
    left_out: LeftOut
    notes: tuple[Endnote, ...]
