"""The front page: the negotiations on record, each with its board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from negotiations.pages.boards import Group, groups, last_said
from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.queries import boards, negotiations
from negotiations.queries.layouts import layouts
from negotiations.queries.shapes import Board

# As many boards as a reader takes in on one page; the others follow on the next.
_AT_ONCE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """One negotiation on the front page."""

    board: Board
    groups: tuple[Group, ...]
    last_said: date | None


@page("home.html", twin="/api/v1/negotiations/", takes=("cursor",))
def home(question: Question) -> Context:
    """All negotiations; the only one has its board in full, several show their headline tracks."""
    told = negotiations.slugs(
        clocks=question.clocks, limit=_AT_ONCE, cursor=question.parameter("cursor")
    )
    laid = layouts(told.results, clocks=question.clocks)
    fronts = [_front(board) for board in boards.boards(laid)]
    alone = len(fronts) == 1 and not told.next and not question.parameter("cursor")
    return {"fronts": fronts, "alone": alone, "next": told.next}


def _front(board: Board) -> Front:
    return Front(board=board, groups=groups(board), last_said=last_said(board))
