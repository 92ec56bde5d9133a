"""Keyset paging: a page costs what it shows, however long the list is before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

from negotiations.queries.cursors import read_cursor, write_cursor
from negotiations.refusals import Both, Refusal

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a list is sorted: its name, the columns of its unique sort key and what they hold."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[type, ...]
    descending: bool = True


def by_date(name: str, noun: str) -> Order:
    """Newest first by the bounds of a vague date, then by ledger number."""
    columns = (f"{noun}_lower", f"{noun}_upper", "ledger_number")
    return Order(name=name, columns=columns, kinds=(date, date, int))


def by_name(name: str, column: str) -> Order:
    """In the order of one unique text."""
    return Order(name=name, columns=(column,), kinds=(str,), descending=False)


class Row(Func):
    """A row of columns, compared as a whole, which one index can serve."""

    function = "ROW"
    output_field: Any = BooleanField()


def too_many(most: int) -> Refusal:
    """The refusal of a limit that is none."""
    why = Both(f"it is a number from 1 to {most}", f"1부터 {most}까지의 수여야 합니다")
    return Refusal("bad_parameter", at="limit", name="limit", why=why)


def beyond(
    queryset: QuerySet[Any], *, order: Order, limit: int, cursor: str | None
) -> QuerySet[Any]:
    """The rows after the cursor, in order: `limit` and one more, by which the end is seen.

    Refuses `bad_parameter` (limit outside 1 to 200) and `bad_cursor`.
    """
    key = begin(order=order, limit=limit, cursor=cursor)
    if key is not None:
        further = LessThan if order.descending else GreaterThan
        here = Row(*(F(column) for column in order.columns))
        queryset = queryset.filter(further(here, Row(*(Value(part) for part in key))))
    sign = "-" if order.descending else ""
    return queryset.order_by(*(f"{sign}{column}" for column in order.columns))[: limit + 1]


def begin(*, order: Order, limit: int, cursor: str | None) -> tuple[Any, ...] | None:
    """The sort key after which a page begins, null for the first; refuses as `beyond` does."""
    if not 1 <= limit <= MOST:
        raise too_many(MOST)
    if cursor is None:
        return None
    return read_cursor(cursor, name=order.name, kinds=order.kinds)


def page_rows(
    queryset: QuerySet[Any], *, order: Order, limit: int, cursor: str | None
) -> tuple[list[Any], str | None]:
    """One page of rows, and the cursor of the next page where there is a further row."""
    rows = list(beyond(queryset, order=order, limit=limit, cursor=cursor))
    keys = [tuple(getattr(row, column) for column in order.columns) for row in rows[-2:]]
    return rows[:limit], _next(len(rows), keys, order=order, limit=limit)


def page_ids(
    queryset: QuerySet[Any], *, order: Order, limit: int, cursor: str | None, column: str = "pk"
) -> tuple[list[int], str | None]:
    """One page of ids (of `column`), and the cursor of the next page where there is a further."""
    found = beyond(queryset, order=order, limit=limit, cursor=cursor)
    rows = list(found.values_list(column, *order.columns))
    keys = [tuple(row[1:]) for row in rows[-2:]]
    return [row[0] for row in rows[:limit]], _next(len(rows), keys, order=order, limit=limit)


def _next(found: int, last_two: list[tuple[Any, ...]], *, order: Order, limit: int) -> str | None:
    return write_cursor(name=order.name, key=last_two[0]) if found > limit else None
