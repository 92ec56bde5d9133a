"""A negotiation on paper: the brief of one page, and the handover.

Both are facts of a pin (`pins.py`): what they tell at a ledger number, on a day, by what was public
then, is the same for ever, to the byte of its JSON. So the rules of choice in `brief_*.py` are part
of the facts: who changes what these say raises FORM, and keeps the old form for the addresses that
name none.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from negotiations.queries.brief_ground import Ground, ground_of
from negotiations.queries.brief_notes import Endnotes, Room, brief_party, evidence
from negotiations.queries.brief_parts import (
    news_besides,
    overdue_and_next,
    told_date,
    told_news,
    told_owed,
    told_tie,
    told_words,
)
from negotiations.queries.brief_terms import Bargain, disputed, told_term
from negotiations.queries.brief_tracks import Place, places, told_track
from negotiations.queries.encoding import encode
from negotiations.queries.pins import Pin
from negotiations.queries.shapes import LinkageRecord, MilestoneRecord
from negotiations.queries.shapes.briefs import Brief, LeftOut
from negotiations.queries.shapes.handovers import Handover

FORM = 1
# Of parts that one of them alone has.
_NEWS, _WORDS, _OWED = 3, 6, 8
C = TypeVar("C", Place, Bargain)
R = TypeVar("R")


def brief(negotiation: str, *, pin: Pin) -> Brief:
    """The brief of one page at this pin.

    Headline tracks come first, then those with the newest reading, as far as there are endnotes for
    all that is claimed; figures in dispute, dates and ties have their share. `left_out` counts the
    rest. Refuses `not_found`.
    """
    ground = ground_of(negotiation, pin=pin)
    everywhere = places(ground)
    telling = [one for one in everywhere if one.evidence or one.track.headline]
    parts = _choose(ground, telling, _ON_A_PAGE)
    news = news_besides(ground, parts.told)
    shown = _cited(news, parts.room, most=_NEWS)
    notes = Endnotes()
    agreements = Counter(one.verdict.agreement for one in everywhere)
    return Brief(
        **_stamp(ground, "brief"),
        contested=agreements["contested"],
        one_sided=agreements["one_sided"],
        concordant=agreements["concordant"],
        unknown=agreements["unknown"],
        **parts.told_by(notes, ground),
        news=tuple(told_news(one, notes) for one in shown),
        left_out=parts.left_out(
            tracks=len(everywhere) - len(parts.tracks), news=len(news) - len(shown)
        ),
        notes=notes.told(),
    )


def handover(negotiation: str, *, pin: Pin) -> Handover:
    """The handover at this pin, for at most two pages. Refuses `not_found`."""
    ground = ground_of(negotiation, pin=pin, words=_WORDS, owed=_OWED)
    apart = [one for one in places(ground) if one.apart]
    parts = _choose(ground, apart, _ON_TWO)
    notes = Endnotes()
    owed = [ground.records.statement[pk] for pk in ground.found.owed]
    return Handover(
        **_stamp(ground, "handover"),
        **parts.told_by(notes, ground),
        last_words=told_words(ground, notes, most=_WORDS),
        owed=tuple(told_owed(one, notes) for one in owed),
        left_out=parts.left_out(
            tracks=len(apart) - len(parts.tracks), owed=ground.found.owed_in_all - len(owed)
        ),
        notes=notes.told(),
    )


def fingerprint(told: Brief | Handover) -> str:
    """SHA-256, in hexadecimal, of the bytes that the API answers with at its permanent address."""
    return hashlib.sha256(encode(told)).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Most:
    """How many of each part there may be, and endnotes in all; `left` are those that tracks leave
    to the other parts, then terms to dates and ties.
    """

    notes: int
    tracks: int
    terms: int
    ties: int
    overdue: int
    dates: int
    left: tuple[int, int]


# What one page holds, and two, whatever the record.
_ON_A_PAGE = _Most(notes=16, tracks=6, terms=3, ties=2, overdue=1, dates=3, left=(8, 4))
_ON_TWO = _Most(notes=24, tracks=6, terms=4, ties=3, overdue=2, dates=4, left=(8, 8))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What was chosen of the parts that a brief and a handover have in common."""

    room: Room
    tracks: list[Place]
    terms: list[Bargain]
    overdue: list[MilestoneRecord]
    dates: list[MilestoneRecord]
    ties: list[LinkageRecord]
    beside: LeftOut

    @property
    def told(self) -> set[tuple[str, int]]:
        """The rows that stand in them, by noun and id."""
        return {
            *(("status_change", pk) for one in self.tracks for pk in one.rows),
            *(("position", row.id) for one in self.terms for row in one.positions),
            *(("milestone", row.id) for row in (*self.overdue, *self.dates)),
        }

    def told_by(self, notes: Endnotes, ground: Ground) -> dict[str, Any]:
        """The parts by name, with their endnotes in the order of the page."""
        return {
            "tracks": tuple(told_track(one, notes, ground=ground) for one in self.tracks),
            "terms": tuple(told_term(one, notes) for one in self.terms),
            "ties": tuple(told_tie(one, notes) for one in self.ties),
            "dates": (
                *(told_date(one, notes, overdue=True) for one in self.overdue),
                *(told_date(one, notes, overdue=False) for one in self.dates),
            ),
        }

    def left_out(self, **others: int) -> LeftOut:
        """How many had no room, with those of other parts."""
        return replace(self.beside, **others)


