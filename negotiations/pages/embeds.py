"""What other sites show in a frame: a board, a track, a statement; without a script."""

from __future__ import annotations

import functools
from typing import cast

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

from negotiations.pages.boards import groups
from negotiations.pages.page import Context, View, page
from negotiations.pages.questions import Question
from negotiations.queries import boards, negotiations, statements, tracks
from negotiations.queries.layouts import layout

# A refusal stands in the frame as well, and asks for no more than what is shown there.
_REFUSAL = "embeds/refusal.html"


def framed_by_anybody(view: View) -> View:
    """The view's answers may stand in frames of other sites; nothing in them acts."""

    @functools.wraps(view)
    def shown(request: HttpRequest, **named: object) -> HttpResponse:
        response = view(request, **named)
        response.headers[HEADER] = _policy()
        return response

    return cast(View, xframe_options_exempt(shown))


@functools.cache
def _policy() -> str:
    return build_policy(replace={"frame-ancestors": ["*"]})


@framed_by_anybody
@page("embeds/board.html", twin="/api/v1/negotiations/{negotiation}/board/", refusal=_REFUSAL)
def board(question: Question, *, negotiation: str) -> Context:
    """Where the tracks that lead a negotiation stand."""
    told = boards.board(layout(negotiation, clocks=question.clocks))
    return {"board": told, "groups": groups(told)}


@framed_by_anybody
@page(
    "embeds/track.html",
    twin="/api/v1/negotiations/{negotiation}/tracks/{track}/",
    refusal=_REFUSAL,
)
def track(question: Question, *, negotiation: str, track: str) -> Context:
    """Where one track stands, by whose word."""
    told = tracks.track(negotiation, track, clocks=question.clocks)
    whole = negotiations.negotiation(negotiation, clocks=question.clocks)
    return {"track": told, "negotiation": whole}


@framed_by_anybody
@page("embeds/statement.html", twin="/api/v1/statements/{id}/", refusal=_REFUSAL)
def statement(question: Question, *, id: int) -> Context:
    """One statement; where it was corrected or retracted, that."""
    told = statements.statement(id, clocks=question.clocks)
    return {"statement": told.statement}
