"""One place where rows of the record become records: any kinds, in bulk, with their evidence.

Eight SQL queries at most, however many rows: one a kind, one for all statements, one each for the
parties and the tracks that any of them names.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from negotiations.models import Account, Clocks, Linkage, Milestone, Position, StatusChange
from negotiations.queries import names, utterances
from negotiations.queries.building import BUILDERS, Shelf
from negotiations.queries.chains import with_successor
from negotiations.queries.documents import build_sources
from negotiations.queries.shapes import (
    AccountRecord,
    LinkageRecord,
    MilestoneRecord,
    PositionRecord,
    SourceRecord,
    StatementRecord,
    StatusChangeRecord,
)

MODELS: dict[str, Any] = {
    "status_change": StatusChange,
    "position": Position,
    "linkage": Linkage,
    "milestone": Milestone,
    "account": Account,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Records by id."""

    source: Mapping[int, SourceRecord] = field(default_factory=dict)
    status_change: Mapping[int, StatusChangeRecord] = field(default_factory=dict)
    position: Mapping[int, PositionRecord] = field(default_factory=dict)
    linkage: Mapping[int, LinkageRecord] = field(default_factory=dict)
    milestone: Mapping[int, MilestoneRecord] = field(default_factory=dict)
    account: Mapping[int, AccountRecord] = field(default_factory=dict)
    statement: Mapping[int, StatementRecord] = field(default_factory=dict)


def assemble(*, clocks: Clocks, **ids: Collection[int]) -> Records:
    """The records of these ids, named by kind (`status_change=[…], source=[…]`).

    Ids of rows that were not published by `as_of` are left out.
    """
    statements, sources = set(ids.pop("statement", ())), ids.pop("source", ())
    rows = {kind: _rows(kind, pks, clocks=clocks) for kind, pks in ids.items()}
    every = [row for of_kind in rows.values() for row in of_kind]
    evidence = {pk for row in every for pk in _statement_ids(row)}
    shelf = _shelf(every, statements | evidence, clocks=clocks)
    built: dict[str, Any] = {
        kind: {row.pk: BUILDERS[kind](row, shelf) for row in of_kind}
        for kind, of_kind in rows.items()
    }
    said = {pk: u.record for pk, u in shelf.utterances.items() if pk in statements}
    documents = build_sources(sources, clocks=clocks) if sources else {}
    return Records(statement=said, source=documents, **built)


def _rows(kind: str, pks: Collection[int], *, clocks: Clocks) -> list[Any]:
    if not pks:
        return []
    model = MODELS[kind]
    rows = model.objects.filter(pk__in=set(pks), published_at__lte=clocks.as_of)
    rows = rows.annotate(further_ids=_links(model.further_basis.through, kind, "statement_id"))
    if kind == "status_change":
        rows = rows.annotate(dissent_ids=_links(model.dissent.through, kind, "statement_id"))
    if kind == "position":
        rows = rows.select_related("term")
    if kind == "milestone":
        rows = rows.annotate(track_ids=_links(model.tracks.through, kind, "track_id"))
        rows = rows.select_related("negotiation")
    return list(with_successor(rows, clocks=clocks))


def _links(through: Any, kind: str, column: str) -> ArraySubquery:
    owner = kind.replace("_", "")
    links: QuerySet[Any] = through.objects.filter(**{owner: OuterRef("pk")})
    return ArraySubquery(links.order_by(column).values(column))


def _statement_ids(row: Any) -> tuple[int, ...]:
    return (row.basis_id, *row.further_ids, *getattr(row, "dissent_ids", ()))


def _shelf(rows: list[Any], statement_ids: set[int], *, clocks: Clocks) -> Shelf:
    said = utterances.statement_rows(statement_ids, clocks=clocks) if statement_ids else []
    parties = names.parties(utterances.party_ids(said) | {pk for r in rows for pk in _parties(r)})
    tracks = names.tracks(utterances.track_ids(said) | {pk for r in rows for pk in _tracks(r)})
    return Shelf(
        parties=parties,
        tracks=tracks,
        utterances=utterances.utterances(said, parties=parties, tracks=tracks, clocks=clocks),
    )


def _parties(row: Any) -> tuple[int, ...]:
    party = getattr(row, "according_to_id", None)
    return () if party is None else (party,)


def _tracks(row: Any) -> tuple[int, ...]:
    if isinstance(row, StatusChange | Account):
        return (row.track_id,)
    if isinstance(row, Position):
        return (row.term.track_id,)
    if isinstance(row, Linkage):
        return (row.from_track_id, row.to_track_id)
    return tuple(row.track_ids)
