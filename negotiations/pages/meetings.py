"""Meetings of a negotiation, and both accounts of one of them side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from negotiations.pages.frames import language_now
from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.queries import meetings as query
from negotiations.queries.healths import healths_of
from negotiations.queries.shapes import MeetingSummary, TopicLine
from negotiations.vocabulary import AccountVerdict

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many topics come to a verdict."""

    verdict: str
    topics: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A meeting, and the verdicts that any of its topics comes to."""

    summary: MeetingSummary
    counts: tuple[Count, ...]


@page(
    "meetings/meetings.html",
    twin="/api/v1/negotiations/{negotiation}/meetings/",
    takes=("cursor",),
    twin_takes=("cursor",),
)
def meetings(question: Question, *, negotiation: str) -> Context:
    """Every meeting on record, latest date first."""
    whole, found = query.told_meetings(
        negotiation,
        clocks=question.clocks,
        limit=PAGE_LENGTH,
        cursor=question.parameter("cursor"),
    )
    return {
        "negotiation": whole,
        "rows": tuple(Row(summary=one, counts=counts(_numbers(one))) for one in found.results),
        "following": found.next,
        "on": question.clocks.on,
        "verdicts": [verdict.value for verdict in AccountVerdict],
    }


@page("meetings/meeting.html", twin="/api/v1/negotiations/{negotiation}/meetings/{meeting}/")
def meeting(question: Question, *, negotiation: str, meeting: str) -> Context:
    """One meeting: a table by topic, one column a party."""
    told = query.meeting(negotiation, meeting, clocks=question.clocks)
    return {
        "negotiation": told.negotiation,
        "told": told,
        "healths": healths_of(told, clocks=question.clocks),
        "counts": counts(Counter(line.verdict for line in told.lines)),
        "verdicts": [verdict.value for verdict in AccountVerdict],
    }


def counts(numbers: Mapping[str, int]) -> tuple[Count, ...]:
    """The verdicts that any topic comes to, contradictions first."""
    found = ((verdict.value, numbers.get(verdict.value, 0)) for verdict in AccountVerdict)
    return tuple(Count(verdict=verdict, topics=number) for verdict, number in found if number)


def _numbers(summary: MeetingSummary) -> Mapping[str, int]:
    return {verdict.value: getattr(summary, verdict.value) for verdict in AccountVerdict}


def verdict_words(line: TopicLine) -> str:
    """The verdict on a topic with the capitals it speaks of: "only Seoul", "both", "contradict".

    Where a negotiation has more than two parties, those that tell of the topic are named.
    """
    told, left_out = _capitals(line, line.told_by), _capitals(line, line.left_out_by)
    match AccountVerdict(line.verdict):
        case AccountVerdict.CONTRADICTED:
            return _("contradict")
        case AccountVerdict.TOLD_BY_BOTH if len(line.cells) == 2:
            return _("both")
        case AccountVerdict.TOLD_BY_BOTH:
            return told
        case AccountVerdict.TOLD_BY_ONE:
            return _("only %(capital)s") % {"capital": told}
        case AccountVerdict.OMITTED:
            return _("%(told)s; left out by %(silent)s") % {"told": told, "silent": left_out}
        case AccountVerdict.UNTOLD:
            return _("left out by %(silent)s") % {"silent": left_out}


def _capitals(line: TopicLine, codes: tuple[str, ...]) -> str:
    name = f"capital_{language_now()}"
    told = (cell.party for cell in line.cells if cell.party.code in codes)
    return ", ".join(getattr(party, name) or party.capital_en for party in told)
