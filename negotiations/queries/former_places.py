"""A negotiation and its tracks as they were at a ledger number: titles, order, parties.

Reference data is mended in place; what it was before stands in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from negotiations.models import Clocks
from negotiations.queries.former_names import FormerNames, Names
from negotiations.queries.negotiations import Whole
from negotiations.queries.states import TrackRow
from negotiations.sql import fetch

_CODES = "SELECT code, id FROM negotiations_party"
# Of the acts of one instant, those that came later.
_LATER = """
    SELECT object_id FROM negotiations_ledgerentry
    WHERE verb = 'register_track' AND at = %(as_of)s AND number > %(number)s
"""


def former_places(
    whole: Whole, rows: list[TrackRow], *, former: FormerNames, number: int, clocks: Clocks
) -> tuple[Whole, list[TrackRow]]:
    """Both as they were at this number; at most two SQL queries, none where nothing was mended."""
    if clocks.number is not None:
        later = {pk for (pk,) in fetch(_LATER, {"as_of": clocks.as_of, "number": number})}
        rows = [row for row in rows if row.pk not in later]
    if not former:
        return whole, rows
    codes: dict[str, int] = dict(fetch(_CODES))
    told = former.content(number, "negotiation", whole.slug)
    if told:
        texts = {name: told[name] for name in ("title_en", "title_ko", "summary_en", "summary_ko")}
        whole = whole._replace(**texts, party_ids=_ids(told["parties"], codes))
    ids = {row.slug: row.pk for row in rows}
    return whole, [_row(row, former, number, ids, codes, whole.party_ids) for row in rows]


def _row(
    row: TrackRow,
    former: FormerNames,
    number: int,
    ids: Mapping[str, int],
    codes: Mapping[str, int],
    shared: list[int],
) -> TrackRow:
    told: Names | None = former.content(number, "track", f"{row.negotiation__slug}/{row.slug}")
    if not told:
        return row._replace(shared_party_ids=shared)
    parent = str(told["parent"] or "").rpartition("/")[2] or None
    kept: dict[str, Any] = {
        name: told[name] for name in ("title_en", "title_ko", "headline", "position")
    }
    return row._replace(
        **kept,
        parent_id=ids.get(parent) if parent else None,
        parent__slug=parent,
        own_party_ids=_ids(told["parties"], codes),
        shared_party_ids=shared,
    )


def _ids(told: Iterable[str], codes: Mapping[str, int]) -> list[int]:
    return sorted(codes[code] for code in told if code in codes)
