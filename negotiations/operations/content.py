"""A row as the ledger tells it: its content by natural keys, without bookkeeping."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Prefetch

from negotiations.models import Party, Published, Snapshot, Statement, Term, Track
from negotiations.operations.ledger import instant

R = TypeVar("R", bound=Published)

# Who drafted and published is told as a role; the number and instant stand in the entry itself.
_BOOKKEEPING = frozenset(
    {
        "id",
        "version",
        "review",
        "drafted_by",
        "drafted_at",
        "published_by",
        "published_at",
        "ledger_number",
    }
)
# What the name of a row is made of, if more than the row itself.
_NAMED_WITH = {Track: ["negotiation"], Term: ["track__negotiation"]}


def noun_of(model: type[models.Model] | models.Model) -> str:
    """The noun of a model as it stands in the ledger: "status_change"."""
    return str(model._meta.verbose_name).replace(" ", "_")


def key_of(row: models.Model) -> str | int:
    """The name by which entries point to a row."""
    match row:
        case Party():
            return row.code
        case Track():
            return f"{row.negotiation.slug}/{row.slug}"
        case Term():
            return f"{key_of(row.track)}/{row.slug}"
        case Published():
            return int(row.pk)
        case Snapshot():
            return row.sha256
        case _:
            return str(getattr(row, "slug", "")) or int(row.pk)


def content_of(row: models.Model) -> dict[str, Any]:
    """The content of a row, ready for canonical JSON: what publication promises will not change.

    For rows of `with_content` this asks the database nothing.
    """
    told: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name not in _BOOKKEEPING:
            whole = _is_named(field)
            told[field.name] = _plain(getattr(row, field.name if whole else field.attname))
    for field in row._meta.many_to_many:
        told[field.name] = sorted(key_of(linked) for linked in getattr(row, field.name).all())
    return told


def with_content(model: type[R]) -> models.QuerySet[R]:
    """Rows of a noun with all that their content is made of, in a fixed number of queries."""
    joined, linked = _content_paths(model)
    rows = model._default_manager.select_related(*joined).prefetch_related(*linked)
    # A snapshot is told by its digest; its text may be megabytes.
    return rows.defer("snapshot__text") if model is Statement else rows


@cache
def _content_paths(model: type[Published]) -> tuple[list[str], list[Prefetch[Any]]]:
    joined: list[str] = []
    for field in model._meta.concrete_fields:
        if field.name not in _BOOKKEEPING and _is_named(field):
            deeper = _NAMED_WITH.get(field.related_model, [])  # type: ignore[arg-type]
            joined += [field.name, *(f"{field.name}__{path}" for path in deeper)]
    linked = []
    for field in model._meta.many_to_many:
        rows = field.related_model._default_manager.order_by("pk")
        with_it = ["source__publisher"] if field.related_model is Statement else []
        with_it += _NAMED_WITH.get(field.related_model, [])
        linked.append(Prefetch(field.name, rows.select_related(*with_it) if with_it else rows))
    return joined, linked


def _is_named(field: models.Field[Any, Any]) -> bool:
    """Whether a column points to a row that entries name by more than its id."""
    return field.is_relation and not issubclass(field.related_model, Published)  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    match value:
        case models.Model():
            return key_of(value)
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case Decimal():
            # The column keeps six places; trailing zeros depend on how the row was reached.
            return f"{value.normalize():f}"
        case UUID():
            return str(value)
        case StrEnum():
            return value.value
        case _:
            return value
