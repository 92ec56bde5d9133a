"""How the pages of all sources that a page cites were found again: one SQL query for them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from negotiations.models import Clocks
from negotiations.queries.evidence import VERB, until
from negotiations.queries.shapes import SourceHealth, SourceRef, StatementRecord
from negotiations.sql import array, fetch
from negotiations.vocabulary import Capture, EvidenceState

# The act may stand on any row of the document's chain, the text as well; and words that were found
# altered are those of every row of their statement's chain that quotes them.
_HEALTHS = """
    SELECT source.id, last.state, last.at, COALESCE(last.altered, '{}'), EXISTS (
        SELECT FROM negotiations_source kept
            JOIN negotiations_snapshot text ON text.source_id = kept.id
        WHERE kept.chain = source.chain AND kept.published_at <= %(as_of)s
            AND text.recorded_at <= %(as_of)s AND text.capture = %(fetched)s)
    FROM negotiations_source source LEFT JOIN LATERAL (
        SELECT act.payload ->> 'state' AS state, act.at, ARRAY(
            SELECT now.id
            FROM jsonb_array_elements(act.payload -> 'passages') passage
                JOIN negotiations_statement was ON was.id = (passage ->> 'statement')::bigint
                JOIN negotiations_statement now
                    ON now.chain = was.chain AND now.quotation = was.quotation
            WHERE now.published_at <= %(as_of)s ORDER BY now.id) AS altered
        FROM negotiations_source cited
            JOIN negotiations_ledgerentry act ON act.noun = 'source' AND act.object_id = cited.id
        WHERE cited.chain = source.chain AND cited.published_at IS NOT NULL
            AND act.verb = %(verb)s AND act.public AND act.at <= %(until)s
        ORDER BY act.number DESC LIMIT 1
    ) last ON true
    WHERE source.id = ANY(%(ids)s::bigint[])
"""


def healths(ids: Iterable[int], *, clocks: Clocks) -> dict[int, SourceHealth]:
    """The health of these told sources by id, as `evidence.source_evidence` has it at length.

    One SQL query, none where nothing is asked. It is asked of the ledger alone, so that an answer
    with it changes with the ledger; stored pieces (`queries.pieces`) never hold it.
    """
    wanted = set(ids)
    if not wanted:
        return {}
    rows = fetch(_HEALTHS, {
        "ids": array(wanted), "verb": VERB, "fetched": Capture.FETCHED.value,
        "as_of": clocks.as_of, "until": until(clocks),
    })  # fmt: skip
    return {row[0]: _health(*row) for row in rows}


def healths_of(*told: Any, clocks: Clocks) -> dict[int, SourceHealth]:
    """The same of every source that is cited anywhere in these answers of other queries."""
    return healths((ref.id for ref in _cited(told)), clocks=clocks)


def _health(
    source: int, state: str | None, since: Any, altered: list[int], fetched: bool
) -> SourceHealth:
    unsaid = EvidenceState.INTACT if fetched else EvidenceState.UNCHECKED
    return SourceHealth(
        source=source, state=state or unsaid.value, since=since, altered=tuple(altered)
    )


def _cited(told: Any) -> Iterator[SourceRef]:
    """Walks shapes, and what holds them, down to the statements and their sources."""
    waiting = [told]
    while waiting:
        one = waiting.pop()
        if isinstance(one, StatementRecord):
            yield one.source
        elif isinstance(one, tuple | list):
            waiting += one
        elif is_dataclass(one):
            shape: Any = type(one)
            waiting += (getattr(one, name) for name in _members(shape))


@cache
def _members(shape: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(shape))
