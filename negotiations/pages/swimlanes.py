"""The picture of a negotiation over time: one lane a track, drawn as SVG by the template.

A lane is a small step chart: the higher the step, the further up the ladder. Stalled and halted
stretches are hatched, stages off the ladder are dashed boxes, so nothing hangs on colour. All
lengths are in SVG units, one to a CSS pixel.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import ngettext

from negotiations.definitions import define
from negotiations.pages.axes import AxisMark, Scale, axis_marks
from negotiations.pages.dates import in_words
from negotiations.pages.frames import language_now
from negotiations.queries.shapes import Band, Board, Lane, Lanes, MilestoneRecord, Tick, TrackRef
from negotiations.vocabulary import LADDER, OFF_LADDER, Momentum, Stage

BASELINE = 36
_WIDTH = 1000
# No further right than this stands the day asked about: after it, each lane says where it is now.
_NOW_AT = 878
# What a long quiet stretch is shortened to.
_TAIL = 60
_RUNG = 2.7
_LETTER = 6.3
_DIAMOND = 13
_WORDS_FIT = 16
# A silence longer than this part of the busy time before it is shortened.
_QUIET = 0.3
_HELD_UP = frozenset({Momentum.STALLED, Momentum.HALTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBand:
    """A stretch at one stage: its box, its hatching, and the words that fit into it.

    `told` says stage and momentum, `since` from which day on they held, both in full.
    """

    band: Band
    x: float
    y: float
    width: float
    height: float
    label: str
    label_y: float
    above: bool
    hatch: str
    off_ladder: bool
    until: date
    told: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTick:
    """A day with statements (a stroke as tall as they are many) or a milestone (a diamond).

    `told` says the day and how many statements, for the strokes.
    """

    x: float
    left: float
    on: date
    statements: int
    height: float
    told: str
    milestone: MilestoneRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLane:
    """One track over time; `stage`, and `momentum` where it is held up, are the present state.

    Where `statements_since` is set, statements before that day are drawn only in part.
    """

    track: TrackRef
    depth: int
    bands: tuple[DrawnBand, ...]
    ticks: tuple[DrawnTick, ...]
    statements: int
    statements_since: date | None
    stage: str
    momentum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All lanes on one axis, whose `grid` is one path; `now_x` is the day the question is about.

    `today` tells that no clock is set; at `break_x`, where it is set, a quiet stretch is shortened;
    `milestones` are those of all lanes, once each, by date: the table's other half. Unless it is
    `whole`, some lanes leave out older statements.
    """

    lanes: tuple[DrawnLane, ...]
    axis: tuple[AxisMark, ...]
    width: int
    now_x: float
    now: date
    today: bool
    break_x: float | None
    milestones: tuple[MilestoneRecord, ...]
    grid: str
    whole: bool


def picture(board: Board, lanes: Lanes, *, today: bool) -> Picture | None:
    """The picture of a board; None while there is nothing to draw. `today`: no clock is set."""
    scale = _scale(board, lanes)
    if scale is None:
        return None
    on = board.clocks.on
    axis = axis_marks(scale, language=language_now())
    return Picture(
        lanes=tuple(_lane(lane, scale, on) for lane in lanes.lanes),
        axis=axis,
        grid="".join(f"M{mark.x} 0v50" for mark in axis),
        whole=all(lane.statements_since is None for lane in lanes.lanes),
        width=_WIDTH,
        now_x=scale.x(on),
        now=on,
        today=today,
        break_x=scale.x(scale.busy_until) if scale.busy_until else None,
        milestones=_milestones(lanes),
    )


