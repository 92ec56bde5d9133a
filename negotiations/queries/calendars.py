"""Milestones as a calendar keeps them: each with all it has been through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from negotiations.models import Clocks
from negotiations.queries.assembly import assemble
from negotiations.queries.negotiations import Whole, find_whole
from negotiations.queries.shapes import MilestoneRecord
from negotiations.queries.shapes.syndication import Appointment, Calendar
from negotiations.queries.states import TrackRow, find_track
from negotiations.queries.walks import told, values_of, visible
from negotiations.sql import fetch
from negotiations.vocabulary import Outcome


def calendar(negotiation: str, track: str | None = None, *, clocks: Clocks) -> Calendar:
    """The milestones of a negotiation, or those that bear on a track of it; nine SQL queries.

    Also those that were withdrawn from the record: who took them into a calendar is to learn of
    it. Refuses `not_found`.
    """
    place: Whole | TrackRow
    if track is None:
        place = find_whole(negotiation, clocks=clocks)
        rows = _rows(place.pk, None, clocks=clocks)
    else:
        place = find_track(negotiation, track, clocks=clocks)
        rows = _rows(place.negotiation_id, place.pk, clocks=clocks)
    histories = [list(rows) for _, rows in groupby(rows, key=lambda row: row.slug)]
    return Calendar(
        title_en=place.title_en,
        title_ko=place.title_ko,
        appointments=tuple(_appointments(histories, track=track, clocks=clocks)),
    )


class _Row(NamedTuple):
    """One row of a milestone, as far as its history counts."""

    slug: str
    pk: int
    chain: UUID
    published_at: datetime
    in_effect: bool
    seen: bool
    withdrawn: bool
    place: tuple[object, ...]


def _rows(negotiation: int, track: int | None, *, clocks: Clocks) -> list[_Row]:
    """The rows that are told, also such as were replaced, in the order of their publication."""
    bears = (
        " AND row.slug IN (SELECT bearing.slug FROM negotiations_milestone_tracks link"
        " JOIN negotiations_milestone bearing ON bearing.id = link.milestone_id"
        " WHERE link.track_id = %(track)s AND bearing.negotiation_id = %(negotiation)s)"
    )
    found = fetch(
        "SELECT row.slug, row.id, row.chain, row.published_at,"  # noqa: S608  words of ours
        f" row.effective_lower <= %(on)s, {visible('row', 'milestone', clocks=clocks)},"
        " row.withdrawn, row.effective_lower, row.effective_upper, row.ledger_number"
        " FROM negotiations_milestone row WHERE row.negotiation_id = %(negotiation)s"
        f" AND {told('row', clocks)}"
        f"{bears if track is not None else ''} ORDER BY row.slug, row.ledger_number",
        {**values_of(clocks), "negotiation": negotiation, "track": track},
    )
    return [_Row._make((*row[:7], row[7:])) for row in found]


def _appointments(
    histories: Sequence[Sequence[_Row]], *, track: str | None, clocks: Clocks
) -> Iterable[Appointment]:
    known = [(history, row) for history in histories if (row := _standing(history))]
    records = assemble(clocks=clocks, milestone=[row.pk for _, row in known]).milestone
    found = [_appointment(history, records[row.pk], row.seen) for history, row in known]
    here = (one for one in found if track is None or _bears(one, track))
    return sorted(here, key=lambda one: (one.milestone.due_lower, one.milestone.ledger_number))


def _standing(history: Sequence[_Row]) -> _Row | None:
    """The latest row that holds; of a milestone that is withdrawn, the row that says so."""
    held = [row for row in history if row.in_effect]
    if seen := [row for row in held if row.seen]:
        return max(seen, key=lambda row: row.place)
    return held[-1] if held and held[-1].withdrawn else None


def _appointment(history: Sequence[_Row], record: MilestoneRecord, seen: bool) -> Appointment:
    held = [row for row in history if row.in_effect]
    return Appointment(
        # The first row of all gives the name, whatever comes into effect before it.
        uid=history[0].chain,
        sequence=len(held) - 1,
        created_at=history[0].published_at,
        changed_at=held[-1].published_at,
        called_off=not seen or record.outcome == Outcome.CANCELLED,
        milestone=record,
    )


def _bears(one: Appointment, track: str) -> bool:
    return any(ref.slug == track for ref in one.milestone.tracks)
