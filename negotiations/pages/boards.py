"""The board of a negotiation: where every track stands, by whose word, and how it came there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from negotiations.pages import citing
from negotiations.pages.drawings import TAKES, drawing, files
from negotiations.pages.page import Context, page
from negotiations.pages.periods import periods
from negotiations.pages.questions import Question
from negotiations.pages.sharing import share_board
from negotiations.queries import boards
from negotiations.queries.layouts import layout
from negotiations.queries.shapes import Board, BoardRow, Lanes, PartyRef

# After so many quiet days readers are told that the record ends earlier.
_LONG = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A track that stands by itself, and those that hang below it."""

    headline: bool
    rows: tuple[BoardRow, ...]


@page("board.html", twin="/api/v1/negotiations/{negotiation}/board/", takes=TAKES)
def board(question: Question, *, negotiation: str) -> Context:
    """One negotiation: the board, then the picture over time with its table."""
    laid = layout(negotiation, clocks=question.clocks)
    told = boards.board(laid)
    shown = drawing(question, laid)
    return {
        "board": told,
        "groups": groups(told),
        "last_said": last_said(told),
        "shared": share_board(question, told),
        "cited": citing.of_board(question, told.negotiation, number=told.ledger_number),
        "picture": shown.picture,
        "periods": periods(shown.lanes),
        "readers": _readers(shown.lanes),
        "reader": shown.lanes.according_to,
        "files": files(question, negotiation=negotiation),
    }


def _readers(lanes: Lanes) -> list[PartyRef]:
    """The parties of any of the tracks, in the order in which they come."""
    words = (word.party for lane in lanes.lanes for word in lane.last_words)
    return list({party.code: party for party in words}.values())


def groups(board: Board) -> tuple[Group, ...]:
    """The rows of a board by their topmost track, in the board's order."""
    found: list[list[BoardRow]] = []
    for row in board.rows:
        if row.depth == 0 or not found:
            found.append([])
        found[-1].append(row)
    return tuple(Group(headline=rows[0].state.headline, rows=tuple(rows)) for rows in found)


def last_said(board: Board) -> date | None:
    """The day of the last statement, when that is long before the day asked about; else None.

    A reader of today's board is then told where the record ends, and can go there.
    """
    days = (row.last_said_on for row in board.rows if row.last_said_on)
    return long_ago(max(days, default=None), on=board.clocks.on)


def long_ago(day: date | None, *, on: date) -> date | None:
    """The day, when it is long before the day asked about; else None."""
    return day if day and on - day > _LONG else None
