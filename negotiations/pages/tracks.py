"""A track: where it stands and on what evidence, who says what, and how it came there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from negotiations.pages import citing
from negotiations.pages.boards import long_ago
from negotiations.pages.ladders import ladder
from negotiations.pages.nouns import TIMELINE
from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.pages.sharing import share_track
from negotiations.pages.terms import term_rows
from negotiations.pages.wording import said
from negotiations.queries import negotiations, tracks
from negotiations.queries.healths import healths_of
from negotiations.queries.shapes import NegotiationSummary, PartyRef, TrackDetail, TrackRef
from negotiations.refusals import Refusal

PAGE_LENGTH = 30


@page(
    "tracks/track.html",
    twin="/api/v1/negotiations/{negotiation}/tracks/{track}/",
    takes=("kind", "cursor"),
)
def track(question: Question, *, negotiation: str, track: str) -> Context:
    """One track; `kind` narrows its timeline, `cursor` turns the timeline's pages."""
    kind = _kind(question)
    told, timeline = tracks.track_and_timeline(
        negotiation,
        track,
        clocks=question.clocks,
        kinds=(kind,) if kind else (),
        limit=PAGE_LENGTH,
        cursor=question.parameter("cursor"),
    )
    whole = negotiations.negotiation(negotiation, clocks=question.clocks)
    return {
        "track": told,
        "negotiation": whole,
        "parent": parent(told, whole),
        "ladder": ladder(procedure=told.procedure, stage=told.stage),
        "parties": term_parties(told),
        "term_rows": term_rows(told.terms, term_parties(told)),
        "heard": capitals(told, silent=False),
        "silent": capitals(told, silent=True),
        "last_said": long_ago(told.last_said_on, on=told.clocks.on),
        "timeline": timeline,
        "healths": healths_of(told, timeline.results, clocks=question.clocks),
        "kind": kind,
        "kinds": TIMELINE,
        "older": bool(question.parameter("cursor")),
        "shared": share_track(question, told, whole),
        "cited": citing.of_track(question, told, whole),
    }


def _kind(question: Question) -> str | None:
    kind = question.parameter("kind")
    if kind is not None and kind not in TIMELINE:
        why = _("it is one of {words}").format(words=", ".join(TIMELINE))
        raise Refusal("bad_parameter", at="kind", name="kind", why=why)
    return kind


def parent(track: TrackDetail, negotiation: NegotiationSummary) -> TrackRef | None:
    """The track above this one."""
    return next((ref for ref in negotiation.tracks if ref.slug == track.parent), None)


def capitals(track: TrackDetail, *, silent: bool) -> str:
    """The capitals of the parties that are silent on the track, or of those that are not."""
    parties = (r.party for r in track.readings if (r.latest is None) is silent)
    return ", ".join(said(party, "capital") for party in parties)


def term_parties(track: TrackDetail) -> tuple[PartyRef, ...]:
    """The parties of the track, then whoever else has stated a position."""
    parties = {reading.party.code: reading.party for reading in track.readings}
    for term in track.terms:
        for position in term.positions:
            parties.setdefault(position.according_to.code, position.according_to)
    return tuple(parties.values())
