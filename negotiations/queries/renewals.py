"""What the pieces do not know yet: acts after those they follow, and what these have changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from negotiations.models import Grade, LedgerEntry, PieceMark, Source, Statement
from negotiations.models.ledger import RENEWING
from negotiations.queries.making import program

# Behind by more acts than these, no piece is taken for sure.
_MOST = 50


def stale_refs() -> frozenset[str]:
    """What acts have changed since the pieces were made; empty where no piece is to be taken.

    That is when they were made by another release, or are far behind the ledger.
    """
    mark = PieceMark.objects.filter(program=program()).first()
    if mark is None:
        return frozenset()
    followed = max(mark.begun_at, mark.made_to)
    later = LedgerEntry.objects.filter(public=True, verb__in=RENEWING, number__gt=followed)
    entries = list(later.order_by("number")[: _MOST + 1])
    return refs_of(entries) if len(entries) <= _MOST else frozenset()


def refs_of(entries: Iterable[Any]) -> frozenset[str]:
    """What these acts have changed for others: `person:4`, or rows of evidence by their chain."""
    return frozenset(ref for entry in entries for ref in _refs(entry))


def _refs(entry: Any) -> Iterable[str]:
    match entry.verb, entry.noun:
        case "mend", noun:
            yield f"{noun}:{entry.object_id}"
        case "grade_publisher", _:
            publisher = Grade.objects.values_list("publisher_id", flat=True)
            yield f"publisher:{publisher.get(pk=entry.object_id)}"
        case "capture_source", _:
            yield from _chain("source", Source, entry.payload["source"])
        case "correct" | "retract", "source":
            yield from _chain("source", Source, entry.object_id)
        case "correct" | "retract", "statement":
            yield from _chain("statement", Statement, entry.object_id)


def _chain(noun: str, model: Any, pk: int) -> Iterable[str]:
    chain = model.objects.filter(pk=pk).values("chain")
    for other in model.objects.filter(chain__in=chain).values_list("pk", flat=True):
        yield f"{noun}:{other}"
