"""Links from change to change, beside the date at the head of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from negotiations.pages.questions import Question, plain_question
from negotiations.queries.steps import steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A day, and the address of the page as known on it."""

    day: date
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLinks:
    """The first change, and the nearest before and after the day that is shown, where there are."""

    first: Step | None
    earlier: Step | None
    later: Step | None


def step_links(
    question: Question, named: Mapping[str, object], *, path: str, kept: Mapping[str, str]
) -> StepLinks | None:
    """From the day that `question` asks about, for a page whose address has the names `named`.

    Days of a track, or of all tracks of a negotiation; None for pages of neither, and where there
    is no change to go to. `kept` are the parameters that the links carry along. One SQL query.
    """
    if "negotiation" not in named:
        return None
    track = named.get("track")
    found = steps(
        str(named["negotiation"]),
        None if track is None else str(track),
        day=_shown(question),
        until=plain_question(now=question.now).clocks.known_by,
        as_of=question.clocks.as_of,
    )

    def step(day: date | None) -> Step | None:
        query = urlencode({"known_on": day, **kept})
        return None if day is None else Step(day=day, href=f"{path}?{query}")

    first = None if found.first == found.earlier else found.first
    if found.earlier is None and found.later is None:
        return None
    return StepLinks(
        first=step(first if found.earlier else None),
        earlier=step(found.earlier),
        later=step(found.later),
    )


def _shown(question: Question) -> date:
    """The day whose knowledge the page shows."""
    clocks = question.clocks
    return clocks.known_by if "known_by" in question.given else clocks.on
