"""What was corrected or retracted on tracks meanwhile, and since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from negotiations.models import Clocks
from negotiations.queries.corrections import corrections_of
from negotiations.queries.shapes import Correction
from negotiations.queries.walks import told, values_of
from negotiations.sql import array, fetch

# So many are told at most, the newest; the page of corrections has them all.
MOST = 20


@dataclass(frozen=True, slots=True)
class Corrected:
    """Corrections between the two states, and later ones of what was told in the second."""

    between: tuple[Correction, ...] = ()
    later: tuple[Correction, ...] = ()
    left_off: bool = False


def corrected(
    tracks: Collection[int], *, clocks: Clocks, since: int | None, begin: datetime, end: datetime
) -> Corrected:
    """What was corrected on these tracks after the number `since`, or else the instant `begin`.

    What was published after `end` counts as later, and only where it replaced what was told by
    then. Newest first, MOST at most; nine SQL queries. Of sources nothing is told: they are on
    no track.
    """
    values = {**values_of(clocks), "tracks": array(tracks), "since": since, "begin": begin}
    rows = fetch(_sql(clocks, begun_by_number=since is not None), {**values, "end": end})
    told_of = corrections_of([row[:4] for row in rows[:MOST]], clocks=clocks)
    later = [row[4] > end for row in rows[:MOST]]
    return Corrected(
        between=tuple(one for one, is_later in zip(told_of, later, strict=True) if not is_later),
        later=tuple(one for one, is_later in zip(told_of, later, strict=True) if is_later),
        left_off=len(rows) > MOST,
    )


_ON_TRACKS = {
    "statement": "EXISTS (SELECT FROM negotiations_statementtrack link"
    " WHERE link.statement_id IN (row.id, row.supersedes_id)"
    " AND link.track_id = ANY(%(tracks)s::bigint[]))",
    "status_change": "row.track_id = ANY(%(tracks)s::bigint[])",
    "position": "row.term_id IN (SELECT id FROM negotiations_term"
    " WHERE track_id = ANY(%(tracks)s::bigint[]))",
    "linkage": "(row.from_track_id = ANY(%(tracks)s::bigint[])"
    " OR row.to_track_id = ANY(%(tracks)s::bigint[]))",
    "milestone": "EXISTS (SELECT FROM negotiations_milestone_tracks link"
    " WHERE link.milestone_id IN (row.id, row.supersedes_id)"
    " AND link.track_id = ANY(%(tracks)s::bigint[]))",
    "account": "(row.track_id = ANY(%(tracks)s::bigint[])"
    " OR former.track_id = ANY(%(tracks)s::bigint[]))",
}


def _sql(clocks: Clocks, *, begun_by_number: bool) -> str:
    begin = "%(since)s::bigint" if begun_by_number else _NUMBER_AT_BEGIN
    each = " UNION ALL ".join(
        f"({_of(noun, on_tracks, clocks, begin)})" for noun, on_tracks in _ON_TRACKS.items()
    )
    return f"{each} ORDER BY number DESC LIMIT {MOST + 1:d}"


_NUMBER_AT_BEGIN = (
    "COALESCE((SELECT number FROM negotiations_ledgerentry WHERE at <= %(begin)s"
    " ORDER BY at DESC, number DESC LIMIT 1), 0)"
)


def _of(noun: str, on_tracks: str, clocks: Clocks, begin: str) -> str:
    table: Any = f"negotiations_{noun.replace('_', '')}"
    return (
        f"SELECT '{noun}' AS noun, row.id, row.supersedes_id, row.withdrawn, row.published_at,"  # noqa: S608
        f" row.ledger_number AS number FROM {table} row"
        f" JOIN {table} former ON former.id = row.supersedes_id"
        f" WHERE row.supersedes_id IS NOT NULL AND row.ledger_number > {begin} AND {on_tracks}"
        f" AND {told('row', clocks)} AND {told('former', clocks)}"
        " AND (row.published_at <= %(end)s OR former.published_at <= %(end)s)"
        f" ORDER BY row.ledger_number DESC LIMIT {MOST + 1:d}"
    )
