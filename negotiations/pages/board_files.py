"""What a board is taken away as: the picture as SVG and PNG, what it shows as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from negotiations.cells import table
from negotiations.pages.board_rows import COLUMNS, rows
from negotiations.pages.drawings import TAKES, Drawing, drawing, permanent
from negotiations.pages.frames import language_now
from negotiations.pages.hints import day_words
from negotiations.pages.lettering import in_lines
from negotiations.pages.looks import with_looks
from negotiations.pages.page import file
from negotiations.pages.picture_keys import KeyMark, key_of
from negotiations.pages.questions import Question
from negotiations.pages.sheets import HEAD, LETTER, PITCH, WIDTH
from negotiations.pages.swimlanes import DrawnLane
from negotiations.pages.wording import said
from negotiations.queries.layouts import layout
from negotiations.queries.shapes import NegotiationSummary
from negotiations.typesetting import png

# Around the picture, its names beside it, the title above it, key and source below it.
_EDGE, _NAMES, _TITLE = 24, 226, 84
_KEY, _SOURCE, _FOOT = 30, 26, 36
_TITLE_LINE, _HEARD_LINE = 16, 13
# Bold letters and small ones against those of lane labels.
_BOLD, _SMALL = 1.16, 0.92


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A lane's name in a file: its lines with their places, and who is silent below."""

    lines: tuple[tuple[float, str], ...]
    heard: tuple[tuple[float, str], ...]
    x: int
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The picture with what stands around it: all that `board.svg` is written of."""

    title: str
    under: str
    source: tuple[str, ...]
    names: tuple[Name, ...]
    width: int
    height: int
    left: int
    top: int
    key: tuple[KeyMark, ...]
    key_top: int
    source_top: int


@file("image/svg+xml", takes=TAKES, name="{negotiation}.svg")
def board_svg(question: Question, *, negotiation: str) -> bytes:
    """The picture, which needs nothing around it."""
    return _draw(question, negotiation)[0].encode()


@file("image/png", takes=TAKES, name="{negotiation}.png", limited=True)
def board_png(question: Question, *, negotiation: str) -> bytes:
    """The same as dots, two to a CSS pixel."""
    drawn, sheet = _draw(question, negotiation)
    return png(drawn, width=sheet.width, height=sheet.height, aside=question.aside)


@file("text/csv; charset=utf-8", takes=TAKES, name="{negotiation}.csv")
def board_csv(question: Question, *, negotiation: str) -> bytes:
    """What the picture shows, a row each; UTF-8 with a mark, as spreadsheets want it."""
    laid = layout(negotiation, clocks=question.clocks)
    told = rows(drawing(question, laid))
    return table(COLUMNS, ([row.get(name) for name in COLUMNS] for row in told))


def _draw(question: Question, negotiation: str) -> tuple[str, Sheet]:
    laid = layout(negotiation, clocks=question.clocks)
    shown = drawing(question, laid, root=question.root)
    sheet = _sheet(laid.negotiation, shown, question)
    context = {"of": shown.picture, "sheet": sheet, "language": language_now()}
    return with_looks(render_to_string("board.svg", context)), sheet


def _sheet(whole: NegotiationSummary, shown: Drawing, question: Question) -> Sheet:
    lanes = shown.picture.lanes if shown.picture else ()
    clocks = shown.lanes.clocks
    number = _("Ledger number %(number)s") % {"number": shown.lanes.ledger_number}
    as_of = clocks.as_of.isoformat(timespec="seconds")
    width = 2 * _EDGE + _NAMES + WIDTH
    key = key_of(shown.picture, room=width - 2 * _EDGE)
    key_top = _TITLE + HEAD + PITCH * max(len(lanes), 1) + _KEY
    source_top = key_top + max((mark.y for mark in key), default=0) + _SOURCE
    clock = f"on={clocks.on} · known_by={clocks.known_by} · as_of={as_of}"
    return Sheet(
        title=said(whole, "title"),
        under=" · ".join(_under(shown)),
        source=(
            f"Parley · {number} · {clock}",
            permanent(question, negotiation=whole.slug),
        ),
        names=tuple(_name(lane) for lane in lanes),
        width=width,
        height=source_top + _FOOT,
        left=_EDGE + _NAMES,
        top=_TITLE,
        key=key,
        key_top=key_top,
        source_top=source_top,
    )


def _under(shown: Drawing) -> Iterator[str]:
    """What the title is said of: whose readings, of which day, in which period."""
    lanes = shown.lanes
    if lanes.according_to:
        yield _("Stages over time, according to %(who)s") % {
            "who": said(lanes.according_to, "capital")
        }
    else:
        yield _("Stages over time, by the desk’s reading")
    yield day_words(lanes.clocks.on)
    if lanes.since or lanes.until:
        yield "–".join(day_words(day) if day else "…" for day in (lanes.since, lanes.until))


def _name(lane: DrawnLane) -> Name:
    indent = 12 * min(lane.depth, 2)
    room = _NAMES - 14 - indent
    leads = lane.depth == 0
    title = in_lines(
        said(lane.track, "title"), room / (_BOLD if leads else 1.1), most=2, letter=LETTER
    )
    told = f"{_('Last heard')}: {' · '.join(lane.heard)}"
    # A name of one line leaves room for three parties, one under the other.
    most = 3 if len(title) == 1 else 2
    heard = in_lines(told, room / _SMALL, most=most, letter=LETTER) if lane.heard else []
    tall = _TITLE_LINE * len(title) + _HEARD_LINE * len(heard)
    y = lane.top + (PITCH - tall) / 2 + 12
    below = y + _TITLE_LINE * len(title) - 2
    return Name(
        lines=tuple((y + _TITLE_LINE * n, line) for n, line in enumerate(title)),
        heard=tuple((below + _HEARD_LINE * n, line) for n, line in enumerate(heard)),
        x=_EDGE + indent,
        leads=leads,
    )
