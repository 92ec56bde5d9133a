"""Reading the ledger on, for those who tell the outside of it: each act once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from negotiations.models import LedgerEntry, LedgerMark


@dataclass(slots=True, kw_only=True)
class Step:
    """Public acts that were not read yet, oldest first; they are done when the block ends well."""

    acts: list[LedgerEntry]


def begin_reading(name: str) -> None:
    """Let the reader of this name, if it is new, begin with the acts to come from now on.

    Whoever is promised to be told calls it: the first reading may be later than the first act.
    """
    newest = LedgerEntry.objects.order_by("-number").values_list("number", flat=True).first()
    LedgerMark.objects.get_or_create(name=name, defaults={"number": newest or 0})


@contextmanager
def reading_on(name: str, *, limit: int = 100) -> Iterator[Step]:
    """The next public acts for the reader of this name, in one transaction with what it writes.

    One process at a time; a reader that is new begins with the acts to come. What the block raises
    leaves the acts unread.
    """
    with transaction.atomic():
        mark = LedgerMark.objects.select_for_update().filter(name=name).first()
        if mark is None:
            begin_reading(name)
            mark = LedgerMark.objects.select_for_update().get(name=name)
        acts = LedgerEntry.objects.filter(public=True, number__gt=mark.number).order_by("number")
        step = Step(acts=list(acts[:limit]))
        yield step
        if step.acts:
            LedgerMark.objects.filter(name=name).update(number=step.acts[-1].number)
