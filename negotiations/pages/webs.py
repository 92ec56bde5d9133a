"""The ties of a negotiation as a picture: tracks as boxes, ties as lines, drawn as SVG.

A line has a direction where its kind has one, and then reads from its beginning to its point. What
is denied, over, or the reverse of a tie is told by its dashes and by its words. Lengths are SVG
units, one to a CSS pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from negotiations.pages.layering import Arrow, Box, Laid, Point, laid_out
from negotiations.pages.lettering import in_lines, length
from negotiations.pages.ties import place_of
from negotiations.pages.wording import label, said
from negotiations.queries.shapes import LinkageRecord, Linkages, Tie, TrackRef
from negotiations.vocabulary import LinkageKind, LinkageStanding

_NO_DIRECTION = frozenset(
    {LinkageKind.PACKAGED_WITH, LinkageKind.TRADED_AGAINST, LinkageKind.DECOUPLED_FROM}
)
_BOX, _LINE, _PAD = 152, 17, 9
_LETTER, _MOST_LINES = 7.2, 3
_BADGE, _HIGH, _LOW = 26, 36, 26
# Wider than this, and words give way to the numbers alone.
_WIDEST = 1180
_EDGE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTrack:
    """A box: its corner, its size, its name in lines with the place of each, and all of it."""

    track: TrackRef
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, float], ...]
    middle: float
    in_cycle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnArrow:
    """What voices say alike of a tie: a line and its look (`held`, `apart`, `denied`, `ended`), the
    number of the tie, and the words on it (empty where the number alone has room). `told` is all
    of it as a sentence part.
    """

    number: int
    path: str
    look: str
    directed: bool
    in_cycle: bool
    x: float
    y: float
    width: float
    height: float
    badge_x: float
    text_x: float
    kind: str
    voices: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPicture:
    """The picture, `whole` with words on all lines, else with numbers only."""

    tracks: tuple[DrawnTrack, ...]
    arrows: tuple[DrawnArrow, ...]
    width: float
    height: float
    whole: bool


@dataclass(frozen=True, slots=True)
class _Voiced:
    """What one or several voices say alike of a tie."""

    number: int
    linkage: LinkageRecord
    voices: tuple[str, ...]
    in_cycle: bool

    @property
    def kind(self) -> str:
        """The kind in words, with what is denied or over said so."""
        kind = label("linkage_kind", self.linkage.kind)
        if self.linkage.standing == LinkageStanding.ASSERTED:
            return kind
        standing = label("linkage_standing", self.linkage.standing)
        return f"{kind} ({standing.lower()})"

    @property
    def who(self) -> str:
        """The voices by name."""
        return ", ".join(self.voices)

    @property
    def told(self) -> str:
        """The tie in words, for who does not see the line."""
        ends = (said(self.linkage.from_track, "title"), said(self.linkage.to_track, "title"))
        return f"{self.number}. {ends[0]} – {self.kind} – {ends[1]} ({self.who})"


def web_picture(web: Linkages) -> WebPicture | None:
    """The picture of these ties; None where there is none."""
    if not web.ties:
        return None
    waits = {wait for cycle in web.cycles for wait in cycle.waits}
    ringed = {pk for wait in waits for pk in wait.linkages}
    voiced = [one for tie in web.ties for one in _voiced(tie, ringed)]
    order = {place_of(track): n for n, track in enumerate(web.negotiation.tracks)}
    tied = {place_of(track): track for tie in web.ties for track in tie.tracks}
    tracks = sorted(tied.values(), key=lambda track: order.get(place_of(track), len(order)))
    picture = _drawn(tracks, voiced, {place_of(wait.waiting) for wait in waits}, whole=True)
    if picture.width > _WIDEST:
        return _drawn(tracks, voiced, {place_of(wait.waiting) for wait in waits}, whole=False)
    return picture


def _voiced(tie: Tie, ringed: set[int]) -> list[_Voiced]:
    """What is said of a pair: once for each way, with the voices that say it alike."""
    found: dict[tuple[object, ...], list[tuple[str, LinkageRecord]]] = {}
    for voice in tie.voices:
        row = voice.latest
        ends = (place_of(row.from_track), place_of(row.to_track))
        alike = tuple(sorted(ends)) if row.kind in _NO_DIRECTION else ends
        found.setdefault((row.kind, row.standing, alike), []).append((_capital(row), row))
    return [
        _Voiced(
            tie.number,
            rows[0][1],
            tuple(who for who, _row in rows),
            any(row.id in ringed for _who, row in rows),
        )
        for rows in found.values()
    ]


def _drawn(
    tracks: Sequence[TrackRef], voiced: Sequence[_Voiced], ringed: set[str], *, whole: bool
) -> WebPicture:
    lines = {place_of(track): _in_lines(said(track, "title")) for track in tracks}
    tall = {place: _LINE * len(words) + 2 * _PAD for place, words in lines.items()}
    laid = laid_out(
        [Box(name=place, width=_BOX, height=high) for place, high in tall.items()],
        [_arrow(one, whole=whole) for one in voiced],
    )
    return WebPicture(
        tracks=tuple(
            _track(track, laid, lines[place], tall[place], place in ringed)
            for track, place in zip(tracks, tall, strict=True)
        ),
        arrows=tuple(_drawn_arrow(one, n, laid, whole=whole) for n, one in enumerate(voiced)),
        width=laid.width + 2 * _EDGE,
        height=laid.height + 2 * _EDGE,
        whole=whole,
    )


def _arrow(one: _Voiced, *, whole: bool) -> Arrow:
    row = one.linkage
    words = max(length(each, letter=_LETTER) for each in (one.kind, one.who)) + 12 if whole else 0
    return Arrow(
        tail=place_of(row.from_track),
        head=place_of(row.to_track),
        width=_BADGE + words,
        height=_HIGH if whole else _LOW,
    )


def _track(
    track: TrackRef, laid: Laid, lines: Sequence[str], height: float, in_cycle: bool
) -> DrawnTrack:
    x, y = laid.boxes[place_of(track)]
    return DrawnTrack(
        track=track,
        x=x + _EDGE,
        y=y + _EDGE,
        width=_BOX,
        height=height,
        lines=tuple((line, y + _EDGE + _PAD + 13 + n * _LINE) for n, line in enumerate(lines)),
        middle=x + _EDGE + _BOX / 2,
        in_cycle=in_cycle,
    )


def _drawn_arrow(one: _Voiced, n: int, laid: Laid, *, whole: bool) -> DrawnArrow:
    (x, y), arrow = laid.words[n], _arrow(one, whole=whole)
    left = round(x + _EDGE - arrow.width / 2, 1)
    return DrawnArrow(
        number=one.number,
        path=_path([(px + _EDGE, py + _EDGE) for px, py in laid.lines[n]]),
        look=_look(one.linkage),
        directed=one.linkage.kind not in _NO_DIRECTION,
        in_cycle=one.in_cycle,
        x=left,
        y=round(y + _EDGE - arrow.height / 2, 1),
        width=round(arrow.width, 1),
        height=arrow.height,
        badge_x=round(left + _BADGE / 2, 1),
        text_x=round(left + _BADGE + 4, 1),
        kind=one.kind if whole else "",
        voices=one.who if whole else "",
        told=one.told,
    )


def _look(row: LinkageRecord) -> str:
    if row.standing != LinkageStanding.ASSERTED:
        return row.standing
    return "apart" if row.kind == LinkageKind.DECOUPLED_FROM else "held"


def _path(points: Sequence[Point]) -> str:
    """A line through these points that leaves each of them straight up or down."""
    (x, y), *_rest = points
    bends = (
        f"C{ax:.1f} {(ay + by) / 2:.1f} {bx:.1f} {(ay + by) / 2:.1f} {bx:.1f} {by:.1f}"
        for (ax, ay), (bx, by) in pairwise(points)
    )
    return f"M{x:.1f} {y:.1f}{''.join(bends)}"


def _in_lines(title: str) -> list[str]:
    return in_lines(title, _BOX - 2 * _PAD, most=_MOST_LINES, letter=_LETTER)


def _capital(row: LinkageRecord) -> str:
    return said(row.according_to, "capital") if row.according_to else _("the desk")
