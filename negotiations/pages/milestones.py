"""The deadline ledger: every milestone of a negotiation, how often and how far it slipped."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.pages.boards import long_ago
from negotiations.pages.frames import in_language, language_now
from negotiations.pages.milestone_rows import as_csv
from negotiations.pages.narrowing import choice, of_parties, of_tracks, of_words
from negotiations.pages.page import Context, file, page
from negotiations.pages.questions import Question
from negotiations.pages.strips import Strip, strip
from negotiations.queries.healths import healths_of
from negotiations.queries.milestone_ledger import milestone_ledger
from negotiations.queries.shapes import (
    MilestoneCounts,
    MilestoneLedger,
    MilestoneRecord,
    MilestoneState,
    PartyRef,
    Shift,
)
from negotiations.vocabulary import MilestoneKind

_NARROWED_BY = ("track", "kind", "party")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An earlier date, and how far the next one lies from it."""

    row: MilestoneRecord
    shift: Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A milestone with its moves and its picture (None where it never moved)."""

    state: MilestoneState
    moves: tuple[Move, ...]
    strip: Strip | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Milestones that stand alike, under their heading."""

    name: str
    heading: str
    lines: tuple[Line, ...]


@page(
    "milestones/milestones.html",
    twin="/api/v1/negotiations/{negotiation}/milestones/",
    takes=_NARROWED_BY,
    twin_takes=_NARROWED_BY,
)
def milestones(question: Question, *, negotiation: str) -> Context:
    """The milestones of a negotiation; `track`, `kind` and `party` (who set it) narrow them."""
    narrowed = {name: question.parameter(name) for name in _NARROWED_BY}
    ledger = milestone_ledger(negotiation, clocks=question.clocks, **narrowed)
    return {
        "ledger": ledger,
        "negotiation": ledger.negotiation,
        "parts": parts(ledger),
        "sentences": sentences(ledger.counts),
        "healths": healths_of(ledger, clocks=question.clocks),
        "next": next((s for s in ledger.milestones if s.days_left is not None), None),
        "last_said": long_ago(ledger.last_said_on, on=ledger.clocks.on),
        "narrowed": any(narrowed.values()),
        "table": _file(negotiation, "csv", page_query(question)),
        "calendar": _file(negotiation, "ics", ""),
        "choices": (
            choice(question, "track", _("Track"), of_tracks(ledger.negotiation.tracks)),
            choice(question, "kind", _("Kind of date"), of_words("milestone_kind", MilestoneKind)),
            choice(question, "party", _("Set by"), of_parties(setters(ledger))),
        ),
    }


@file("text/csv; charset=utf-8", takes=_NARROWED_BY, name="{negotiation}-milestones.csv")
def milestones_csv(question: Question, *, negotiation: str) -> bytes:
    """The same as a table, narrowed as the page is."""
    narrowed = {name: question.parameter(name) for name in _NARROWED_BY}
    return as_csv(milestone_ledger(negotiation, clocks=question.clocks, **narrowed).milestones)


def page_query(question: Question) -> str:
    """The question of the page: the clocks, and what narrows."""
    asked = {name: text for name in _NARROWED_BY if (text := question.parameter(name))}
    return "&".join(filter(None, (question.clock_query, urlencode(asked))))


def _file(negotiation: str, extension: str, query: str) -> str:
    """The address of a file beside the page, in its language."""
    path = in_language(f"/{negotiation}/milestones.{extension}", language_now())
    return f"{path}?{query}" if query else path


def parts(ledger: MilestoneLedger) -> tuple[Part, ...]:
    """The milestones in the order of the ledger: to come, overdue, over; only what there is."""
    found: dict[str, list[Line]] = {}
    for state in ledger.milestones:
        found.setdefault(_standing(state), []).append(
            Line(state=state, moves=moves(state), strip=strip(state, on=ledger.clocks.on))
        )
    headings = {
        "ahead": _("To come"),
        "overdue": _("Day passed, no outcome on record"),
        "over": _("Over"),
    }
    return tuple(
        Part(name=name, heading=headings[name], lines=tuple(lines)) for name, lines in found.items()
    )


def moves(state: MilestoneState) -> tuple[Move, ...]:
    """Each earlier date with how far the next one lies from it."""
    return tuple(
        Move(row=row, shift=shift) for row, shift in zip(state.slips, state.moves, strict=True)
    )


def setters(ledger: MilestoneLedger) -> tuple[PartyRef, ...]:
    """The parties of the negotiation, then whoever else set a date."""
    found = {party.code: party for party in ledger.negotiation.parties}
    for state in ledger.milestones:
        for party in state.set_by:
            found.setdefault(party.code, party)
    return tuple(found.values())


def sentences(counts: MilestoneCounts) -> tuple[str, ...]:
    """The ledger in a few words: what became of the dates, then how far they slipped."""
    if not counts.total:
        return ()
    return tuple(filter(None, (_became(counts), _slipped(counts))))


def _became(counts: MilestoneCounts) -> str:
    told = (
        (counts.met, ngettext("%(n)s was met", "%(n)s were met", counts.met)),
        (counts.missed, ngettext("%(n)s was missed", "%(n)s were missed", counts.missed)),
        (
            counts.cancelled,
            ngettext("%(n)s was cancelled", "%(n)s were cancelled", counts.cancelled),
        ),
        (counts.moved, ngettext("%(n)s was put off", "%(n)s were put off", counts.moved)),
        (counts.open, ngettext("%(n)s is open", "%(n)s are open", counts.open)),
    )
    listed = ", ".join(words % {"n": n} for n, words in told if n)
    of = ngettext("Of %(n)s date", "Of %(n)s dates", counts.total) % {"n": counts.total}
    sentence = _("%(of)s, %(listed)s.") % {"of": of, "listed": listed}
    if counts.overdue:
        late = ngettext(
            "The day of %(n)s open one has passed without an outcome on record.",
            "The days of %(n)s open ones have passed without an outcome on record.",
            counts.overdue,
        )
        sentence = f"{sentence} {late % {'n': counts.overdue}}"
    return sentence


def _slipped(counts: MilestoneCounts) -> str:
    told = []
    if counts.later:
        later = ngettext(
            "%(n)s is later than first promised",
            "%(n)s are later than first promised",
            counts.later,
        ) % {"n": counts.later}
        told.append(later + _by(counts))
    if counts.earlier:
        earlier = ngettext(
            "%(n)s is earlier than first promised",
            "%(n)s are earlier than first promised",
            counts.earlier,
        )
        told.append(earlier % {"n": counts.earlier})
    return _("%(told)s.") % {"told": "; ".join(told)} if told else ""


def _by(counts: MilestoneCounts) -> str:
    """By how much on average; only dates to the day are counted, and it is said how many."""
    if counts.later_days is None:
        return ""
    days = ngettext("%(n)s day", "%(n)s days", counts.later_days) % {"n": counts.later_days}
    if counts.later_exactly == counts.later == 1:
        return _(", by %(days)s") % {"days": days}
    if counts.later_exactly == counts.later:
        return _(", by %(days)s on average") % {"days": days}
    return _(", the %(n)s dated to the day by %(days)s on average") % {
        "n": counts.later_exactly,
        "days": days,
    }


def _standing(state: MilestoneState) -> str:
    if state.days_left is not None:
        return "ahead"
    return "overdue" if state.days_late is not None else "over"
