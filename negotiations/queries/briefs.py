"""A negotiation on paper: the brief of one page, and the handover.

Both are facts of a pin (`pins.py`): what they tell at a ledger number, on a day, by what was public
then, is the same for ever, to the byte of its JSON. So the rules of choice in `brief_*.py` are part
of the facts: who changes what these say raises FORM, and keeps the old form for the addresses that
name none.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, datetime
from typing import Any
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
from negotiations.queries.shapes.briefs import Brief, Handover, LeftOut

FORM = 1
# What one page holds (of endnotes in all, then of each part), whatever the record.
_NOTES = 16
_TRACKS, _TERMS, _TIES, _OVERDUE, _DATES, _NEWS = 6, 3, 2, 1, 3, 3
# Endnotes that tracks leave to figures and the rest, and these to dates.
_LEFT_BY_TRACKS, _LEFT_BY_TERMS = 8, 4
# And two.
_H_NOTES = 28
_H_TRACKS, _H_TERMS, _H_TIES, _H_OVERDUE, _H_DATES, _H_WORDS, _H_OWED = 7, 5, 4, 3, 4, 7, 10
_H_LEFT = 8


def brief(negotiation: str, *, pin: Pin) -> Brief:
    """The brief of one page at this pin.

    Headline tracks come first, then those with the newest reading, as far as there are endnotes for
    all that is claimed; figures in dispute, dates and ties have their share. `left_out` counts the
    rest. Refuses `not_found`.
    """
    ground = ground_of(negotiation, pin=pin, words=False)
    room, notes = Room(_NOTES), Endnotes()
    everywhere, bargains = places(ground), disputed(ground)
    telling = [one for one in everywhere if one.evidence or one.track.headline]
    tracks = _chosen(telling, room, most=_TRACKS, left=_LEFT_BY_TRACKS)
    terms = _chosen(bargains, room, most=_TERMS, left=_LEFT_BY_TERMS)
    passed, coming = overdue_and_next(ground)
    overdue = _cited(passed, room, most=_OVERDUE)
    dates = _cited(coming, room, most=_DATES)
    all_ties = [ground.records.linkage[pk] for pk in ground.ties]
    ties = _cited(all_ties, room, most=_TIES)
    told = _told(tracks, terms, [*overdue, *dates])
    all_news = news_besides(ground, told)
    news = _cited(all_news, room, most=_NEWS)
    agreements = Counter(one.verdict.agreement for one in everywhere)
    return Brief(
        **_stamp(ground, "brief"),
        **{word: agreements[word] for word in ("contested", "one_sided", "concordant", "unknown")},
        tracks=tuple(told_track(one, notes, ground=ground) for one in tracks),
        terms=tuple(told_term(one, notes) for one in terms),
        ties=tuple(told_tie(one, notes) for one in ties),
        dates=(
            *(told_date(one, notes, overdue=True) for one in overdue),
            *(told_date(one, notes, overdue=False) for one in dates),
        ),
        news=tuple(told_news(one, notes) for one in news),
        left_out=LeftOut(
            tracks=len(everywhere) - len(tracks),
            terms=len(bargains) - len(terms),
            ties=len(all_ties) - len(ties),
            overdue=len(passed) - len(overdue),
            dates=len(coming) - len(dates),
            news=len(all_news) - len(news),
        ),
        notes=notes.told(),
    )


def handover(negotiation: str, *, pin: Pin) -> Handover:
    """The handover at this pin: at most two pages. Refuses `not_found`."""
    ground = ground_of(negotiation, pin=pin, words=True, owed=_H_OWED, tracks=_H_WORDS)
    room, notes = Room(_H_NOTES), Endnotes()
    apart = [one for one in places(ground) if one.apart]
    bargains = disputed(ground)
    tracks = _chosen(apart, room, most=_H_TRACKS, left=_H_LEFT)
    terms = _chosen(bargains, room, most=_H_TERMS, left=_H_LEFT)
    passed, coming = overdue_and_next(ground)
    overdue = _cited(passed, room, most=_H_OVERDUE)
    dates = _cited(coming, room, most=_H_DATES)
    all_ties = [ground.records.linkage[pk] for pk in ground.ties]
    ties = _cited(all_ties, room, most=_H_TIES)
    # Their share of the endnotes is bounded by how many there may be.
    owed = [ground.records.statement[pk] for pk in ground.owed]
    return Handover(
        **_stamp(ground, "handover"),
        tracks=tuple(told_track(one, notes, ground=ground) for one in tracks),
        terms=tuple(told_term(one, notes) for one in terms),
        ties=tuple(told_tie(one, notes) for one in ties),
        dates=(
            *(told_date(one, notes, overdue=True) for one in overdue),
            *(told_date(one, notes, overdue=False) for one in dates),
        ),
        last_words=told_words(ground, notes, most=_H_WORDS),
        owed=tuple(told_owed(one, notes) for one in owed),
        left_out=LeftOut(
            tracks=len(apart) - len(tracks),
            terms=len(bargains) - len(terms),
            ties=len(all_ties) - len(ties),
            overdue=len(passed) - len(overdue),
            dates=len(coming) - len(dates),
            owed=ground.owed_in_all - len(owed),
        ),
        notes=notes.told(),
    )


def fingerprint(told: Brief | Handover) -> str:
    """SHA-256, in hexadecimal, of the bytes that the API answers with at its permanent address."""
    return hashlib.sha256(encode(told)).hexdigest()


def _chosen(found: list[Any], room: Room, *, most: int, left: int) -> list[Any]:
    """The first `most` whose evidence all finds room, with so many endnotes left for others."""
    chosen: list[Any] = []
    for one in found:
        if len(chosen) < most and room.take(one.evidence, least_left=left):
            chosen.append(one)
    return chosen


def _cited(found: list[Any], room: Room, *, most: int) -> list[Any]:
    chosen: list[Any] = []
    for one in found:
        if len(chosen) < most and room.take([evidence(one)]):
            chosen.append(one)
    return chosen


def _told(tracks: list[Place], terms: list[Bargain], dates: list[Any]) -> set[tuple[str, int]]:
    """The rows that stand in the brief, by noun and id."""
    return {
        *(("status_change", pk) for one in tracks for pk in one.rows),
        *(("position", row.id) for one in terms for row in one.positions),
        *(("milestone", row.id) for row in dates),
    }


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
        "last_said_on": ground.last_said_on,
    }


def _query(on: date, known_by: date | datetime) -> str:
    return urlencode({"on": on.isoformat(), "known_by": known_by.isoformat()})
