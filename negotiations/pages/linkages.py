"""What holds what up: the ties between tracks as sentences and as a picture, with their cycles."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from negotiations.pages.boards import long_ago
from negotiations.pages.narrowing import choice, of_parties, of_tracks
from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.pages.webs import web_picture
from negotiations.queries import linkages as query
from negotiations.queries.healths import healths_of
from negotiations.queries.shapes import Cycle, LinkageRecord, Linkages, PartyRef, Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldWait:
    """A step of a cycle with the words that it rests on."""

    wait: Wait
    linkages: tuple[LinkageRecord, ...]


@page(
    "linkages/linkages.html",
    twin="/api/v1/negotiations/{negotiation}/linkages/",
    takes=("track", "party"),
    twin_takes=("track", "party"),
)
def linkages(question: Question, *, negotiation: str) -> Context:
    """The ties of a negotiation; `track` and `party` (a code, or `desk`) narrow them."""
    track, party = question.parameter("track"), question.parameter("party")
    web = query.linkages_of(negotiation, clocks=question.clocks, track=track, party=party)
    return {
        "web": web,
        "negotiation": web.negotiation,
        "picture": web_picture(web),
        "healths": healths_of(web, clocks=question.clocks),
        "cycles": [told_cycle(cycle, web) for cycle in web.cycles],
        "last_said": long_ago(web.last_said_on, on=web.clocks.on),
        "narrowed": bool(track or party),
        "choices": (
            choice(question, "track", _("Track"), of_tracks(web.negotiation.tracks)),
            choice(
                question,
                "party",
                _("Whose word"),
                (*of_parties(voices(web)), ("desk", _("the desk’s reading"))),
            ),
        ),
    }


def voices(web: Linkages) -> tuple[PartyRef, ...]:
    """The parties of the negotiation, then whoever else speaks or is silent in what is shown."""
    found = {party.code: party for party in web.negotiation.parties}
    for tie in web.ties:
        spoken = (voice.party for voice in tie.voices if voice.party is not None)
        for party in (*spoken, *tie.silent):
            found.setdefault(party.code, party)
    return tuple(found.values())


def told_cycle(cycle: Cycle, web: Linkages) -> tuple[ToldWait, ...]:
    """The steps of a cycle, each with the words that say so, as far as these are shown."""
    rows = {voice.latest.id: voice.latest for tie in web.ties for voice in tie.voices}
    return tuple(
        ToldWait(wait=wait, linkages=tuple(rows[pk] for pk in wait.linkages if pk in rows))
        for wait in cycle.waits
    )
