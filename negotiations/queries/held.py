"""What holds on the day of the question: for each key, its latest visible row."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, Model, OuterRef, QuerySet
from django.db.models.lookups import GreaterThan

from negotiations.models import Clocks
from negotiations.queries.paging import Row

_SORT_KEY = ("effective_lower", "effective_upper", "ledger_number")


def held(model: type[Model], *, clocks: Clocks) -> QuerySet[Any]:
    """The visible rows that are effective by `on`."""
    rows: Any = model._default_manager
    return rows.visible(clocks).filter(effective_lower__lte=clocks.on)


def latest_of_each(model: type[Model], *, key: tuple[str, ...], clocks: Clocks) -> QuerySet[Any]:
    """The held rows that no later held row of the same key has followed."""
    rows = held(model, clocks=clocks)
    later = rows.filter(
        GreaterThan(
            Row(*(F(column) for column in _SORT_KEY)),
            Row(*(OuterRef(column) for column in _SORT_KEY)),
        ),
        **{column: OuterRef(column) for column in key},
    )
    return rows.filter(~Exists(later))
