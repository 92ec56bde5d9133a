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

from negotiations.queries.brief_accounts import contradictions, contradictions_height
from negotiations.queries.brief_dates import dates, in_order, told_date
from negotiations.queries.brief_ground import Ground, ground_of
from negotiations.queries.brief_heights import (
    dates_part,
    named,
    names_height,
    news_part,
    owed_part,
    terms_part,
    ties_part,
    tracks_part,
    words_part,
)
from negotiations.queries.brief_notes import Endnotes, brief_party
from negotiations.queries.brief_parts import (
    heard,
    news_besides,
    told_news,
    told_owed,
    told_tie,
    told_words,
)
from negotiations.queries.brief_space import HALF, WHOLE, Part, Space, chosen
from negotiations.queries.brief_terms import disputed, told_term
from negotiations.queries.brief_tracks import Place, places, told_other, told_track
from negotiations.queries.encoding import encode
from negotiations.queries.pins import Pin
from negotiations.queries.shapes.briefs import Brief, LeftOut
from negotiations.queries.shapes.handovers import Handover

FORM = 1
# Of parts that a handover alone has: tracks looked through, and statements that are owed.
_WORDS, _OWED = 24, 8
# Millimetres that one page, and two, leave to what is told and to its endnotes, and what a brief
# keeps for what is new.
_ONE_PAGE, _TWO_PAGES, _FOR_NEWS = 240.0, 530.0, 20.0
Chosen = dict[str, list[Any]]


def brief(negotiation: str, *, pin: Pin) -> Brief:
    """The brief of one page at this pin.

    Headline tracks come first, then those with the newest reading, as far as a page has room for
    them and for endnotes of all that is claimed; terms, dates and ties have their share.
    `left_out` counts the rest, and `others` names tracks of it with their stage: no reader should
    have to guess what is on the table. Refuses `not_found`.
    """
    ground = ground_of(negotiation, pin=pin)
    everywhere = places(ground)
    telling = [one for one in everywhere if one.evidence or one.track.headline]
    parts = _parts(ground, telling, measure=HALF, columns=2)
    # Headline tracks are mostly told in full; others that are give their names' room back to news.
    names = names_height([one for one in everywhere if not one.track.headline])
    apart = contradictions(ground)
    space = Space(_ONE_PAGE - names - contradictions_height(apart, HALF, 2))
    shown = chosen(parts, space, spare=_FOR_NEWS if ground.found.news else 0)
    others = _besides(everywhere, shown["tracks"])
    space.left += names - names_height(others)
    news = news_part(news_besides(ground, _told(shown)))
    shown |= chosen({"news": news}, space)
    notes = Endnotes()
    agreements = Counter(one.verdict.agreement for one in everywhere)
    return Brief(
        **_stamp(ground, "brief"),
        contested=agreements["contested"],
        one_sided=agreements["one_sided"],
        concordant=agreements["concordant"],
        unknown=agreements["unknown"],
        new=len(ground.found.news),
        **_common(shown, notes, ground),
        contradictions=apart,
        others=tuple(told_other(one, ground=ground) for one in named(others)),
        news=tuple(told_news(one, notes) for one in shown["news"]),
        left_out=_left_out({**parts, "news": news}, shown, tracks=len(others)),
        notes=notes.told(pin=pin),
    )


def handover(negotiation: str, *, pin: Pin) -> Handover:
    """The handover at this pin, for at most two pages. Refuses `not_found`."""
    ground = ground_of(negotiation, pin=pin, words=_WORDS, owed=_OWED)
    tracks = [one for one in places(ground) if one.apart]
    owing = [ground.records.statement[pk] for pk in ground.found.owed]
    parts = {
        "words": words_part(heard(ground), share=0.36),
        **_parts(ground, tracks, measure=WHOLE, columns=1),
        "owed": owed_part(owing, share=0.11),
    }
    apart = contradictions(ground)
    shown = chosen(parts, Space(_TWO_PAGES - contradictions_height(apart, WHOLE, 1)))
    notes = Endnotes()
    return Handover(
        **_stamp(ground, "handover"),
        **_common(shown, notes, ground),
        contradictions=apart,
        last_words=tuple(told_words(one, notes, ground=ground) for one in shown["words"]),
        owed=tuple(told_owed(one, notes) for one in shown["owed"]),
        left_out=_left_out(parts, shown, owed=ground.found.owed_in_all - len(shown["owed"])),
        notes=notes.told(pin=pin),
    )


def fingerprint(told: Brief | Handover) -> str:
    """SHA-256, in hexadecimal, of the bytes that the API answers with at its permanent address."""
    return hashlib.sha256(encode(told)).hexdigest()


def _parts(ground: Ground, tracks: list[Place], *, measure: int, columns: int) -> dict[str, Part]:
    """What a brief and a handover have in common; all but tracks stand in so many columns."""
    ties = [ground.records.linkage[pk] for pk in ground.found.ties]
    return {
        "tracks": tracks_part(tracks, share=0.38 if columns == 2 else 0.24),
        "terms": terms_part(
            disputed(ground), measure, columns, share=0.2 if columns == 2 else 0.13
        ),
        "dates": dates_part(dates(ground), measure, columns, share=0.2 if columns == 2 else 0.08),
        "ties": ties_part(ties, measure, columns, share=0.1 if columns == 2 else 0.06),
    }


def _besides(everywhere: list[Place], told: list[Place]) -> list[Place]:
    ids = {one.track.pk for one in told}
    return [one for one in everywhere if one.track.pk not in ids]


def _told(shown: Chosen) -> set[tuple[str, int]]:
    """The rows that are told, by noun and id."""
    return {
        *(("status_change", pk) for one in shown["tracks"] for pk in one.rows),
        *(("position", row.id) for one in shown["terms"] for row in one.positions),
        *(("milestone", row.id) for one in shown["dates"] for row in one.rows),
    }


def _common(shown: Chosen, notes: Endnotes, ground: Ground) -> dict[str, Any]:
    """The parts by name, in the order of the page, which is that of the endnotes."""
    return {
        "tracks": tuple(told_track(one, notes, ground=ground) for one in shown["tracks"]),
        "terms": tuple(told_term(one, notes) for one in shown["terms"]),
        "dates": tuple(told_date(one, notes) for one in in_order(shown["dates"])),
        "ties": tuple(told_tie(one, notes) for one in shown["ties"]),
    }


def _left_out(parts: dict[str, Part], shown: Chosen, **others: int) -> LeftOut:
    """How many of each had no room."""
    counts = {name: len(part.wanted) - len(shown[name]) for name, part in parts.items()}
    return LeftOut(**{**counts, **others})


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
