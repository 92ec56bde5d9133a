"""The picture of a negotiation over time: one lane a track, drawn as SVG by the template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.pages.axes import AxisMark, Scale, axis_marks
from negotiations.pages.bands import (
    DrawnBand,
    DrawnSilence,
    drawn_bands,
    drawn_silences,
    hindrance,
)
from negotiations.pages.connectors import DrawnConnector, DrawnMove, drawn_moves, drawn_ties
from negotiations.pages.dates import in_words
from negotiations.pages.frames import language_now
from negotiations.pages.hints import Hints
from negotiations.pages.sheets import HEAD, NOW_AT, PITCH, WIDTH
from negotiations.pages.strokes import (
    DrawnMilestone,
    DrawnStroke,
    drawn_milestones,
    drawn_strokes,
    due_day,
)
from negotiations.pages.wording import label, said
from negotiations.queries.shapes import (
    Lane,
    Lanes,
    LastWord,
    MilestoneRecord,
    PartyRef,
    TrackRef,
)

# What a long quiet stretch is shortened to.
_TAIL = 60
# A silence longer than this part of the busy time before it is shortened.
_QUIET = 0.3
# What was due so shortly before the first word is always shown.
_LEAD = timedelta(days=60)
# The words of so many statements are told with their marks, the newest; others by day and number.
MOST_WORDS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A milestone as it stands, and its earlier dates, oldest first."""

    latest: MilestoneRecord
    slips: tuple[MilestoneRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLane:
    """One track over time; `stage`, and `momentum` where it is held up, are its last state here.

    `heard` says when each party was last heard on it. Where `statements_since` is set, statements
    before that day are drawn only in part.
    """

    track: TrackRef
    href: str
    depth: int
    top: int
    heard: tuple[str, ...]
    bands: tuple[DrawnBand, ...]
    silences: tuple[DrawnSilence, ...]
    strokes: tuple[DrawnStroke, ...]
    milestones: tuple[DrawnMilestone, ...]
    statements: int
    statements_since: date | None
    stage: str
    momentum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All lanes on one axis, whose `grid` is one path; `now_x` is the day the question is about.

    `today` tells that no clock is set; without `now_x` that day is not shown, and `end_x` is where
    each lane's last state stands. At `break_x`, where it is set, a quiet stretch is shortened;
    `milestones` are those of all lanes, once each, by date: the table's other half. Unless it is
    `whole`, some lanes leave out older statements; unless `all_ties`, older ties are left out.
    """

    lanes: tuple[DrawnLane, ...]
    ties: tuple[DrawnConnector, ...]
    moves: tuple[DrawnMove, ...]
    axis: tuple[AxisMark, ...]
    width: int
    height: int
    end_x: float
    end: date
    now_x: float | None
    now: date
    today: bool
    break_x: float | None
    milestones: tuple[Dated, ...]
    grid: str
    whole: bool
    all_ties: bool
    reader: PartyRef | None

    @property
    def off_ladder(self) -> bool:
        """Whether any band is of a stage that is no step of the ladder."""
        return any(band.off_ladder for lane in self.lanes for band in lane.bands)

    @property
    def ticks_in_words(self) -> str:
        """What the strokes of days are, and whether all are drawn."""
        if self.whole:
            return _("days with statements, taller for more")
        return _("days with statements, taller for more; on busy tracks only the newest")

    @property
    def ties_in_words(self) -> str:
        """What the lines between lanes are, and whether all are drawn."""
        if self.all_ties:
            return _(
                "a tie is asserted, the tracks are said to be apart, a tie is denied, has ended"
            )
        return _(
            "a tie is asserted, the tracks are said to be apart, a tie is denied, has ended;"
            " only the newest"
        )


def statement_ids(lanes: Lanes) -> list[int]:
    """The statements whose words marks tell: of bands and moves all, then the newest days'."""
    first = [one.statement_ids[:1] for lane in lanes.lanes for one in lane.bands]
    ids = dict.fromkeys(pk for pks in first for pk in pks)
    ids.update(dict.fromkeys(move.statement for move in lanes.moves if move.statement))
    ticks = [tick for lane in lanes.lanes for tick in lane.ticks if tick.statement_ids]
    for tick in sorted(ticks, key=lambda tick: tick.on, reverse=True):
        ids.setdefault(tick.statement_ids[0])
    return list(ids)[:MOST_WORDS]


def picture(lanes: Lanes, hints: Hints, *, today: bool) -> Picture | None:
    """The picture of these lanes; None while there is nothing to draw. `today`: no clock is set."""
    scale = _scale(lanes)
    if scale is None:
        return None
    on = lanes.clocks.on
    axis = axis_marks(scale, language=language_now())
    height = HEAD + PITCH * len(lanes.lanes)
    end = min(on, scale.until) if lanes.until else on
    return Picture(
        lanes=tuple(_lane(lane, n, scale, hints) for n, lane in enumerate(lanes.lanes)),
        ties=drawn_ties(lanes, scale, hints),
        moves=drawn_moves(lanes, scale, hints),
        axis=axis,
        grid="".join(f"M{mark.x} {HEAD}V{height}" for mark in axis),
        whole=all(lane.statements_since is None for lane in lanes.lanes),
        all_ties=lanes.linkages_since is None,
        width=WIDTH,
        height=height,
        end_x=scale.x(end),
        end=end,
        now_x=scale.x(on) if scale.shows(on) else None,
        now=on,
        today=today,
        break_x=scale.x(scale.busy_until) if scale.busy_until else None,
        milestones=_milestones(lanes),
        reader=lanes.according_to,
    )


def _scale(lanes: Lanes) -> Scale | None:
    days = _event_days(lanes)
    if lanes.since is None and lanes.until is None:
        return _whole(lanes, days) if days else None
    on = lanes.clocks.on
    since = lanes.since or min(days, default=None)
    until = lanes.until or max([on, *days])
    if since is None or since > until:
        return None
    # A day needs some room of its own.
    until = max(until, since + timedelta(days=1))
    return Scale(anchors=((since, 0), (until, NOW_AT)))


def _whole(lanes: Lanes, days: list[date]) -> Scale:
    """From the first thing on record to the day asked about, and on to the milestone after it."""
    on, busy = lanes.clocks.on, max(days)
    pad = timedelta(days=max(3, (busy - min(days)).days // 40))
    since = max(min(days), date.min + pad) - pad
    # A date far ahead may not squeeze what has happened into a corner.
    ahead = (min(day - on, (on - since) / 4) for day in _ahead(lanes))
    until = _later(on, max([timedelta(0), *ahead]) + pad)
    if (on - busy).days > _QUIET * (busy - since).days + 60:
        busy += 3 * pad
        places = ((since, 0), (busy, NOW_AT - _TAIL), (on, NOW_AT), (until, WIDTH))
        return Scale(anchors=places, busy_until=busy)
    # The words for the present state stand to the right of it and need their room.
    room = _later(on, (on - since) * (WIDTH - NOW_AT) / NOW_AT)
    return Scale(anchors=((since, 0), (max(until, room), WIDTH)))


def _later(day: date, span: timedelta) -> date:
    """The day so much later, or the calendar's last one."""
    return day + min(span, date.max - day)


def _ahead(lanes: Lanes) -> Iterator[date]:
    """Of each track the day of the next milestone."""
    on = lanes.clocks.on
    for lane in lanes.lanes:
        due = [t.milestone for t in lane.ticks if t.milestone and t.milestone.outcome == "open"]
        days = [row.due_upper for row in due if row.due_upper >= on]
        yield from sorted(days)[:1]


def _event_days(lanes: Lanes) -> list[date]:
    """The days, up to the day asked about, on which something was said, changed or was due.

    A date far back may no more squeeze what was said than one far ahead: what was due long before
    all of that is left out.
    """
    on = lanes.clocks.on
    ticks = [tick for lane in lanes.lanes for tick in lane.ticks]
    days = [band.since for lane in lanes.lanes for band in lane.bands]
    days += [silence.since for lane in lanes.lanes for silence in lane.silences]
    days += [tick.on for tick in ticks if tick.milestone is None and tick.on <= on]
    due = [tick.on for tick in ticks if tick.milestone]
    due += [due_day(row) for tick in ticks for row in tick.slips]
    first = min(days, default=date.min)
    back = max((on - first) / 4, _LEAD)
    return days + [day for day in due if day <= on and first - day <= back]


def _lane(lane: Lane, number: int, scale: Scale, hints: Hints) -> DrawnLane:
    last = lane.bands[-1] if lane.bands else None
    return DrawnLane(
        track=lane.track,
        href=hints.track(lane.track),
        depth=lane.depth,
        top=HEAD + number * PITCH,
        heard=tuple(_heard(word) for word in lane.last_words),
        bands=drawn_bands(lane, scale, hints),
        silences=drawn_silences(lane, scale, on=hints.on),
        strokes=drawn_strokes(lane, scale, hints),
        milestones=drawn_milestones(lane, scale, hints),
        statements=sum(tick.statements for tick in lane.ticks),
        statements_since=lane.statements_since,
        stage=label("stage", last.stage) if last else "",
        momentum=_how(lane),
    )


def _how(lane: Lane) -> str:
    """That a lane is held up, or that the party whose readings it shows has fallen silent."""
    held_up = hindrance(lane.bands[-1]) if lane.bands else ""
    quiet = bool(lane.bands and lane.silences and lane.silences[-1].until is None)
    return ", ".join(filter(None, (held_up, _("silent") if quiet else "")))


def _heard(word: LastWord) -> str:
    """How long a party has been silent on a track; silence is told, and never read as assent."""
    who = said(word.party, "capital")
    if word.days is None:
        if word.looked_since is None:
            return _("%(who)s never") % {"who": who}
        day = in_words(word.looked_since.isoformat(), language_now(), short=True)
        return _("%(who)s not since %(day)s") % {"who": who, "day": day}
    if word.days == 0:
        return _("%(who)s that day") % {"who": who}
    count = ngettext("%(who)s %(n)s day ago", "%(who)s %(n)s days ago", word.days)
    return count % {"who": who, "n": word.days}


def _milestones(lanes: Lanes) -> tuple[Dated, ...]:
    ticks = [tick for lane in lanes.lanes for tick in lane.ticks]
    found = {
        tick.milestone.id: Dated(latest=tick.milestone, slips=tick.slips)
        for tick in ticks
        if tick.milestone
    }
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (due_day(one.latest), one.latest.due_upper, one.latest.ledger_number),
        )
    )
