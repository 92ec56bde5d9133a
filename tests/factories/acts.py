"""Entries of the ledger, and the clocks of a question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime

from negotiations import models
from negotiations.api.pieces import new_piece
from negotiations.operations.drafting import NOUNS
from negotiations.operations.pieces import following, keep_pieces, move_mark
from negotiations.queries.making import make, program
from tests.factories.published import PUBLISHED_AT
from tests.factories.reference import OfficerFactory


def clocks_at(
    on: str, *, known_by: str | None = None, as_of: datetime | None = None
) -> models.Clocks:
    """Clocks of a day, by default known by that day and as of long after."""
    return models.Clocks(
        on=date.fromisoformat(on),
        known_by=date.fromisoformat(known_by or on),
        known_at=None,
        as_of=as_of or datetime(2026, 1, 1, tzinfo=UTC),
    )


def enter(
    *,
    tracks: Iterable[models.Track] = (),
    public: bool = True,
    at: datetime = PUBLISHED_AT,
    verb: str = "publish",
    noun: str = "status_change",
    object_id: int = 1,
    payload: dict[str, object] | None = None,
) -> models.LedgerEntry:
    """A ledger entry in its place in the chain, about these tracks."""
    last = models.LedgerEntry.objects.order_by("-number").first()
    tracks = list(tracks)
    number = last.number + 1 if last else 1
    return models.LedgerEntry.objects.create(
        number=number,
        verb=verb,
        noun=noun,
        object_id=object_id,
        at=at,
        role="reviewer",
        by=OfficerFactory(),
        public=public,
        negotiation_ids=sorted({track.negotiation_id for track in tracks}),
        track_ids=[track.pk for track in tracks],
        payload=payload or {},
        previous_hash=last.hash if last else "0" * 64,
        hash=hashlib.sha256(str(number).encode()).hexdigest(),
    )


def pieces() -> None:
    """A piece of every published row, as a worker would make it that has seen the whole ledger."""
    kept = (
        new_piece(made)
        for noun, model in NOUNS.items()
        for made in make(noun, list(model._default_manager.values_list("pk", flat=True)))
        if made.number
    )
    with following(program()) as mark:
        keep_pieces(
            kept, instead_of={noun: models.Piece.objects.values("object_id") for noun in NOUNS}
        )
        move_mark(mark, made_to=10**9)
