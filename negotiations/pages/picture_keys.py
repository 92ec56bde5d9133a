"""What stands below a picture that is taken away: every mark that is drawn in it, in words.

The page has a key of its own beside it; a file must explain itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from negotiations.pages.lettering import length
from negotiations.pages.sheets import LETTER
from negotiations.pages.swimlanes import Picture
from negotiations.pages.wording import label
from negotiations.vocabulary import Outcome

ROW = 24
_BESIDE, _APART = 7, 24
# How wide the mark of each entry is; outcomes are as wide as their sign.
_WIDE = {"ticks": 16, "moves": 20, "ties": 62, "slip": 36}
_BOX, _SIGN = 30, 13


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMark:
    """A mark, by the name under which the template draws it, and its words; its place."""

    name: str
    outcome: str
    words: str
    x: float
    y: int
    words_x: float


def key_of(picture: Picture | None, *, room: float) -> tuple[KeyMark, ...]:
    """The marks in rows of that width, from 0 down; none for no picture."""
    placed: list[KeyMark] = []
    x, y = 0.0, 0
    for name, outcome, words in _marks(picture) if picture else ():
        wide = _SIGN if outcome else _WIDE.get(name, _BOX)
        whole = wide + _BESIDE + length(words, letter=LETTER)
        if placed and x + whole > room:
            x, y = 0.0, y + ROW
        at = round(x, 1)
        placed.append(
            KeyMark(name=name, outcome=outcome, words=words, x=at, y=y, words_x=at + wide + _BESIDE)
        )
        x += whole + _APART
    return tuple(placed)


def _marks(of: Picture) -> Iterator[tuple[str, str, str]]:
    """The name of each mark that is drawn, the outcome that it stands for, and its words."""
    hatches = {band.hatch for lane in of.lanes for band in lane.bands}
    yield "steps", "", _("a higher step is a later stage")
    if of.off_ladder:
        yield "off", "", _("off the ladder: suspended, lapsed, terminated or superseded")
    for momentum in ("stalled", "halted"):
        if momentum in hatches:
            yield momentum, "", label("momentum", momentum)
    if any(lane.silences for lane in of.lanes):
        yield "silent", "", _("silent for thirty days or more")
    if any(lane.strokes for lane in of.lanes):
        yield "ticks", "", of.ticks_in_words
    if of.moves:
        yield "moves", "", _("changed on one day; solid: by the same words")
    if of.ties:
        yield "ties", "", of.ties_in_words
    if of.break_x:
        yield "break", "", _("a quiet stretch, shortened")
    yield from _dates(of)


def _dates(of: Picture) -> Iterator[tuple[str, str, str]]:
    drawn = [date for lane in of.lanes for date in lane.milestones]
    outcomes = {one.milestone.outcome for one in drawn if not one.slip}
    for outcome in Outcome:
        if outcome in outcomes:
            yield "outcome", outcome.value, label("outcome", outcome.value)
    if any(one.slip for one in drawn):
        yield "slip", "", _("an earlier date of a milestone")
