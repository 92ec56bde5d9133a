"""What is drawn between lanes: ties at the dates of the words on them, and changes on one day.

A tie is a line with an arrow; one that is denied is crossed out, one that has ended is dashed, and
a word that two tracks are apart is a line that is broken in the middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from negotiations.pages.axes import Scale
from negotiations.pages.hints import Hint, Hints
from negotiations.pages.sheets import BASELINE, HEAD, PITCH, height_of
from negotiations.queries.shapes import Lane, Lanes, LinkageRecord, Move
from negotiations.queries.utterance_days import day_of
from negotiations.vocabulary import LinkageKind, LinkageStanding

# Ties that point nowhere: they hold in both directions.
_MUTUAL = frozenset({
    LinkageKind.PACKAGED_WITH, LinkageKind.TRADED_AGAINST, LinkageKind.DECOUPLED_FROM,
})  # fmt: skip
# Ties of one day, or of days close by, stand beside each other, so far apart at least.
_BESIDE, _APART, _FARTHEST = 7, 5, 6
# Lines pass behind the bands, and end above or below those of their own lanes.
_ABOVE, _BELOW = 4, 4
_BREAK, _CROSS = 7, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnConnector:
    """A word on a tie: the line, its ends and its cross as paths; `standing` is its shape."""

    linkage: LinkageRecord
    hint: Hint
    x: float
    start: float
    stop: float
    line: str
    ends: str
    standing: str
    mutual: bool

    @property
    def top(self) -> float:
        """Where its upper end is."""
        return min(self.start, self.stop)

    @property
    def height(self) -> float:
        """How long it is."""
        return abs(self.stop - self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMove:
    """Tracks that changed on one day: a line with a dot at each of them; `told` as a sentence.

    `same_words`: by one statement.
    """

    move: Move
    hint: Hint
    anchor: str
    told: str
    x: float
    line: str
    dots: tuple[float, ...]
    same_words: bool


def drawn_ties(lanes: Lanes, scale: Scale, hints: Hints) -> tuple[DrawnConnector, ...]:
    """The words on ties, at their dates."""
    places = _places(lanes)
    taken: list[float] = []
    found = []
    for linkage in lanes.linkages:
        day = _day(linkage, on=hints.on)
        if scale.shows(day):
            taken.append(_free(scale.x(day), taken))
            start, end = places[linkage.from_track.slug], places[linkage.to_track.slug]
            if start < end:
                ends = _below(start), _above(lanes.lanes[end], end, day)
            else:
                ends = _above(lanes.lanes[start], start, day), _below(end)
            found.append(_tie(linkage, hints.linkage(linkage), taken[-1], *ends))
    return tuple(found)


def _free(x: float, taken: list[float]) -> float:
    """The nearest free place left of a day (right of it stands what it brought), not far away."""
    places = [x - _BESIDE * (n + 0.5) for n in range(_FARTHEST)]
    free = (at for at in places if all(abs(at - other) >= _APART for other in taken))
    return next(free, places[0])


def drawn_moves(lanes: Lanes, scale: Scale, hints: Hints) -> tuple[DrawnMove, ...]:
    """The days on which several tracks changed."""
    return tuple(_moves(lanes.moves, _places(lanes), scale, hints))


def _places(lanes: Lanes) -> Mapping[str, int]:
    return {lane.track.slug: n for n, lane in enumerate(lanes.lanes)}


def _day(linkage: LinkageRecord, *, on: date) -> date:
    return min(day_of(linkage.effective_lower, linkage.effective_upper), on)


def _below(number: int) -> float:
    return HEAD + number * PITCH + BASELINE + _BELOW


def _above(lane: Lane, number: int, day: date) -> float:
    """A little above the band that the day before left a lane in."""
    bands = [band for band in lane.bands if band.since < day]
    height = height_of(bands[-1].stage) if bands else 0
    return round(HEAD + number * PITCH + BASELINE - height - _ABOVE, 1)


def _tie(linkage: LinkageRecord, hint: Hint, x: float, y: float, to: float) -> DrawnConnector:
    x = round(x, 1)
    middle, mutual = (y + to) / 2, linkage.kind in _MUTUAL
    line = f"M{x} {y}V{to}"
    cross = ""
    if linkage.kind == LinkageKind.DECOUPLED_FROM:
        line, cross = _broken(x, y, to, middle)
    if linkage.standing == LinkageStanding.DENIED:
        c = _CROSS
        cross += f"M{x - c} {middle - c}l{2 * c} {2 * c}M{x + c} {middle - c}l{-2 * c} {2 * c}"
    return DrawnConnector(
        linkage=linkage,
        hint=hint,
        x=x,
        start=y,
        stop=to,
        line=line + cross,
        ends="" if mutual else _head(x, to, down=to > y),
        standing=linkage.standing,
        mutual=mutual,
    )


def _broken(x: float, y: float, to: float, middle: float) -> tuple[str, str]:
    """A line with a gap, and the two bars that close its ends."""
    gap, bar = (_BREAK if to > y else -_BREAK) / 2, _CROSS
    line = f"M{x} {y}V{middle - gap}M{x} {middle + gap}V{to}"
    return line, f"M{x - bar} {middle - gap}h{2 * bar}M{x - bar} {middle + gap}h{2 * bar}"


def _head(x: float, y: float, *, down: bool) -> str:
    back = -6 if down else 6
    return f"M{x} {y}l-3.5 {back}h7z"


def _moves(
    moves: Iterable[Move], places: Mapping[str, int], scale: Scale, hints: Hints
) -> Iterator[DrawnMove]:
    for number, move in enumerate(moves, start=1):
        at = sorted(places[track.slug] for track in move.tracks)
        anchor = f"moved-{number}"
        dots = tuple(_below(lane) - 1 for lane in at)
        if scale.shows(move.on):
            yield DrawnMove(
                move=move,
                hint=hints.move(move, anchor),
                anchor=anchor,
                told=hints.moved(move),
                x=scale.x(move.on),
                line=f"M{scale.x(move.on)} {dots[0]}V{dots[-1]}",
                dots=dots,
                same_words=move.statement is not None,
            )
