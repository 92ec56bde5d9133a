"""The pictures that other sites show beside a link to a negotiation or a track (Open Graph)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from negotiations.pages.dates import in_words
from negotiations.pages.frames import language_now
from negotiations.pages.ladders import ladder
from negotiations.pages.page import file
from negotiations.pages.questions import Question
from negotiations.pages.wording import label, said
from negotiations.queries import boards, negotiations, tracks
from negotiations.queries.layouts import layout
from negotiations.queries.shapes import TrackState
from negotiations.typesetting import image

# In dots; the size that the sites ask for (https://ogp.me/).
WIDTH, HEIGHT = 1200, 630
# More lines a picture of this size does not hold.
_MOST = 5
_TEMPLATE = Path(settings.BASE_DIR) / "templates/cards/card.typ"


@file("image/png", limited=True)
def board_card(question: Question, *, negotiation: str) -> bytes:
    """Where the tracks that lead a negotiation stand."""
    told = boards.board(layout(negotiation, clocks=question.clocks))
    states = [row.state for row in told.rows if row.state.headline or row.depth == 0]
    states.sort(key=lambda state: not state.headline)
    lines = [_line(state) for state in states[:_MOST]]
    parties = " · ".join(said(party, "name") for party in told.negotiation.parties)
    return _card(
        question,
        over=parties,
        title=said(told.negotiation, "title"),
        lines=lines,
        words="" if lines else _("No tracks yet"),
        number=told.ledger_number,
    )


@file("image/png", limited=True)
def track_card(question: Question, *, negotiation: str, track: str) -> bytes:
    """Where one track stands."""
    told = tracks.track(negotiation, track, clocks=question.clocks)
    whole = negotiations.negotiation(negotiation, clocks=question.clocks)
    return _card(
        question,
        over=said(whole, "title"),
        title=said(told, "title"),
        lines=[_line(told)],
        words=said(told, "headline"),
        number=told.ledger_number,
    )


def words_of(state: TrackState) -> tuple[str, str]:
    """Stage and momentum in words; the second is empty before there is a reading."""
    if state.stage is None or state.momentum is None:
        return _("No reading by the desk yet"), ""
    return label("stage", state.stage), label("momentum", state.momentum)


def _line(state: TrackState) -> dict[str, Any]:
    stage, momentum = words_of(state)
    found = ladder(procedure=state.procedure, stage=state.stage)
    rungs = [] if found.off else [rung.place for rung in found.rungs]
    return {
        "label": said(state, "title"),
        "stage": stage,
        "momentum": momentum,
        "agreement": label("agreement", state.agreement),
        "rungs": rungs,
    }


def _card(
    question: Question,
    *,
    over: str,
    title: str,
    lines: list[dict[str, Any]],
    number: int,
    words: str = "",
) -> bytes:
    language = language_now()
    day = in_words(question.clocks.on.isoformat(), language)
    data: Mapping[str, Any] = {
        "site": "Parley",
        "over": over,
        "title": title,
        "words": words,
        "lines": lines,
        "foot": _("As of {day} · ledger № {number}").format(day=day, number=number),
        "language": language,
    }
    return image(_TEMPLATE, data, aside=question.aside)