def _choose(ground: Ground, wanted: list[Place], most: _Most) -> _Parts:
    room = Room(most.notes)
    bargains = disputed(ground)
    tracks = _chosen(wanted, room, most=most.tracks, left=most.left[0])
    terms = _chosen(bargains, room, most=most.terms, left=most.left[1])
    passed, coming = overdue_and_next(ground)
    overdue = _cited(passed, room, most=most.overdue)
    dates = _cited(coming, room, most=most.dates)
    all_ties = [ground.records.linkage[pk] for pk in ground.found.ties]
    ties = _cited(all_ties, room, most=most.ties)
    beside = LeftOut(
        terms=len(bargains) - len(terms),
        ties=len(all_ties) - len(ties),
        overdue=len(passed) - len(overdue),
        dates=len(coming) - len(dates),
    )
    return _Parts(
        room=room, tracks=tracks, terms=terms, overdue=overdue, dates=dates, ties=ties,
        beside=beside,
    )  # fmt: skip


def _chosen(found: list[C], room: Room, *, most: int, left: int) -> list[C]:
    """The first `most` whose evidence all finds room, with so many endnotes left for others."""
    chosen: list[C] = []
    for one in found:
        if len(chosen) < most and room.take(one.evidence, least_left=left):
            chosen.append(one)
    return chosen


def _cited(found: list[R], room: Room, *, most: int) -> list[R]:
    chosen: list[R] = []
    for one in found:
        if len(chosen) < most and room.take([evidence(one)]):
            chosen.append(one)
    return chosen


def _stamp(ground: Ground, page: str) -> dict[str, Any]:
    pin, whole = ground.pin, ground.whole
    clocks = pin.clocks
    known_by = clocks.known_at or clocks.known_by
    return {
        "form": FORM,
        "address": f"/{whole.slug}/{page}/{pin.number}/?{_query(clocks.on, known_by)}",
        "negotiation": whole.slug,
        "title_en": whole.title_en,
        "title_ko": whole.title_ko,
        "parties": tuple(brief_party(ground.parties[pk]) for pk in whole.party_ids),
        "on": clocks.on,
        "known_by": known_by,
        "as_of": clocks.as_of,
        "ledger_number": pin.number,
        "ledger_hash": pin.hash,
        "last_said_on": ground.found.last_said_on,
    }


def _query(on: date, known_by: date | datetime) -> str:
    return urlencode({"on": on.isoformat(), "known_by": known_by.isoformat()})
