"""Bands of a lane: a small step chart. The higher the step, the further up the ladder.

Stalled and halted stretches are hatched, stages off the ladder are dashed boxes, and where a party
is silent its band is covered by dots, so nothing hangs on colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.pages.axes import Scale
from negotiations.pages.hints import Hint, Hints, day_words
from negotiations.pages.lettering import length
from negotiations.pages.sheets import BASELINE, LETTER, height_of
from negotiations.pages.wording import label
from negotiations.queries.shapes import Band, Lane, Silence
from negotiations.vocabulary import OFF_LADDER, Momentum

_WORDS_FIT = 16
_HELD_UP = frozenset({Momentum.STALLED, Momentum.HALTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBand:
    """A stretch at one stage: its box, its hatching, and the words that fit into it."""

    band: Band
    hint: Hint
    x: float
    y: float
    width: float
    height: float
    label: str
    label_y: float
    above: bool
    hatch: str
    off_ladder: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSilence:
    """A stretch in which the party said nothing: its box, the word if it fits, and how long."""

    silence: Silence
    x: float
    width: float
    label: str
    told: str


def drawn_bands(lane: Lane, scale: Scale, hints: Hints) -> tuple[DrawnBand, ...]:
    """The bands of a lane, as far as the scale shows them."""
    quiet = [(scale.x(one.since), scale.x(one.until or hints.on)) for one in lane.silences]
    return tuple(
        _band(band, scale, hints.band(lane.track, band), on=hints.on, quiet=quiet)
        for band in lane.bands
    )


def drawn_silences(lane: Lane, scale: Scale, *, on: date) -> tuple[DrawnSilence, ...]:
    """The silences of a lane, as far as the scale shows them."""
    return tuple(_silence(one, scale, on=on) for one in lane.silences)


def hindrance(band: Band) -> str:
    """“stalled” or “halted” in the reader's language; empty while the track moves or holds."""
    return label("momentum", band.momentum).lower() if band.momentum in _HELD_UP else ""


def _band(
    band: Band, scale: Scale, hint: Hint, *, on: date, quiet: list[tuple[float, float]]
) -> DrawnBand:
    until = min(band.until or on, scale.until)
    x, end = scale.x(band.since), scale.x(until)
    height = height_of(band.stage)
    # Words stand inside a high step and on top of a low one.
    above = height <= _WORDS_FIT
    label_y = BASELINE - height - 5 if above else BASELINE - 6
    # The present state is said at the end of the lane.
    present = band.until is None or band.until > scale.until
    # Where silence covers the beginning, words would show through it.
    covered = any(since < x + 60 and x < until for since, until in quiet)
    return DrawnBand(
        band=band,
        hint=hint,
        x=x,
        y=round(BASELINE - height, 1),
        width=round(max(end - x, 1.5), 1),
        height=height,
        label="" if present or covered else _fitting(band, end - x),
        label_y=round(label_y, 1),
        above=above,
        hatch=band.momentum if band.momentum in _HELD_UP else "",
        off_ladder=band.stage in OFF_LADDER,
    )


def _silence(silence: Silence, scale: Scale, *, on: date) -> DrawnSilence:
    until = silence.until or on
    x, end = scale.x(silence.since), scale.x(min(until, scale.until))
    days = (until - silence.since).days
    count = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    word = _("silent")
    return DrawnSilence(
        silence=silence,
        x=x,
        width=round(max(end - x, 1.5), 1),
        label=word if length(word, letter=LETTER) + 12 <= end - x else "",
        told=_("Silent from %(since)s to %(until)s: %(count)s") % {
            "since": day_words(silence.since), "until": day_words(until), "count": count,
        },
    )  # fmt: skip


def _fitting(band: Band, width: float) -> str:
    """The longest of “stage, momentum” and “stage” that fits into `width`; else nothing."""
    stage, held_up = label("stage", band.stage), hindrance(band)
    choices = ([f"{stage}, {held_up}"] if held_up else []) + [stage]
    return next((words for words in choices if length(words, letter=LETTER) + 12 <= width), "")
