"""The desk page: what waits for the officer, and what in the record wants an eye."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from negotiations.desk_words import Role
from negotiations.pages.desk.checks import tracks_told
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.nouns import PLURALS
from negotiations.pages.questions import plain_question
from negotiations.queries import attention, desk, keeping
from negotiations.queries.clippings import open_count
from negotiations.queries.releases import releases
from negotiations.queries.reports import open_reports
from negotiations.vocabulary import Agreement

# So many of each list; the others are behind a link.
SHOWN = 5


@desk_page(needs=Role.READER, form=False)
def front(sitting: Sitting) -> HttpResponse:
    """For officers their work; for readers what an account is good for."""
    if not sitting.seat.may(Role.OFFICER):
        return sitting.render("desk/reader.html")
    return sitting.render("desk/front.html", {**_waiting(sitting), **_wanting(sitting)})


def _waiting(sitting: Sitting) -> Mapping[str, Any]:
    """What others or the officer left to do."""
    return {
        "piles": desk.piles(sitting.seat, limit=SHOWN),
        "releases": releases(sitting.seat),
        "captures": attention.captures(sitting.seat, now=sitting.now, limit=2 * SHOWN),
        "clippings": open_count(sitting.seat, now=sitting.now),
        "reports": open_reports(sitting.seat),
        "shown": SHOWN,
        "nouns": tuple(PLURALS),
    }


def _wanting(sitting: Sitting) -> Mapping[str, Any]:
    """What the record itself asks for."""
    seat, clocks = sitting.seat, plain_question(now=sitting.now).clocks
    tracks = tracks_told(sitting)
    due = attention.milestones_due(seat, clocks=clocks)
    return {
        "tracks": tracks,
        "neglected": [told for told in tracks if told.neglected],
        "contested": [told for told in tracks if told.state.agreement == Agreement.CONTESTED],
        "passed": [one for one in due if one.due_upper < clocks.on],
        "soon": [one for one in due if one.due_upper >= clocks.on],
        "paraphrases": attention.paraphrases(seat, clocks=clocks, limit=SHOWN),
        "uncaptured": attention.uncaptured(seat, clocks=clocks, limit=SHOWN),
        "found": keeping.watched_pages(seat, clocks=clocks, unseen=True, limit=2 * SHOWN),
        "damaged": keeping.damaged_copies() if seat.rules else (),
        "clocks": clocks,
    }
