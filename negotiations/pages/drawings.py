"""The picture over time as it is asked for, on the board and as files that are taken away."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from negotiations.pages.frames import address
from negotiations.pages.hints import Hints
from negotiations.pages.periods import read_day
from negotiations.pages.questions import Question
from negotiations.pages.swimlanes import Picture, picture, statement_ids
from negotiations.queries.layouts import Layout
from negotiations.queries.shapes import Lanes
from negotiations.queries.swimlanes import lanes_of, words_of

# What the board and its files are asked beside the clocks.
TAKES = ("party", "since", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is drawn, and of what; there is no picture of nothing."""

    lanes: Lanes
    hints: Hints
    picture: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The addresses of the same in other forms, and its permanent one."""

    svg: str
    png: str
    csv: str
    json: str
    permanent: str


def drawing(question: Question, laid: Layout, *, root: str = "") -> Drawing:
    """The picture that a question asks for, with `root` before its links.

    Refuses `bad_parameter`.
    """
    clocks = laid.clocks
    lanes = lanes_of(
        laid,
        party=question.parameter("party"),
        since=read_day(question, "since"),
        until=read_day(question, "until"),
    )
    hints = Hints(
        words=words_of(statement_ids(lanes), clocks=clocks),
        reader=lanes.according_to,
        on=clocks.on,
        query=question.clock_query,
        root=root,
    )
    return Drawing(
        lanes=lanes, hints=hints, picture=picture(lanes, hints, today=not question.given)
    )


def files(question: Question, *, negotiation: str) -> Files:
    """Where the files of a question are."""
    own = urlencode({name: text for name in TAKES if (text := question.parameter(name))})
    asked = _query(question.clock_query, own)
    lanes = f"/api/v1/negotiations/{negotiation}/lanes/"
    return Files(
        svg=_path("board_svg", negotiation) + asked,
        png=_path("board_png", negotiation) + asked,
        csv=_path("board_csv", negotiation) + asked,
        json=lanes + _query(question.twin_query, own),
        permanent=permanent(question, negotiation=negotiation),
    )


def permanent(question: Question, *, negotiation: str) -> str:
    """The address of a board under clocks that stand still."""
    own = urlencode({name: text for name in TAKES if (text := question.parameter(name))})
    here = address(question, "board", negotiation=negotiation)
    return here + _query(question.fixed_query, own)


def _path(name: str, negotiation: str) -> str:
    return reverse(f"pages:{name}", kwargs={"negotiation": negotiation})


def _query(*parts: str) -> str:
    query = "&".join(part for part in parts if part)
    return f"?{query}" if query else ""
