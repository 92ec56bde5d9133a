"""What rests on a statement or was said in a source, as it is told now; bounded, in one query."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from negotiations.models import Clocks, Source, Statement
from negotiations.queries.assembly import MODELS

# Of each noun: beyond, the whole noun is rather fetched anew.
MOST = 50


def resting_on(ids: Collection[int], *, clocks: Clocks) -> dict[int, dict[str, set[int]]]:
    """Ids by noun of the visible rows that cite the chain of each of these statements.

    One more than MOST of a noun where there are more.
    """
    return _found(Statement, ids, dict(_citing("chain", clocks=clocks))) if ids else {}


def told_of(ids: Collection[int], *, clocks: Clocks) -> dict[int, dict[str, set[int]]]:
    """The same for the chain of each of these sources: itself, its statements, what cites them."""
    if not ids:
        return {}
    chain = OuterRef("chain")
    return _found(
        Source,
        ids,
        {
            ("source", ""): Source.objects.visible(clocks).filter(chain=chain),
            ("statement", ""): Statement.objects.visible(clocks).filter(source__chain=chain),
            **dict(_citing("source__chain", clocks=clocks)),
        },
    )


def _citing(path: str, *, clocks: Clocks) -> Iterator[tuple[tuple[str, str], QuerySet[Any]]]:
    for noun, model in MODELS.items():
        # One by one: an OR across links would read whole tables.
        roles = ["basis", "further_basis", *(["dissent"] if noun == "status_change" else [])]
        for role in roles:
            rows = model.objects.visible(clocks)
            yield (noun, role), rows.filter(**{f"{role}__{path}": OuterRef("chain")})


def _found(
    model: Any, ids: Collection[int], wanted: dict[tuple[str, str], QuerySet[Any]]
) -> dict[int, dict[str, set[int]]]:
    columns = {f"{noun}_{role}_found": key for key in wanted for noun, role in (key,)}
    arrays = {
        column: ArraySubquery(wanted[key].values("pk")[: MOST + 1])
        for column, key in columns.items()
    }
    rows = model.objects.filter(pk__in=ids).annotate(**arrays).values_list("pk", *columns)
    found: dict[int, dict[str, set[int]]] = {}
    for pk, *lists in rows:
        by_noun = found.setdefault(pk, {})
        for (noun, _), listed in zip(columns.values(), lists, strict=True):
            by_noun.setdefault(noun, set()).update(listed)
    return found
