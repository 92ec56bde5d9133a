"""A negotiation at one look."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from negotiations.models import (
    Clocks,
    LedgerEntry,
    Linkage,
    Milestone,
    Position,
    StatusChange,
    Track,
)
from negotiations.queries import lanes, names
from negotiations.queries.assembly import assemble
from negotiations.queries.clocks import clocks_used
from negotiations.queries.held import NEWEST, held
from negotiations.queries.lookups import find_negotiation
from negotiations.queries.milestones import next_milestones
from negotiations.queries.negotiations import in_tree_order, summaries
from negotiations.queries.shapes import Board, BoardRow
from negotiations.queries.states import all_parties, standings, states, track_rows
from negotiations.queries.timelines import statements_of


def board(negotiation_slug: str, *, clocks: Clocks) -> Board:
    """Every track of a negotiation, where it stands and how it came there.

    Eighteen SQL queries at most; refuses `not_found`.
    """
    negotiation = find_negotiation(negotiation_slug, clocks=clocks)
    registered = Track.objects.filter(negotiation=negotiation, registered_at__lte=clocks.as_of)
    placed = in_tree_order(list(track_rows(registered)))
    where = standings([track for track, _ in placed], clocks=clocks)
    upcoming = next_milestones(registered, clocks=clocks)
    due = lanes.milestones([track.pk for track, _ in placed], clocks=clocks)
    records = assemble(
        clocks=clocks,
        status_change={pk for standing in where for pk in standing.status_change_ids},
        milestone={*upcoming.values(), *(pk for pks in due.values() for pk in pks)},
    )
    stand = states(where, records=records.status_change, parties=all_parties(where))
    last = _last_entries(registered, clocks=clocks)
    return Board(
        negotiation=summaries([negotiation], clocks=clocks)[0],
        rows=tuple(
            BoardRow(
                state=state,
                depth=depth,
                last_entry_on=last.get(track.pk),
                next_milestone=records.milestone.get(upcoming.get(track.pk, 0)),
            )
            for (track, depth), state in zip(placed, stand, strict=True)
        ),
        lanes=_lanes(placed, due, records.milestone, clocks=clocks),
        clocks=clocks_used(clocks),
        ledger_number=_newest_act(negotiation.pk, clocks=clocks),
    )


def _lanes(placed: Any, due: lanes.Pairs, milestones: Any, *, clocks: Clocks) -> Any:
    pks = [track.pk for track, _ in placed]
    bands = lanes.bands(pks, clocks=clocks)
    days = lanes.statement_days(pks, clocks=clocks)
    return tuple(
        lanes.lane(
            names.track_ref(track, negotiation=track.negotiation.slug),
            depth=depth,
            bands=bands.get(track.pk, ()),
            days=days.get(track.pk, {}),
            milestones=[milestones[pk] for pk in due.get(track.pk, ())],
        )
        for track, depth in placed
    )


def _last_entries(tracks: QuerySet[Track], *, clocks: Clocks) -> dict[int, str]:
    """The date, as recorded, of the newest entry of each track's timeline; one SQL query."""
    pk = OuterRef("pk")
    kinds = {
        "status": _last(held(StatusChange, clocks=clocks).filter(track=pk)),
        "position": _last(held(Position, clocks=clocks).filter(term__track=pk)),
        "linkage": _last(held(Linkage, clocks=clocks).filter(Q(from_track=pk) | Q(to_track=pk))),
        "milestone": _last(held(Milestone, clocks=clocks).filter(tracks=pk)),
        "statement": _last(
            statements_of(pk, clocks=clocks).annotate(said_on=F("statement__said_on")),
            noun="said",
        ),
    }
    last = {f"last_{kind}": subquery for kind, subquery in kinds.items()}
    rows = tracks.annotate(**last).values_list("pk", *last)
    newest = {track: max(filter(None, found), key=_key, default=None) for track, *found in rows}
    return {track: entry["on"] for track, entry in newest.items() if entry}


def _last(rows: QuerySet[Any], *, noun: str = "effective") -> Subquery:
    columns = [column.replace("effective", noun) for column in NEWEST]
    newest = rows.order_by(*columns).values(
        json=JSONObject(
            lower=f"{noun}_lower", upper=f"{noun}_upper", number="ledger_number", on=f"{noun}_on"
        )
    )
    return Subquery(newest[:1])


def _key(entry: dict[str, Any]) -> tuple[str, str, int]:
    return entry["lower"], entry["upper"], entry["number"]


def _newest_act(negotiation: int, *, clocks: Clocks) -> int:
    acts = LedgerEntry.objects.filter(
        public=True, at__lte=clocks.as_of, negotiation_ids__contains=[negotiation]
    )
    return acts.order_by("-number").values_list("number", flat=True).first() or 0