def _scale(board: Board, lanes: Lanes) -> Scale | None:
    """From the first thing on record to the day asked about, and on to the milestone after it."""
    on = board.clocks.on
    days = _event_days(lanes)
    if not days:
        return None
    busy = max(days)
    pad = timedelta(days=max(3, (busy - min(days)).days // 40))
    since = min(days) - pad
    ahead = [row.next_milestone.due_upper for row in board.rows if row.next_milestone]
    # A date far ahead may not squeeze what has happened into a corner.
    until = max([on, *(min(day, on + (on - since) / 4) for day in ahead)]) + pad
    if (on - busy).days > _QUIET * (busy - since).days + 60:
        busy += 3 * pad
        places = ((since, 0), (busy, _NOW_AT - _TAIL), (on, _NOW_AT), (until, _WIDTH))
        return Scale(anchors=places, busy_until=busy)
    # The words for the present state stand to the right of it and need their room.
    room = on + (on - since) * (_WIDTH - _NOW_AT) / _NOW_AT
    return Scale(anchors=((since, 0), (max(until, room), _WIDTH)))


def _event_days(lanes: Lanes) -> list[date]:
    """The days, up to the day asked about, on which something was said or changed."""
    on = lanes.clocks.on
    days = [band.since for lane in lanes.lanes for band in lane.bands]
    return days + [tick.on for lane in lanes.lanes for tick in lane.ticks if tick.on <= on]


def _lane(lane: Lane, scale: Scale, on: date) -> DrawnLane:
    ticks = [tick for tick in lane.ticks if scale.since <= tick.on <= scale.until]
    return DrawnLane(
        track=lane.track,
        depth=lane.depth,
        bands=tuple(_band(band, scale, on) for band in lane.bands),
        stage=_label("stage", lane.bands[-1].stage) if lane.bands else "",
        momentum=_hindrance(lane.bands[-1]) if lane.bands else "",
        ticks=tuple(
            DrawnTick(
                x=scale.x(tick.on),
                left=round(scale.x(tick.on) - _DIAMOND / 2, 1),
                on=tick.on,
                statements=tick.statements,
                height=3 + 2 * min(tick.statements, 3),
                told="" if tick.milestone else _said(tick),
                milestone=tick.milestone,
            )
            for tick in sorted(ticks, key=lambda tick: tick.milestone is not None)
        ),
        statements=sum(tick.statements for tick in lane.ticks),
        statements_since=lane.statements_since,
    )


def _said(tick: Tick) -> str:
    count = ngettext("%(n)s statement", "%(n)s statements", tick.statements)
    return f"{_day(tick.on)}: {count % {'n': tick.statements}}"


def _day(day: date) -> str:
    return in_words(day.isoformat(), language_now())


def _band(band: Band, scale: Scale, on: date) -> DrawnBand:
    until = band.until or on
    x, end = scale.x(band.since), scale.x(until)
    height = _height(band.stage)
    # Words stand inside a high step and on top of a low one.
    above = height <= _WORDS_FIT
    label_y = BASELINE - height - 5 if above else BASELINE - 6
    return DrawnBand(
        band=band,
        x=x,
        y=round(BASELINE - height, 1),
        width=round(max(end - x, 1.5), 1),
        height=height,
        # The present state is said at the end of the lane.
        label=_fitting(band, end - x) if band.until else "",
        label_y=round(label_y, 1),
        above=above,
        hatch=band.momentum if band.momentum in _HELD_UP else "",
        off_ladder=band.stage in OFF_LADDER,
        until=until,
        told=f"{_label('stage', band.stage)}, {_label('momentum', band.momentum)}",
        since=_day(band.since),
    )


def _height(stage: str) -> float:
    if stage in OFF_LADDER:
        return 20.0
    return round(4 + _RUNG * (LADDER.index(Stage(stage)) + 1), 1)


def _fitting(band: Band, width: float) -> str:
    """The longest of “stage, momentum” and “stage” that fits into `width`; else nothing."""
    stage, held_up = _label("stage", band.stage), _hindrance(band)
    choices = ([f"{stage}, {held_up}"] if held_up else []) + [stage]
    return next((words for words in choices if _length(words) + 12 <= width), "")


def _hindrance(band: Band) -> str:
    """“stalled” or “halted” in the reader's language; empty while the track moves or holds."""
    return _label("momentum", band.momentum).lower() if band.momentum in _HELD_UP else ""


def _label(vocabulary: str, word: str) -> str:
    defined = define(vocabulary, word)
    return defined.label_ko if language_now() == "ko" else defined.label_en


def _length(words: str) -> float:
    """About how long the words are, in pixels at the size of lane labels."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return _LETTER * (len(words) + 0.9 * wide)


def _milestones(lanes: Lanes) -> tuple[MilestoneRecord, ...]:
    found = {t.milestone.id: t.milestone for lane in lanes.lanes for t in lane.ticks if t.milestone}
    return tuple(sorted(found.values(), key=lambda m: (m.due_lower, m.due_upper, m.ledger_number)))
