"""A published row at the desk: as readers see it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from negotiations.pages.desk.checks import tracks_told
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.questions import plain_question
from negotiations.queries import drafts, keeping, record, sources, statements
from negotiations.queries.clocks import Clocks
from negotiations.queries.entries import entry

_READ: Mapping[str, Callable[[int, Clocks], Any]] = {
    "source": lambda id, clocks: sources.source(id, clocks=clocks),
    "statement": lambda id, clocks: statements.statement(id, clocks=clocks),
    "status_change": lambda id, clocks: record.status_change(id, clocks=clocks),
    "position": lambda id, clocks: record.position(id, clocks=clocks),
    "linkage": lambda id, clocks: record.linkage(id, clocks=clocks),
    "milestone": lambda id, clocks: record.milestone(id, clocks=clocks),
    "account": lambda id, clocks: record.account(id, clocks=clocks),
}


@desk_page(form=False)
def published(sitting: Sitting, *, noun: str, id: int) -> HttpResponse:
    """One row; a draft leads to its own page. Refuses `not_found`."""
    told = drafts.draft(noun, id, seat=sitting.seat)
    if not told.published:
        return HttpResponseRedirect(reverse("pages:desk_draft", kwargs={"noun": noun, "id": id}))
    row = _READ[noun](id, plain_question(now=sitting.now).clocks)
    paths = {f"{track.negotiation}/{track.slug}" for track in told.row.tracks}
    return sitting.render(
        "desk/record.html",
        {
            "told": told.row,
            "noun": noun,
            "row": row,
            "kept": keeping.kept(id) if noun == "source" else None,
            "entry": None if noun in {"source", "statement"} else entry(row),
            "tracks": [one for one in tracks_told(sitting) if one.path in paths],
        },
    )
