"""What a worker finds to do for the pieces: the next acts of the ledger that they do not follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from negotiations.models import LedgerEntry, Piece
from negotiations.models.ledger import RENEWING
from negotiations.queries.assembly import MODELS
from negotiations.queries.renewals import refs_of

NOUNS = ("source", "statement", *MODELS)
_PUBLISHING = ("publish", "correct", "retract")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Rows whose pieces are to be made anew (ids by noun), and how far the pieces are after it."""

    rows: Mapping[str, set[int]]
    made_to: int
    renewed_to: int = 0


def next_step(*, begun_at: int, made_to: int, renewed_to: int, most: int = 500) -> Step | None:
    """The next work after that mark, at most about `most` rows; None where there is none.

    Rows that were published are made; an act that changes what others tell renews those, in the
    order of their numbers, before anything after it is looked at. Acts up to `begun_at` renew
    nothing: every piece was made after them.
    """
    later = LedgerEntry.objects.filter(number__gt=made_to).order_by("number")
    entries = list(later.defer("payload")[:most])
    if not entries:
        return None
    if _renews(entries[0], begun_at):
        return _renewal(entries[0], renewed_to=renewed_to, most=most)
    run = list(takewhile(lambda entry: not _renews(entry, begun_at), entries))
    return Step(rows=_published(run), made_to=run[-1].number)


def _renews(entry: Any, begun_at: int) -> bool:
    return entry.number > begun_at and entry.public and entry.verb in RENEWING


def _renewal(entry: Any, *, renewed_to: int, most: int) -> Step:
    stale = Piece.objects.filter(number__gt=renewed_to, refs__overlap=sorted(refs_of([entry])))
    found = list(stale.order_by("number").values_list("number", "noun", "object_id")[:most])
    rows = _published([entry])
    for _, noun, pk in found:
        rows.setdefault(noun, set()).add(pk)
    if len(found) < most:
        return Step(rows=rows, made_to=entry.number)
    return Step(rows=rows, made_to=entry.number - 1, renewed_to=found[-1][0])


def _published(entries: Any) -> dict[str, set[int]]:
    """The rows of these publications, and those that they took the place of."""
    rows: dict[str, set[int]] = {}
    for entry in entries:
        if entry.public and entry.verb in _PUBLISHING and entry.noun in NOUNS:
            rows.setdefault(entry.noun, set()).add(entry.object_id)
            if entry.verb != "publish":
                rows[entry.noun].add(entry.payload["supersedes"])
    return rows
