"""Rows of the record as they are told, by noun and id: the one place where answers get them.

Most of them are pieces, made when they were published. What has none that holds under the clocks is
assembled from the rows: the same answer, later.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

import msgspec

from negotiations.models import Clocks
from negotiations.models.ledger import RENEWING
from negotiations.queries.assembly import Records, assemble
from negotiations.queries.making import program
from negotiations.queries.renewals import stale_refs
from negotiations.queries.shapes import (
    AccountRecord,
    LinkageRecord,
    MilestoneRecord,
    PositionRecord,
    SourceRecord,
    StatementRecord,
    StatusChangeRecord,
    Stored,
)
from negotiations.sql import array, fetch

SHAPES: dict[str, type] = {
    "source": SourceRecord,
    "statement": StatementRecord,
    "status_change": StatusChangeRecord,
    "position": PositionRecord,
    "linkage": LinkageRecord,
    "milestone": MilestoneRecord,
    "account": AccountRecord,
}
# How a list gets its rows: `tell` for machines, `records` for pages.
Teller = Callable[..., dict[int, Any]]
# The same for rows of several kinds: `told_of` for machines, `records_of` for pages.
Tellers = Callable[..., Records]

_VERBS = ", ".join(f"'{verb}'" for verb in RENEWING)
# The pieces follow every act that may have changed them. The words stand in the text, or the
# partial index would not be seen.
FRESH = f"""
    EXISTS (SELECT FROM negotiations_piecemark WHERE program = %s
        AND GREATEST(begun_at, made_to) >= COALESCE((
            SELECT number FROM negotiations_ledgerentry WHERE public AND verb IN ({_VERBS})
            ORDER BY number DESC LIMIT 1), 0))
"""  # noqa: S608  words of ours
_PIECES = """
    SELECT noun, object_id, body
    FROM (VALUES {pairs}) AS wanted (noun, ids) CROSS JOIN unnest(wanted.ids) AS object_id
        JOIN negotiations_piece USING (noun, object_id)
    WHERE on_from <= %s AND known_from <= %s AND as_of_from <= %s AND
"""


def tell(
    noun: str,
    ids: Collection[int],
    *,
    clocks: Clocks,
    at_hand: Mapping[int, Stored] | None = None,
) -> dict[int, Any | Stored]:
    """What is told of these visible rows by id: its JSON as stored, else a record of `shapes`.

    One SQL query where all of it is stored, none where that is `at_hand`. Ids of rows that were not
    published by `as_of` are left out; rows that are not visible under the clocks are for
    `assembled`.
    """
    told: dict[int, Any] = dict(at_hand or stored(clocks=clocks, **{noun: ids})[noun])
    missing = set(ids) - told.keys()
    return told | assembled(noun, missing, clocks=clocks) if missing else told


def records(
    noun: str,
    ids: Collection[int],
    *,
    clocks: Clocks,
    at_hand: Mapping[int, Stored] | None = None,
) -> dict[int, Any]:
    """The same as records of `shapes` throughout, which pages show."""
    told = tell(noun, ids, clocks=clocks, at_hand=at_hand)
    read = _reader(noun)
    return {pk: read(one.json) if isinstance(one, Stored) else one for pk, one in told.items()}


def told_of(*, clocks: Clocks, **ids: Collection[int]) -> Records:
    """What is told of visible rows of several kinds, as `tell` has it; one query if stored."""
    found: dict[str, dict[int, Any]] = dict(stored(clocks=clocks, **ids))
    return _whole(found, ids, clocks=clocks)


def records_of(*, clocks: Clocks, **ids: Collection[int]) -> Records:
    """The records of these visible rows, named by kind as for `assemble`; one query if stored."""
    found = {
        noun: {pk: _reader(noun)(piece.json) for pk, piece in pieces.items()}
        for noun, pieces in stored(clocks=clocks, **ids).items()
    }
    return _whole(found, ids, clocks=clocks)


def _whole(
    found: dict[str, dict[int, Any]], ids: Mapping[str, Collection[int]], *, clocks: Clocks
) -> Records:
    missing = {noun: left for noun, pks in ids.items() if (left := set(pks) - found[noun].keys())}
    if missing:
        late = assemble(clocks=clocks, **missing)
        found = {noun: {**read, **getattr(late, noun)} for noun, read in found.items()}
    return Records(**found)


def assembled(noun: str, ids: Collection[int], *, clocks: Clocks) -> dict[int, Any]:
    """The records of these rows, also of those that were corrected, from the rows themselves."""
    return dict(getattr(assemble(clocks=clocks, **{noun: ids}), noun))


def stored(*, clocks: Clocks, **ids: Collection[int]) -> dict[str, dict[int, Stored]]:
    """The pieces of these rows, by kind, that hold under the clocks.

    One SQL query, three behind the ledger. Where the public's clock is an instant, or the
    record's names an act, none is taken for sure.
    """
    found: dict[str, dict[int, Stored]] = {noun: {} for noun in ids}
    wanted = [(noun, array(pks)) for noun, pks in ids.items() if pks]
    if clocks.known_at is not None or clocks.number is not None or not wanted:
        return found
    asked = [*(v for pair in wanted for v in pair), clocks.on, clocks.known_by, clocks.as_of]
    sql = _PIECES.format(pairs=", ".join(["(%s::varchar, %s::bigint[])"] * len(wanted)))
    rows = fetch(sql + FRESH, [*asked, program()])
    if not rows and (stale := stale_refs()):
        rows = fetch(f"{sql} NOT refs && %s::varchar[]", [*asked, sorted(stale)])
    for noun, pk, body in rows:
        found[noun][pk] = Stored(body)
    return found


@cache
def _reader(noun: str) -> Callable[[bytes], Any]:
    return msgspec.json.Decoder(SHAPES[noun]).decode
