"""Where a statement is used: what rests on it, and what it speaks against."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from negotiations.models import Clocks
from negotiations.queries.assembly import MODELS, Records
from negotiations.queries.headlines import headline
from negotiations.queries.shapes import TrackRef, Usage
from negotiations.queries.walks import values_of, visible
from negotiations.sql import array, fetch

_MOST = 200
# The links of each kind to statements, beside its first one, and in which role those stand.
_LINKS = {kind: {"further_basis": "basis"} for kind in MODELS}
_LINKS["status_change"]["dissent"] = "dissent"


def used_by(statement_ids: Collection[int], *, clocks: Clocks) -> list[tuple[str, str, int]]:
    """Kind, role and id of the visible rows that cite any of these; one SQL query, 200 at most."""
    cited = " UNION ".join(_citations(clocks))
    rows = fetch(
        f"SELECT * FROM ({cited}) cited ORDER BY number DESC, kind, role LIMIT {_MOST}",  # noqa: S608
        {**values_of(clocks), "ids": array(statement_ids)},
    )
    return [(kind, role, pk) for kind, role, pk, _ in rows]


def usages(cited: Collection[tuple[str, str, int]], *, records: Records) -> tuple[Usage, ...]:
    """These citations, newest effective first."""
    pairs = [(role, kind, getattr(records, kind)[pk]) for kind, role, pk in cited]
    pairs.sort(
        key=lambda p: (p[2].effective_lower, p[2].effective_upper, p[2].ledger_number),
        reverse=True,
    )
    return tuple(_usage(role, kind, record) for role, kind, record in pairs)


def _citations(clocks: Clocks) -> Iterator[str]:
    # One by one: an OR across links would read whole tables.
    for kind in MODELS:
        table = kind.replace("_", "")
        yield _rows(kind, "basis", "row.basis_id = ANY(%(ids)s::bigint[])", clocks)
        for links, role in _LINKS[kind].items():
            linked = (
                f"row.id = ANY(ARRAY(SELECT link.{table}_id"  # noqa: S608  words of ours
                f" FROM negotiations_{table}_{links} link"
                " WHERE link.statement_id = ANY(%(ids)s::bigint[])))"
            )
            yield _rows(kind, role, linked, clocks)


def _rows(kind: str, role: str, wanted: str, clocks: Clocks) -> str:
    table = kind.replace("_", "")
    return (
        f"SELECT '{kind}' AS kind, '{role}' AS role, row.id, row.ledger_number AS number"  # noqa: S608
        f" FROM negotiations_{table} row"
        f" WHERE {wanted} AND {visible('row', table, clocks=clocks)}"
    )


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
