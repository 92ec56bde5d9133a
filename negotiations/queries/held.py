"""What holds on the day of the question: for each key, its latest visible row."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from negotiations.models import Clocks, Party, Position
from negotiations.queries.paging import Row

NEWEST = ("-effective_lower", "-effective_upper", "-ledger_number")
VOICE = "voice"
_SORT_KEY = ("effective_lower", "effective_upper", "ledger_number")


def held(model: type[Model], *, clocks: Clocks) -> QuerySet[Any]:
    """The visible rows that are effective by `on`."""
    rows: Any = model._default_manager
    return rows.visible(clocks).filter(effective_lower__lte=clocks.on)


def newest(rows: QuerySet[Any], **key: Any) -> Subquery:
    """The id of the latest of these rows with that key: one step on the key's index."""
    return Subquery(rows.filter(**key).order_by(*NEWEST).values("pk")[:1])


def latest_positions(*, legal: bool, clocks: Clocks) -> ArraySubquery:
    """Ids of every party's latest position on a term (null: none), of what is law or is said."""
    latest = newest(
        held(Position, clocks=clocks),
        term=OuterRef(OuterRef("pk")),
        according_to=OuterRef("pk"),
        legal=legal,
    )
    return ArraySubquery(Party.objects.order_by("pk").values_list(latest))


def latest_of_each(model: type[Model], *, key: tuple[str, ...], clocks: Clocks) -> QuerySet[Any]:
    """The held rows that no later held row of the same key has followed."""
    rows = held(model, clocks=clocks)
    if VOICE in key:
        # The desk's own voice is null in the column, and a voice like the others in a key.
        rows = rows.annotate(**{VOICE: Coalesce("according_to_id", 0)})
    later = rows.filter(
        GreaterThan(
            Row(*(F(column) for column in _SORT_KEY)),
            Row(*(OuterRef(column) for column in _SORT_KEY)),
        ),
        **{column: OuterRef(column) for column in key},
    )
    return rows.filter(~Exists(later))
