"""Where a statement is used: what rests on it, and what it speaks against."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from negotiations.models import Clocks
from negotiations.queries.assembly import MODELS, Records
from negotiations.queries.headlines import headline
from negotiations.queries.shapes import TrackRef, Usage

_MOST = 200


def used_by(statement_ids: Collection[int], *, clocks: Clocks) -> list[tuple[str, str, int]]:
    """Kind, role and id of the visible rows that cite any of these; one SQL query, 200 at most."""
    first, *others = _citations(statement_ids, clocks=clocks)
    cited = first.union(*others).order_by("-number", "told_as", "role")
    return [(kind, role, pk) for kind, role, pk, _ in cited[:_MOST]]


def usages(cited: Collection[tuple[str, str, int]], *, records: Records) -> tuple[Usage, ...]:
    """These citations, newest effective first."""
    pairs = [(role, kind, getattr(records, kind)[pk]) for kind, role, pk in cited]
    pairs.sort(
        key=lambda p: (p[2].effective_lower, p[2].effective_upper, p[2].ledger_number),
        reverse=True,
    )
    return tuple(_usage(role, kind, record) for role, kind, record in pairs)


def _citations(ids: Collection[int], *, clocks: Clocks) -> Iterator[QuerySet[Any]]:
    for kind, model in MODELS.items():
        visible = model.objects.visible(clocks)
        yield _columns(visible.filter(basis__in=ids), kind, role="basis")
        yield _columns(visible.filter(further_basis__in=ids), kind, role="basis")
        if kind == "status_change":
            yield _columns(visible.filter(dissent__in=ids), kind, role="dissent")


def _columns(rows: QuerySet[Any], kind: str, *, role: str) -> QuerySet[Any]:
    marked = rows.annotate(
        told_as=Value(kind, output_field=CharField()),
        role=Value(role, output_field=CharField()),
        row=F("pk"),
        number=F("ledger_number"),
    )
    return marked.values_list("told_as", "role", "row", "number")


def _usage(role: str, kind: str, record: Any) -> Usage:
    line_en, line_ko = headline(record)
    return Usage(
        kind=kind,
        id=record.id,
        role=role,
        track=_track(record, kind),
        headline_en=line_en,
        headline_ko=line_ko,
        effective_on=record.effective_on,
    )


def _track(record: Any, kind: str) -> TrackRef:
    match kind:
        case "position":
            track: TrackRef = record.term.track
        case "linkage":
            track = record.from_track
        case "milestone":
            track = record.tracks[0]
        case _:
            track = record.track
    return track
