"""What changed between two days, or since a number of the ledger, as a readable difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from negotiations.pages.contrasts import TrackShown, shown
from negotiations.pages.dates import in_words
from negotiations.pages.differences import Difference, differences
from negotiations.pages.frames import language_now
from negotiations.pages.page import Context, Unanswered, page
from negotiations.pages.questions import Question, plain_question
from negotiations.queries import negotiations, state_comparisons
from negotiations.queries.asked_spans import AskedSpan, Newest, is_before_all, read_span
from negotiations.queries.shapes import Correction, NegotiationSummary, StateComparison
from negotiations.queries.steps import newest_change
from negotiations.refusals import Refusal

_TAKES = ("from", "to", "since")
_TWIN = "/api/v1/negotiations/{negotiation}/comparison/"
_TRACK_TWIN = "/api/v1/negotiations/{negotiation}/tracks/{track}/comparison/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A comparison at hand: its name and address."""

    label: str
    href: str


@page("comparisons/compare.html", twin=_TWIN, twin_takes=_TAKES, takes=_TAKES)
def compare(question: Question, *, negotiation: str) -> Context:
    """A negotiation on two days (`from`, `to`), or since a number of the ledger (`since`)."""
    return _told(question, negotiation, None)


@page("comparisons/compare.html", twin=_TRACK_TWIN, twin_takes=_TAKES, takes=_TAKES)
def compare_track(question: Question, *, negotiation: str, track: str) -> Context:
    """The same of one track."""
    return _told(question, negotiation, track)


def _told(question: Question, negotiation: str, track: str | None) -> Context:
    try:
        span = _span(question)
        newest = _newest(question, negotiation, track, by=span.to_day)
        told = state_comparisons.comparison(
            negotiation, track=track, span=span, zone=settings.DESK_ZONE, newest=newest
        )
    except Refusal as refusal:
        if refusal.code == "not_found":
            raise
        context = _asked_wrongly(question, negotiation, track, refusal)
        raise Unanswered(context, status=refusal.status) from None
    return {
        **_around(question, told.negotiation, track, newest=newest),
        "comparison": told,
        "from": "" if told.since is not None else told.before.on.isoformat(),
        "to": span.to_day.isoformat(),
        "sides": _sides(told),
        "asked": urlencode({k: text for k in _TAKES if (text := question.parameter(k))}),
        "tracks": _shown(told),
        "corrections": _corrected(told.corrections),
        "corrected_since": _corrected(told.corrected_since),
        "from_the_first": is_before_all(told.before.as_of),
    }


def _span(question: Question) -> AskedSpan:
    return read_span(
        from_day=question.parameter("from"),
        to_day=question.parameter("to"),
        since=question.parameter("since"),
        given=question.given,
        clocks=question.clocks,
    )


def _asked_wrongly(
    question: Question, negotiation: str, track: str | None, refusal: Refusal
) -> dict[str, Any]:
    """The form with what was typed, and what is wrong with it."""
    whole = negotiations.negotiation(negotiation, clocks=question.clocks)
    sentence = refusal.sentence(language_now())
    if why := refusal.facts.get("why"):
        words = getattr(why, "ko", why) if language_now() == "ko" else why
        sentence = f"{_FIELDS[refusal.at]()}: {capfirst(str(words))}."
    typed = {name: question.parameter(name) or "" for name in ("from", "to")}
    newest = _newest(question, negotiation, track, by=question.clocks.on)
    around = _around(question, whole, track, newest=newest)
    return {**around, **typed, "problem": sentence, "wrong": refusal.at}


_FIELDS = {
    "from": lambda: pgettext("in a comparison", "From"),
    "to": lambda: pgettext("in a comparison", "To"),
    "since": lambda: pgettext("in a comparison", "Since"),
}


def _around(
    question: Question, whole: NegotiationSummary, track: str | None, *, newest: Newest
) -> dict[str, Any]:
    """What stands around the differences, whether there are any or not."""
    found = next((ref for ref in whole.tracks if ref.slug == track), None)
    if track is not None and found is None:
        raise Refusal("not_found")
    return {
        "negotiation": whole,
        "track": found,
        "latest": plain_question(now=question.now).clocks.on,
        "shortcuts": _shortcuts(question, whole.slug, track, newest=newest()),
    }


def _newest(question: Question, negotiation: str, track: str | None, *, by: date) -> Newest:
    """The newest change by that day, asked once: the comparison and its shortcuts begin there."""
    as_of = question.clocks.as_of
    return cache(partial(newest_change, negotiation, track, by=by, as_of=as_of))


def _shortcuts(
    question: Question, negotiation: str, track: str | None, *, newest: date | None
) -> tuple[Shortcut, ...]:
    """The time before the newest change: one SQL query."""
    if newest is None:
        return ()
    before = _newest(question, negotiation, track, by=newest - timedelta(days=1))
    starts = {
        _("What the newest change brought"): before(),
        _("The week before the newest change"): newest - timedelta(days=7),
        _("The month before it"): newest - timedelta(days=30),
        _("The quarter before it"): newest - timedelta(days=91),
    }
    to = {"to": text} if (text := question.parameter("to")) else {}
    return tuple(
        Shortcut(label=label, href="?" + urlencode({"from": day, **to, **question.given}))
        for label, day in starts.items()
        if day is not None
    )


def _sides(told: StateComparison) -> tuple[str, str]:
    """What stands above what was, and above what is."""
    if told.since is not None:
        return pgettext("in a comparison", "Before"), pgettext("in a comparison", "After")
    was, now = (
        in_words(clocks.on.isoformat(), language_now(), short=True)
        for clocks in (told.before, told.after)
    )
    return was, now


def _shown(told: StateComparison) -> tuple[TrackShown, ...]:
    on = (told.before.on, told.after.on)
    return tuple(shown(one, on=on) for one in told.tracks)


def _corrected(
    corrections: tuple[Correction, ...],
) -> tuple[tuple[Correction, tuple[Difference, ...]], ...]:
    language = language_now()
    return tuple((one, differences(one, language=language)) for one in corrections)
