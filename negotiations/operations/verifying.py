"""Checking the whole ledger, and the record against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from negotiations.models import LedgerEntry, Published, Snapshot, Source
from negotiations.operations.content import content_of, with_content
from negotiations.operations.drafting import NOUNS
from negotiations.operations.ledger import GENESIS, entry_hash
from negotiations.operations.scopes import scope_of
from negotiations.operations.subtrees import false_subtree

PUBLICATIONS = frozenset({"publish", "correct", "retract"})
# Entries held in memory at once, with the rows that they speak of.
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """The first thing found that is not as it was written."""

    number: int
    why: str


def verify_ledger(*, told: Callable[[int], object] = lambda _: None) -> tuple[int, Fault | None]:
    """Recompute every hash, and compare published rows and kept subtrees with their entries.

    Returns how many entries were checked and the first fault, by number, or None. Reads the rows of
    each chunk of entries at once: a few queries for each noun, whatever the size of the record.
    `told` hears how many were checked so far.
    """
    checked, before = 0, None
    entries = LedgerEntry.objects.order_by("number").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(entries, _CHUNK)):
        rows = _rows_of(chunk)
        for entry in chunk:
            checked += 1
            if entry.number != checked:
                return checked, Fault(number=checked, why="the entry is missing")
            why = _breaks_chain(entry, before) or _differs(entry, rows)
            if why:
                return checked, Fault(number=checked, why=why)
            before = entry
        told(checked)
    faults = (*_unrecorded(), *_untrue())
    return checked, min(faults, key=lambda fault: fault.number, default=None)


def _breaks_chain(entry: LedgerEntry, before: LedgerEntry | None) -> str:
    if entry.previous_hash != (before.hash if before else GENESIS):
        return "it does not follow the entry before"
    if entry.hash != entry_hash(entry):
        return "its content does not match its hash"
    if before is not None and entry.at < before.at:
        return "it is older than the entry before"
    # Acts on drafts are told to nobody, and say nothing.
    if entry.public != bool(entry.payload):
        return "it was hidden, or told without being public"
    return ""


def _rows_of(entries: Sequence[LedgerEntry]) -> dict[tuple[str, int], Published]:
    ids = defaultdict(list)
    for entry in entries:
        if entry.verb in PUBLICATIONS and entry.noun in NOUNS:
            ids[entry.noun].append(entry.object_id)
    return {
        (noun, row.pk): row
        for noun, wanted in ids.items()
        for row in _rows(NOUNS[noun]).filter(pk__in=wanted)
    }


def _rows(model: type[Published]) -> QuerySet[Any]:
    rows: QuerySet[Any] = with_content(model)
    if model is not Source:
        return rows
    return rows.prefetch_related(Prefetch("snapshots", Snapshot.objects.defer("text")))


def _differs(entry: LedgerEntry, rows: dict[tuple[str, int], Published]) -> str:
    if entry.verb not in PUBLICATIONS:
        return ""
    told = f"its {entry.noun} {entry.object_id}"
    row = rows.get((entry.noun, entry.object_id))
    if row is None:
        return f"{told} is gone"
    if row.ledger_number != entry.number or row.published_at != entry.at:
        return f"{told} bears another number or instant"
    content = {name: value for name, value in entry.payload.items() if name != "snapshots"}
    if content_of(row) != content:
        return f"{told} was changed"
    sealed = set(entry.payload.get("snapshots", ()))
    if sealed - {kept.sha256 for kept in (row.snapshots.all() if isinstance(row, Source) else ())}:
        return f"{told} lost a text"
    tracks = scope_of(row)
    if entry.track_ids != sorted({track.pk for track in tracks}):
        return "it names other tracks"
    if entry.negotiation_ids != sorted({track.negotiation_id for track in tracks}):
        return "it names other negotiations"
    return ""


def _unrecorded() -> Iterator[Fault]:
    """Published rows that no entry speaks of; of each noun, the first."""
    for noun, model in NOUNS.items():
        entry = LedgerEntry.objects.filter(
            number=OuterRef("ledger_number"),
            noun=noun,
            object_id=OuterRef("pk"),
            verb__in=PUBLICATIONS,
        )
        stray = model._default_manager.filter(~Exists(entry), published_at__isnull=False)
        for row in stray.order_by("ledger_number")[:1]:
            yield Fault(
                number=row.ledger_number or 0, why=f"the {noun} {row.pk} is published without entry"
            )


def _untrue() -> Iterator[Fault]:
    """A kept subtree that is not what its entries are; by the first of these."""
    kept = false_subtree()
    if kept is not None:
        number = (kept.index << kept.level) + 1
        yield Fault(number=number, why=f"the subtree kept over {1 << kept.level} entries is false")
