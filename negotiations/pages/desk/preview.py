"""Drafts as readers would see them: published in rehearsal, read by the public's own queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from negotiations.operations import Receipt
from negotiations.operations.previewing import rehearse_publication
from negotiations.pages.desk.desk import Sitting
from negotiations.pages.desk.standings import TrackShift, shifted
from negotiations.pages.differences import Difference, differences
from negotiations.pages.frames import language_now
from negotiations.queries import ledger, tracks
from negotiations.queries.assembly import assemble
from negotiations.queries.belonging import rests_on
from negotiations.queries.clocks import Clocks, read_clocks
from negotiations.queries.desk_context import Passage, passages
from negotiations.queries.documents import build_sources
from negotiations.queries.drafts import drafts_named
from negotiations.queries.entries import entry
from negotiations.queries.shapes import (
    Correction,
    Entry,
    SourceRecord,
    StatementRecord,
    TrackDetail,
    TrackRef,
)
from negotiations.queries.shapes.desk import DraftRow
from negotiations.refusals import Refusal

# Of so many tracks is told what would change; a set of drafts seldom touches more.
_MOST_TRACKS = 6
_CHANGES = frozenset({"status_change", "position", "linkage", "milestone", "account"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A statement of the evidence, what it is there for, and its words in their place.

    `passage` is None for a paraphrase; `role` is first, further or against, empty for the
    statement itself.
    """

    statement: StatementRecord
    passage: Passage | None
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One draft as readers would find it: an entry of the timeline, or a source."""

    noun: str
    id: int
    number: int
    entry: Entry | None
    source: SourceRecord | None
    correction: Correction | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Drafts as they would stand in the record.

    `refused` is the sentence of what stands in the way now (`code` its code; `pieces` is empty
    then), `personal` the code of what stops this officer alone: own_draft or
    transcription_unconfirmed.
    """

    refused: str = ""
    code: str = ""
    personal: str = ""
    pieces: tuple[Piece, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    shifts: tuple[TrackShift, ...] = ()


def preview(sitting: Sitting, rows: Sequence[DraftRow]) -> Preview:
    """These drafts published together; the first of them is the one that it is about.

    Who asks has been shown to be allowed to see all of them. Nothing of it stays.
    """
    items = [{"noun": row.noun, "id": row.id, "version": row.version} for row in rows]
    touched = list(dict.fromkeys(track for row in rows for track in row.tracks))[:_MOST_TRACKS]
    changes = any(row.noun in _CHANGES for row in rows)
    before = _standing(touched if changes else [], _clocks(sitting.now))

    def look(receipts: tuple[Receipt, ...]) -> Preview:
        return _look(receipts, rows, before)

    try:
        told, personal = rehearse_publication(
            officer=sitting.seat.officer, now=sitting.now, items=items,
            seen=ledger.latest_number(), waiver=_("(the words of the waiver)"), then=look,
        )  # fmt: skip
    except Refusal as refusal:
        return Preview(refused=refusal.sentence(language_now()), code=refusal.code)
    return Preview(
        personal=personal, pieces=told.pieces, exhibits=told.exhibits, shifts=told.shifts
    )


def as_published(sitting: Sitting, receipt: Receipt) -> Mapping[str, Any]:
    """For “check first”: the draft that has just been rehearsed, with the drafts it rests on."""
    main = (receipt.noun, receipt.id)
    rows = drafts_named([main, *rests_on([main])], seat=sitting.seat)
    return {"preview": preview(sitting, rows)}


def _clocks(now: datetime) -> Clocks:
    return read_clocks(on=None, known_by=None, as_of=None, now=now, zone=settings.DESK_ZONE)


def _standing(places: Sequence[TrackRef], clocks: Clocks) -> dict[TrackRef, TrackDetail]:
    return {one: tracks.track(one.negotiation, one.slug, clocks=clocks) for one in places}


def _look(
    receipts: tuple[Receipt, ...], main: Sequence[DraftRow], before: Mapping[TrackRef, TrackDetail]
) -> Preview:
    # Acts are never dated before the act that they follow; nor may this question be.
    clocks = _clocks(max(receipt.at for receipt in receipts))
    after = _standing(list(before), clocks)
    corrected = _corrections(clocks) if any(row.supersedes for row in main) else {}
    rows = _rows(receipts, clocks)
    pieces = [_piece(one, rows[one.noun][one.id], corrected.get(one.number)) for one in receipts]
    order = [(row.noun, row.id) for row in main]
    pieces.sort(key=lambda piece: order.index((piece.noun, piece.id)))
    return Preview(
        pieces=tuple(pieces),
        exhibits=_exhibits(pieces),
        shifts=tuple(shifted(before[one], after[one]) for one in before),
    )


def _corrections(clocks: Clocks) -> dict[int, Correction]:
    return {one.number: one for one in ledger.corrections(clocks=clocks, limit=100).results}


def _rows(receipts: Sequence[Receipt], clocks: Clocks) -> dict[str, Mapping[int, Any]]:
    """The records behind these receipts by noun and id, in nine SQL queries at most."""
    ids: dict[str, list[int]] = {}
    for receipt in receipts:
        ids.setdefault(receipt.noun, []).append(receipt.id)
    documents = build_sources(ids.pop("source", []), clocks=clocks)
    records = assemble(clocks=clocks, **ids)
    return {"source": documents, **{noun: getattr(records, noun) for noun in ids}}


def _piece(receipt: Receipt, row: Any, correction: Correction | None) -> Piece:
    is_source = receipt.noun == "source"
    return Piece(
        noun=receipt.noun, id=receipt.id, number=receipt.number,
        entry=None if is_source else entry(row), source=row if is_source else None,
        correction=correction,
        differences=differences(correction, language=language_now()) if correction else (),
    )  # fmt: skip


def _exhibits(pieces: Sequence[Piece]) -> tuple[Exhibit, ...]:
    """What the pieces rest on, each statement once, then the statements among them."""
    cited: dict[int, tuple[StatementRecord, str]] = {}
    for piece in pieces:
        for statement, role in _cited(piece.entry):
            cited.setdefault(statement.id, (statement, role))
    found = passages(list(cited))
    return tuple(
        Exhibit(statement=statement, passage=found.get(statement.id), role=role)
        for statement, role in cited.values()
    )


def _cited(told: Entry | None) -> list[tuple[StatementRecord, str]]:
    if told is None:
        return []
    if told.statement is not None:
        return [(told.statement, "")]
    row = getattr(told, told.kind)
    first, *further = row.basis
    against = getattr(row, "dissent", ())
    return [
        (first, "first"), *((one, "further") for one in further), *((o, "against") for o in against)
    ]  # fmt: skip
