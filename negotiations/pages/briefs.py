"""The brief of one page and the handover: as pages that print, as PDF, and at addresses that stay.

The page at an address that stays tells, above the same facts, what has changed since; the PDF is
the same for ever, and only names that address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from negotiations.pages.frames import in_language, language_now
from negotiations.pages.page import Context, file, page
from negotiations.pages.paper_pages import Told, Write, clocks, leading_on, paper, pinned, twin
from negotiations.pages.paper_sizes import level_for_print
from negotiations.pages.paper_writing import brief_sheet, handover_sheet
from negotiations.pages.papers import overtaken
from negotiations.pages.questions import Question
from negotiations.queries import briefs
from negotiations.queries.clocks import today
from negotiations.queries.pins import Pin, newest_pin, pin_at
from negotiations.queries.shapes.since import BriefSince
from negotiations.queries.since import since
from negotiations.refusals import Refusal

_TWIN = "/api/v1/negotiations/{negotiation}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """Brief or handover: how it is composed and written, how many pages it may have."""

    name: str
    compose: Callable[..., Told]
    write: Write
    pages: int


_BRIEF = _Kind(name="brief", compose=briefs.brief, write=brief_sheet, pages=1)
_HANDOVER = _Kind(name="handover", compose=briefs.handover, write=handover_sheet, pages=2)


@page("briefs/brief.html", twin=f"{_TWIN}brief/")
def brief(question: Question, *, negotiation: str) -> Context:
    """The brief as of now, or of the clocks."""
    return _now(_BRIEF, question, negotiation)


@page("briefs/brief.html", twin=f"{_TWIN}brief/{{number}}/", fixed=True)
def fixed_brief(question: Question, *, negotiation: str, number: int) -> Context:
    """The brief as it was at an act, and what has changed since."""
    return _then(_BRIEF, question, negotiation, number)


@page("briefs/brief.html", twin=f"{_TWIN}handover/")
def handover(question: Question, *, negotiation: str) -> Context:
    """The handover as of now, or of the clocks."""
    return _now(_HANDOVER, question, negotiation)


@page("briefs/brief.html", twin=f"{_TWIN}handover/{{number}}/", fixed=True)
def fixed_handover(question: Question, *, negotiation: str, number: int) -> Context:
    """The handover as it was at an act, and what has changed since."""
    return _then(_HANDOVER, question, negotiation, number)


@file("application/pdf", name="{negotiation}-brief-{on}-{language}.pdf", limited=True)
def brief_paper(question: Question, *, negotiation: str) -> bytes:
    """The brief on one page, as of now, or of the clocks."""
    return _paper(_BRIEF, negotiation, newest_pin(question.worded), question)


@file("application/pdf", name="{negotiation}-brief-{number}-{language}.pdf", limited=True)
def fixed_brief_paper(question: Question, *, negotiation: str, number: int) -> bytes:
    """The brief on one page, as it was at an act."""
    return _paper(_BRIEF, negotiation, _pin(question, number), question)


@file("application/pdf", name="{negotiation}-handover-{on}-{language}.pdf", limited=True)
def handover_paper(question: Question, *, negotiation: str) -> bytes:
    """The handover on two pages, as of now, or of the clocks."""
    return _paper(_HANDOVER, negotiation, newest_pin(question.worded), question)


@file("application/pdf", name="{negotiation}-handover-{number}-{language}.pdf", limited=True)
def fixed_handover_paper(question: Question, *, negotiation: str, number: int) -> bytes:
    """The handover on two pages, as it was at an act."""
    return _paper(_HANDOVER, negotiation, _pin(question, number), question)


def _now(kind: _Kind, question: Question, negotiation: str) -> Context:
    told = kind.compose(negotiation, pin=newest_pin(question.worded))
    return _context(kind, told, None, clocks_kept=question.clock_query)


def _then(kind: _Kind, question: Question, negotiation: str, number: int) -> Context:
    pin = _pin(question, number)
    told = kind.compose(negotiation, pin=pin)
    present = today(now=question.now, as_of=question.clocks.as_of, zone=settings.DESK_ZONE)
    changed = since(told, pin=pin, clocks=present)
    return _context(kind, told, changed, clocks_kept=pinned(told))


def _paper(kind: _Kind, negotiation: str, pin: Pin, question: Question) -> bytes:
    return paper(
        kind.compose(negotiation, pin=pin), kind.write, pages=kind.pages, question=question
    )


def _pin(question: Question, number: int) -> Pin:
    """The act, with the clocks that were given; the third is fixed by the act."""
    given, clocks_asked = question.given, question.clocks
    if "as_of" in given:
        why = _("the number in the address says what the record was")
        raise Refusal("bad_parameter", at="as_of", name="as_of", why=why)
    one_day = "known_on" in given
    known = one_day or "known_by" in given
    return pin_at(
        number,
        on=clocks_asked.on if one_day or "on" in given else None,
        known_by=clocks_asked.known_by if known else None,
        known_at=clocks_asked.known_at if known else None,
        zone=settings.DESK_ZONE,
    )


def _context(kind: _Kind, told: Told, changed: BriefSince | None, *, clocks_kept: str) -> Context:
    sheet = leading_on(level_for_print(told, kind.write, pages=kind.pages), clocks_kept)
    language = language_now()
    if changed:
        became = {(one.noun, one.id): _became(one.retracted) for one in changed.overtaken}
        sheet = overtaken(sheet, became)
    return {
        "told": told,
        "sheet": sheet,
        "kind": kind.name,
        "clocks": clocks(told),
        "digest": briefs.fingerprint(told),
        # Before the first act there is nothing that could be named.
        "permanent": in_language(told.address, language) if told.ledger_number else "",
        "facts": twin(told),
        "newest": reverse(f"pages:{kind.name}", kwargs={"negotiation": told.negotiation}),
        "since": changed,
        "mended": [one for one in changed.overtaken if one.endnotes] if changed else [],
        "mended_beside": [one for one in changed.overtaken if not one.endnotes] if changed else [],
    }


def _became(retracted: bool) -> str:
    return _("since retracted") if retracted else _("since corrected")
