"""The deadline ledger: every milestone of a negotiation as it stands, as JSON and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from negotiations.api.asking import Asked
from negotiations.api.feeds import Outward
from negotiations.api.filters import CLAIMANT, CLOCKS, MILESTONE_KIND, TRACK
from negotiations.api.formats import BETWEEN, BOM
from negotiations.api.reading import Read
from negotiations.cells import cell
from negotiations.queries.ledger import Latest
from negotiations.queries.milestone_ledger import milestone_ledger
from negotiations.queries.shapes import Days, MilestoneLedger, MilestoneState

SETTER = replace(CLAIMANT, doc="Who set the present date: the code of a party.")
_TAKEN = (*CLOCKS, TRACK, MILESTONE_KIND, SETTER)


class ShowMilestones(Read):
    """Every milestone of a negotiation once, as it stands: those to come, overdue, over.

    `slips` are its earlier dates and `moves` say how far each lies from the next; numbers of days
    are as vague as the dates. The rows that tell all this are at `/api/v1/milestones/`.
    """

    tag = "Negotiations"
    shape = MilestoneLedger
    parameters = _TAKEN

    def answer(self, asked: Asked, *, negotiation: str) -> MilestoneLedger:
        """The milestones of the negotiation of that slug."""
        return milestone_ledger(negotiation, clocks=asked.clocks, **asked.filters)


class ShowMilestoneTable(Outward):
    """The same as a table for spreadsheets, a row for each milestone; names in both languages."""

    media_type = "text/csv"
    parameters = _TAKEN

    def get(self, request: Request, *, language: str, **path: str) -> Response:  # type: ignore[override]
        """Answer at the address of either language."""
        self.language = language
        return super().get(request, **path)

    def answer(self, asked: Asked, *, negotiation: str) -> bytes:
        """The table as bytes."""
        found = milestone_ledger(negotiation, clocks=asked.clocks, **asked.filters)
        return written(found.milestones)

    def headers_for(self, tag: str, asked: Asked) -> dict[str, str]:
        """As of every read, with a name for the file."""
        name = 'attachment; filename="milestones.csv"'
        headers = super().headers_for(tag, asked)
        return headers | {"Content-Disposition": name, "Content-Language": "en, ko"}

    def _etag(self, request: Request, asked: Asked, latest: Latest) -> str:
        """Another one on another day: days are counted from it."""
        values = {**asked.values, "today": asked.clocks.on}
        return super()._etag(request, replace(asked, values=values), latest)


def written(milestones: Iterable[MilestoneState]) -> bytes:
    """The table in UTF-8 (RFC 4180), with the mark by which spreadsheets see that it is."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    for state in milestones:
        table.writerow([cell(read(state)) for read in _COLUMNS.values()])
    return (BOM + out.getvalue()).encode()


def _bound(day: date) -> str | None:
    """A first or last day; nothing where the end is open."""
    return None if day in {date.min, date.max} else day.isoformat()


def _days(name: str, number: str) -> Callable[[MilestoneState], Any]:
    def read(state: MilestoneState) -> Any:
        days: Days | None = getattr(state, name)
        return None if days is None else getattr(days, number)

    return read


# What stands in each column.
_COLUMNS: dict[str, Callable[[MilestoneState], Any]] = {
    "slug": lambda state: state.latest.slug,
    "title_en": lambda state: state.latest.title_en,
    "title_ko": lambda state: state.latest.title_ko,
    "kind": lambda state: state.latest.kind,
    "tracks": lambda state: BETWEEN.join(track.slug for track in state.latest.tracks),
    "due_on": lambda state: state.latest.due_on,
    "due_lower": lambda state: _bound(state.latest.due_lower),
    "due_upper": lambda state: _bound(state.latest.due_upper),
    "outcome": lambda state: state.latest.outcome,
    "outcome_on": lambda state: state.latest.effective_on,
    "set_on": lambda state: state.set_on,
    "set_by": lambda state: BETWEEN.join(party.code for party in state.set_by),
    "earlier_dates": lambda state: BETWEEN.join(row.due_on for row in state.slips),
    "moves": lambda state: len(state.moves),
    "moved": _days("moved", "direction"),
    "moved_days_least": _days("moved", "least"),
    "moved_days_most": _days("moved", "most"),
    "moved_days_exact": _days("moved", "exact"),
    "days_left_least": _days("days_left", "least"),
    "days_left_most": _days("days_left", "most"),
    "days_late_least": _days("days_late", "least"),
    "days_late_most": _days("days_late", "most"),
    "statement": lambda state: state.set_in.id,
    "speaker_en": lambda state: state.set_in.speaker.name_en,
    "source_title": lambda state: state.set_in.source.title,
    "source_url": lambda state: state.set_in.source.url,
    "known_on": lambda state: state.latest.known_on.isoformat(),
    "ledger_number": lambda state: state.latest.ledger_number,
}
