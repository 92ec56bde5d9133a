"""What became of a row: the newest told row of its chain."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.functions import JSONObject

from negotiations.models import Clocks
from negotiations.models.published import later_rows


def with_successor(rows: QuerySet[Any], *, clocks: Clocks) -> QuerySet[Any]:
    """Rows with `successor`: id and withdrawal of the newest row that took its place, or null."""
    newest = (
        later_rows(rows.model, clocks)
        .order_by("-ledger_number")
        .values(json=JSONObject(id="pk", withdrawn="withdrawn"))
    )
    return rows.annotate(successor=Subquery(newest[:1]))


def published_members(row: Any) -> dict[str, Any]:
    """The members that every published row has in common, of a row with its successor."""
    later = row.successor or {"id": None, "withdrawn": False}
    return {
        "id": row.pk,
        "known_on": row.known_on,
        "published_at": row.published_at,
        "ledger_number": row.ledger_number,
        "waiver": row.waiver,
        "supersedes": row.supersedes_id,
        "correction_reason": row.correction_reason,
        "superseded_by": later["id"],
        "retracted": row.withdrawn or later["withdrawn"],
    }
