"""The list of drafts page by page, for scripts: nothing repeats and nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.lookups import LessThan

from negotiations.queries.cursors import read_cursor, write_cursor
from negotiations.queries.drafts import NOUNS, draft_rows, drafts_named
from negotiations.queries.paging import MOST, Row, too_many
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.desk import DraftRow
from negotiations.queries.shapes.refs import Page
from negotiations.refusals import Refusal

_LIST = "drafts"
# When it was drafted, its id, its noun: unique, also where a batch drafted thousands at once.
_Key = tuple[datetime, int, str]


def draft_page(
    seat: Seat,
    *,
    review: Sequence[str] | None = None,
    mine: bool | None = None,
    nouns: Sequence[str] = NOUNS,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[DraftRow]:
    """Drafts of the negotiations in which the account is an officer, newest first.

    `review` keeps those in one of these states ("" is in work), `mine` those drafted by the account
    or by others; `limit` at a time, after the cursor.

    Refuses `bad_parameter` (limit) and `bad_cursor`.
    """
    if not 1 <= limit <= MOST:
        raise too_many(MOST)
    at = None if cursor is None else _read(cursor)
    keys: list[_Key] = []
    for noun in nouns:
        rows = draft_rows(noun, seat, review=review, mine=mine)
        rows = (rows if at is None else _after(rows, noun, at)).order_by("-drafted_at", "-pk")
        found = rows.values_list("drafted_at", "pk")[: limit + 1]
        keys += ((drafted_at, id, noun) for drafted_at, id in found)
    keys.sort(reverse=True)
    shown = drafts_named([(noun, id) for _, id, noun in keys[:limit]], seat=seat)
    return Page(results=shown, next=_write(keys[limit - 1]) if len(keys) > limit else None)


def _after(rows: QuerySet[Any], noun: str, at: _Key) -> QuerySet[Any]:
    drafted_at, id, last = at
    further = Q(LessThan(Row(F("drafted_at"), F("pk")), Row(Value(drafted_at), Value(id))))
    if noun < last:
        further |= Q(drafted_at=drafted_at, pk=id)
    return rows.filter(further)


def _write(key: _Key) -> str:
    drafted_at, id, noun = key
    return write_cursor(name=_LIST, key=(drafted_at.astimezone(UTC).isoformat(), id, noun))


def _read(cursor: str) -> _Key:
    text, id, noun = read_cursor(cursor, name=_LIST, kinds=(str, int, str))
    try:
        key = datetime.fromisoformat(text), id, noun
        if _write(key) == cursor:
            return key
    except (ValueError, OverflowError):
        pass
    raise Refusal("bad_cursor", at="cursor")
