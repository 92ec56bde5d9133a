"""Keeping pieces: what is told of published rows, made ready by a worker behind the ledger.

It is work and no act on the record (see DECISIONS 39): pieces may be dropped and made again at any
time, and leave no entry in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from negotiations.models import LedgerEntry, Piece, PieceMark

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPiece:
    """One piece as it is kept; see `models.pieces.Piece`."""

    number: int
    noun: str
    object_id: int
    body: bytes
    on_from: date
    known_from: date
    as_of_from: datetime
    refs: Collection[str]


@contextmanager
def following(program: str) -> Iterator[PieceMark | None]:
    """The mark of how far the pieces are, held to the end of the block, which is one transaction.

    None where another worker holds it. Pieces of another release are dropped first.
    """
    PieceMark.objects.get_or_create(pk=1)
    with transaction.atomic():
        mark = PieceMark.objects.select_for_update(skip_locked=True).filter(pk=1).first()
        if mark is not None and mark.program != program:
            _begin(mark, program)
        yield mark


def keep_pieces(pieces: Iterable[NewPiece], *, instead_of: Mapping[str, Collection[int]]) -> None:
    """Keep these, in the place of the pieces of the rows `instead_of` (ids by noun)."""
    for noun, ids in instead_of.items():
        Piece.objects.filter(noun=noun, object_id__in=ids).delete()
    rows = (
        Piece(**{name: getattr(piece, name) for name in NewPiece.__slots__}) for piece in pieces
    )
    Piece.objects.bulk_create(rows, batch_size=_AT_ONCE)


def move_mark(mark: Any, *, made_to: int, renewed_to: int = 0) -> None:
    """Say how far the pieces are now."""
    mark.made_to, mark.renewed_to = made_to, renewed_to
    mark.save(update_fields=["made_to", "renewed_to"])


def drop_pieces() -> None:
    """Drop every piece; what is asked for is assembled until they are made again."""
    PieceMark.objects.update(program="")


def _begin(mark: Any, program: str) -> None:
    Piece.objects.all().delete()
    last = LedgerEntry.objects.aggregate(last=Max("number"))["last"]
    mark.program, mark.begun_at, mark.made_to, mark.renewed_to = program, last or 0, 0, 0
    mark.save()
