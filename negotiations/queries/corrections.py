"""Corrections and retractions beside what they replaced."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value

from negotiations.models import Clocks, Source, Statement
from negotiations.queries.assembly import MODELS, assemble
from negotiations.queries.cursors import write_cursor
from negotiations.queries.documents import build_sources
from negotiations.queries.entries import entry
from negotiations.queries.paging import Order, beyond
from negotiations.queries.shapes import Correction, Page, SourceRecord, TrackRef

_ORDER = Order(name="corrections", columns=("ledger_number",), kinds=(int,))
_NOUNS: dict[str, Any] = {"source": Source, "statement": Statement, **MODELS}


def corrections(*, clocks: Clocks, limit: int = 50, cursor: str | None = None) -> Page[Correction]:
    """Told corrections and retractions of told rows, newest first; nine SQL queries at most.

    Refuses `bad_cursor`.
    """
    first, *others = (_keys(noun, clocks=clocks, limit=limit, cursor=cursor) for noun in _NOUNS)
    keys = list(first.union(*others, all=True).order_by("-number")[: limit + 1])
    return Page(
        results=corrections_of([key[:4] for key in keys[:limit]], clocks=clocks),
        next=(
            write_cursor(name=_ORDER.name, key=(keys[limit - 1][4],)) if len(keys) > limit else None
        ),
    )


def corrections_of(keys: list[Any], *, clocks: Clocks) -> tuple[Correction, ...]:
    """These corrections: noun, id, id of what it replaced, whether it only takes that back.

    Eight SQL queries at most, none for no keys.
    """
    records = _records(keys, clocks=clocks)
    return tuple(
        _correction(noun, records[noun][after], records[noun][before], withdrawn=withdrawn)
        for noun, after, before, withdrawn in keys
    )


def _keys(noun: str, *, clocks: Clocks, limit: int, cursor: str | None) -> QuerySet[Any]:
    told = _NOUNS[noun].objects.told(clocks)
    rows = told.filter(supersedes__isnull=False).filter(
        Exists(told.filter(pk=OuterRef("supersedes")))
    )
    marked = rows.annotate(
        noun=Value(noun, output_field=CharField()),
        after=F("pk"),
        before=F("supersedes_id"),
        ended=F("withdrawn"),
        number=F("ledger_number"),
    )
    found = beyond(marked, order=_ORDER, limit=limit, cursor=cursor)
    return found.values_list("noun", "after", "before", "ended", "number")


def _records(keys: list[Any], *, clocks: Clocks) -> dict[str, Any]:
    if not keys:
        return {}
    ids: dict[str, set[int]] = {noun: set() for noun in _NOUNS}
    for noun, after, before, *_ in keys:
        ids[noun] |= {after, before}
    sources = build_sources(ids.pop("source"), clocks=clocks)
    records = assemble(clocks=clocks, **ids)
    return {"source": sources} | {noun: getattr(records, noun) for noun in ids}


def _correction(noun: str, after: Any, before: Any, *, withdrawn: bool) -> Correction:
    return Correction(
        number=after.ledger_number,
        at=after.published_at,
        noun=noun,
        retracted=withdrawn,
        reason=after.correction_reason,
        tracks=_tracks(after),
        before=before if isinstance(before, SourceRecord) else entry(before),
        after=after if isinstance(after, SourceRecord) else entry(after),
    )


def _tracks(record: Any) -> tuple[TrackRef, ...]:
    if isinstance(record, SourceRecord):
        return ()
    if hasattr(record, "tracks"):
        return record.tracks
    if hasattr(record, "term"):
        return (record.term.track,)
    if hasattr(record, "from_track"):
        return record.from_track, record.to_track
    return (record.track,)
