"""Step charts of figures over time, as numbers for a template that draws them as SVG.

Time runs to the right, on one axis for all charts of a page; amounts run up from zero. A party is
told by the dash of its line and by its name at the end, the force of a step by the shape of its
mark and the weight of its line; what is law is a broad band beneath; where the parties' figures
cannot both hold, the ground is hatched. Lengths are in SVG units, one to a CSS pixel.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from negotiations.pages.amounts import level_label, levels_of, room_for
from negotiations.pages.axes import Scale, axis_marks
from negotiations.pages.chart_labels import LABEL, apart
from negotiations.pages.chart_parts import DrawnLine, Hatch, Label, Level, Mark, Piece, StepChart
from negotiations.pages.chart_words import (
    LETTER,
    capital,
    short_figure,
    told,
    unit_words,
)
from negotiations.pages.frames import language_now
from negotiations.pages.lettering import fitting, length
from negotiations.pages.side_by_side import rows, side_by_side
from negotiations.queries.shapes import (
    ContestedSpan,
    FigureLine,
    Figures,
    FigureStep,
    FiguresTrack,
    PartyRef,
    TermFigures,
)
from negotiations.vocabulary import Qualifier, Standing

WIDTH, RIGHT = 568, 438
TOP, PLOT, BOTTOM = 22, 132, 26
# What a long quiet stretch is shortened to, and what is long: a part of the busy time before it.
_TAIL, _QUIET = 44, 0.3
_MARK = 13
# Lines that lie on each other are drawn side by side.
_BESIDE = 4
_LABEL_ROOM = 116
_ENDS = frozenset({Standing.WITHDRAWN, Standing.VOID})
_DASHES = ("", "9 4", "2 3", "9 3 2 3")
_Placed = tuple[FigureStep, float]
_Among = Mapping[str, int]
_TENTATIVE = 1.25
_WEIGHTS = {
    **dict.fromkeys((Standing.AGREED, Standing.IN_DOCUMENT, Standing.IN_FORCE), 2.75),
    Standing.ANNOUNCED: 2.0,
}
_ARROWS = {
    **dict.fromkeys((Qualifier.UP_TO, Qualifier.BELOW), "down"),
    **dict.fromkeys((Qualifier.AT_LEAST, Qualifier.ABOVE), "up"),
}


def time_scale(figures: Figures) -> Scale | None:
    """The days of all charts: from the first step to the day asked about; None without a step.

    It begins where the widest label of an amount has room beside it.
    """
    on = figures.clocks.on
    days = [
        step.since
        for track in figures.tracks
        for term in track.terms
        for line in term.lines
        for step in line.steps
    ]
    if not days:
        return None
    busy = max(days)
    pad = timedelta(days=max(3, (busy - min(days)).days // 30))
    since = max(min(days), date.min + pad) - pad
    left = room_for(figures.tracks)
    if (on - busy).days > _QUIET * (busy - since).days + 60:
        busy += 3 * pad
        places = ((since, left), (busy, RIGHT - _TAIL), (on, RIGHT))
        return Scale(anchors=places, busy_until=busy)
    return Scale(anchors=((since, left), (max(on, since + pad), RIGHT)))


def charts(
    track: FiguresTrack, scale: Scale, *, on: date, parties: Sequence[PartyRef]
) -> tuple[StepChart, ...]:
    """The charts of a track's numeric terms; those of one unit share the axis of amounts.

    A party's line has the looks of its place among `parties`, all who speak of any term.
    """
    among = {party.code: place for place, party in enumerate(parties)}
    levels = levels_of(track)
    return tuple(
        _chart(term, scale, on=on, levels=levels[term.unit], among=among)
        for term in track.terms
        if term.numeric
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """Where days and amounts stand, and each party among all."""

    scale: Scale
    on: date
    low: Decimal
    top: Decimal
    height: int
    among: _Among

    def x(self, day: date) -> float:
        return self.scale.x(min(day, self.on))

    def y(self, amount: Decimal) -> float:
        share = (amount - self.low) / (self.top - self.low)
        return round(TOP + self.height * (1 - float(share)), 1)


def _chart(
    term: TermFigures, scale: Scale, *, on: date, levels: Sequence[Decimal], among: _Among
) -> StepChart:
    height = max(PLOT, LABEL * len(term.lines))
    plot = _Plot(scale=scale, on=on, low=levels[0], top=levels[-1], height=height, among=among)
    lines = tuple(_lines(term.lines, plot))
    return StepChart(
        term=term,
        width=WIDTH,
        height=TOP + height + BOTTOM,
        left=scale.anchors[0][1],
        right=RIGHT,
        foot=TOP + height,
        now_x=scale.x(on),
        break_x=scale.x(scale.busy_until) if scale.busy_until else None,
        unit=unit_words(term.unit),
        levels=tuple(Level(y=plot.y(level), label=level_label(level)) for level in levels),
        axis=axis_marks(scale, language=language_now()),
        hatches=tuple(_hatch(span, plot) for span in term.contested),
        lines=lines,
    )


def _hatch(span: ContestedSpan, plot: _Plot) -> Hatch:
    x, end = plot.x(span.since), plot.x(span.until or plot.on)
    return Hatch(
        x=x,
        width=round(max(end - x, 2), 1),
        worded=end - x > length(_("apart"), letter=LETTER) + 10,
    )


def _lines(lines: Sequence[FigureLine], plot: _Plot) -> Iterator[DrawnLine]:
    """The lines, law first so that it lies beneath, with their labels kept apart."""
    order = sorted(lines, key=lambda line: not line.legal)
    heights = list(_heights(order, plot))
    places = iter(_places(order, heights, plot))
    drawn = [
        _line(
            line,
            plot,
            heights=those,
            places=[next(places) for _ in those],
        )
        for line, those in zip(order, heights, strict=True)
    ]
    ends = [one.label for one in drawn if one.label]
    labels = apart(ends, top=TOP, height=plot.height, right=RIGHT)
    return (replace(one, label=one.label and next(labels)) for one in drawn)


def _heights(lines: Sequence[FigureLine], plot: _Plot) -> Iterator[tuple[float, ...]]:
    """Where the steps of each line stand."""
    beside: list[_Placed] = []
    for line in lines:
        heights = tuple(_height(step, plot, beside=beside) for step in line.steps)
        yield heights
        if not line.legal:
            beside += zip(line.steps, heights, strict=True)


def _places(
    lines: Sequence[FigureLine], heights: Sequence[Sequence[float]], plot: _Plot
) -> list[float]:
    """Where the marks of all steps stand from left to right: those of about one height beside each
    other, by date, and none after the day asked about.
    """
    steps = [
        (plot.x(step.since), y)
        for line, those in zip(lines, heights, strict=True)
        for step, y in zip(line.steps, those, strict=True)
    ]
    places = [0.0] * len(steps)
    room = (float(plot.scale.anchors[0][1]), plot.x(plot.on))
    for row in rows([y for _x, y in steps], size=_MARK):
        row.sort(key=lambda n: steps[n][0])
        beside = side_by_side([steps[n][0] for n in row], size=_MARK + 1, within=room)
        for n, x in zip(row, beside, strict=True):
            places[n] = x
    return places


def _height(step: FigureStep, plot: _Plot, *, beside: Collection[_Placed]) -> float:
    """Where a step stands; what is said in words at the foot, what others say beside their line."""
    amount = step.position.amount
    if amount is None:
        return float(TOP + plot.height)
    height = round(plot.y(amount), 1)
    while any(y == height and _meet(step, other) for other, y in beside):
        height = round(height - _BESIDE, 1)
    return height


def _meet(step: FigureStep, other: FigureStep) -> bool:
    """Whether their lines run on the same days; what was taken back has none."""
    ends = (step.until or date.max, other.until or date.max)
    return other.position.standing not in _ENDS and max(step.since, other.since) < min(ends)


def _line(
    line: FigureLine,
    plot: _Plot,
    *,
    heights: Sequence[float],
    places: Sequence[float],
) -> DrawnLine:
    steps = list(zip(line.steps, heights, strict=True))
    place = plot.among[line.party.code]
    number = place % len(_DASHES)
    return DrawnLine(
        line=line,
        place=place,
        number=number,
        dashes="" if line.legal else _DASHES[number],
        pieces=tuple(_pieces(steps, plot)),
        marks=tuple(_mark(step, x, y, plot) for (step, y), x in zip(steps, places, strict=True)),
        label=_label(line, heights[-1]),
    )


def _pieces(steps: Sequence[tuple[FigureStep, float]], plot: _Plot) -> Iterator[Piece]:
    before: float | None = None
    for step, y in steps:
        position = step.position
        if position.amount is None or position.standing in _ENDS:
            before = None
            continue
        x = plot.x(step.since)
        width = round(plot.x(step.until or plot.on) - x, 1)
        band = plot.y(position.amount) - plot.y(position.amount_to or position.amount)
        yield Piece(
            path=f"M{x} {y if before is None else before}V{y}h{width}",
            weight=_WEIGHTS.get(Standing(position.standing), _TENTATIVE),
            x=x,
            y=round(y - band, 1),
            width=width,
            band=round(band, 1),
        )
        before = y


def _mark(step: FigureStep, x: float, y: float, plot: _Plot) -> Mark:
    position = step.position
    return Mark(
        position=position,
        x=x,
        y=y,
        left=round(x - _MARK / 2, 1),
        top=round(y - _MARK / 2, 1),
        vague=_vague(step, plot),
        arrow=_ARROWS.get(Qualifier(position.qualifier), ""),
        told=told(position),
        target_x=round(x - 12, 1),
        target_y=round(y - 12, 1),
    )


def _vague(step: FigureStep, plot: _Plot) -> tuple[float, float] | None:
    lower, upper = step.position.effective_lower, step.position.effective_upper
    if lower == upper:
        return None
    x = plot.x(lower)
    return x, round(max(plot.x(upper) - x, 2), 1)


def _label(line: FigureLine, y: float) -> Label | None:
    last = line.steps[-1].position
    if last.amount is None or last.standing in _ENDS:
        return None
    who, what = (
        fitting(words, _LABEL_ROOM, letter=LETTER) for words in (capital(line), short_figure(last))
    )
    return Label(who=who, what=what, y=y, leader=f"M{RIGHT} {y}")
