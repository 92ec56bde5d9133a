"""What happened on a track, newest first."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Value

from negotiations.models import (
    Clocks,
    Linkage,
    Milestone,
    Position,
    Statement,
    StatementTrack,
    StatusChange,
)
from negotiations.queries.cursors import write_cursor
from negotiations.queries.entries import KINDS, entry
from negotiations.queries.held import held
from negotiations.queries.lookups import find_track, not_one_of
from negotiations.queries.paging import beyond, by_date
from negotiations.queries.pieces import records_of
from negotiations.queries.shapes import Entry, Page


def timeline(
    negotiation_slug: str,
    track_slug: str,
    *,
    clocks: Clocks,
    kinds: tuple[str, ...] = (),
    limit: int = 50,
    cursor: str | None = None,
) -> Page[Entry]:
    """Entries of a track effective by `on`, of these kinds (none named: all); nine SQL queries.

    Refuses `not_found`, `bad_parameter` and `bad_cursor`.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise not_one_of("kind", kind, KINDS)
    track = find_track(negotiation_slug, track_slug, clocks=clocks).pk
    name = f"timeline of {track}"
    first, *others = (
        _keys(kind, track, name=name, clocks=clocks, limit=limit, cursor=cursor)
        for kind in dict.fromkeys(kinds or KINDS)
    )
    # One kind alone is cut to its page already, and a cut query takes no further order.
    merged = (
        first.union(*others, all=True).order_by("-lower", "-upper", "-number")[: limit + 1]
        if others
        else first
    )
    keys = list(merged)
    ids: dict[str, list[int]] = {}
    for kind, pk, *_ in keys[:limit]:
        ids.setdefault(kind, []).append(pk)
    records = records_of(clocks=clocks, **ids)
    return Page(
        results=tuple(entry(getattr(records, kind)[pk]) for kind, pk, *_ in keys[:limit]),
        next=write_cursor(name=name, key=keys[limit - 1][2:]) if len(keys) > limit else None,
    )


def _keys(
    kind: str, track: int, *, name: str, clocks: Clocks, limit: int, cursor: str | None
) -> QuerySet[Any]:
    """Kind, id and sort key of the page's candidates of one kind."""
    noun, column = ("said", "statement_id") if kind == "statement" else ("effective", "pk")
    rows = _rows(kind, track, clocks=clocks).annotate(
        told_as=Value(kind, output_field=CharField()),
        row=F(column),
        lower=F(f"{noun}_lower"),
        upper=F(f"{noun}_upper"),
        number=F("ledger_number"),
    )
    order = by_date(name, noun)
    found = beyond(rows, order=order, limit=limit, cursor=cursor)
    return found.values_list("told_as", "row", "lower", "upper", "number")


def _rows(kind: str, track: int, *, clocks: Clocks) -> QuerySet[Any]:
    match kind:
        case "status_change":
            return held(StatusChange, clocks=clocks).filter(track=track)
        case "position":
            return held(Position, clocks=clocks).filter(term__track=track)
        case "linkage":
            return held(Linkage, clocks=clocks).filter(Q(from_track=track) | Q(to_track=track))
        case "milestone":
            return held(Milestone, clocks=clocks).filter(tracks=track)
        case _:
            return statements_of(track, clocks=clocks)


def statements_of(
    track: int | OuterRef, *, clocks: Clocks, wanted: Q | None = None
) -> QuerySet[StatementTrack]:
    """The visible statements of a track said by `on`, by the index that is in their order.

    `wanted` narrows the statements.
    """
    visible = Statement.objects.visible(clocks).filter(wanted or Q())
    return StatementTrack.objects.filter(
        track=track, said_lower__lte=clocks.on, statement__in=visible
    )
