"""Making pieces: the JSON of published rows, ready before it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from django.utils import timezone

from negotiations.api.rendering import encode
from negotiations.operations.jobs import progress
from negotiations.operations.pieces import (
    NewPiece,
    drop_pieces,
    following,
    keep_pieces,
    move_mark,
)
from negotiations.queries.following import next_step
from negotiations.queries.ledger import newest_number
from negotiations.queries.making import Made, make, program


def make_pieces() -> bool:
    """Take one step behind the ledger; whether there may be more to do.

    All of a step or nothing of it is kept, so a worker that is killed loses only its own time.
    """
    with following(program()) as mark:
        if mark is None:
            return False
        step = next_step(begun_at=mark.begun_at, made_to=mark.made_to, renewed_to=mark.renewed_to)
        if step is None:
            return False
        keep_pieces(_made(step.rows), instead_of=step.rows)
        move_mark(mark, made_to=step.made_to, renewed_to=step.renewed_to)
    return True


def rebuild() -> Iterator[int]:
    """Drop all pieces and make them again; yields the number that they follow, after each step."""
    with progress("rebuild", clock=timezone.now, total=newest_number()) as told:
        drop_pieces()
        while make_pieces():
            with following(program()) as mark:
                made_to = None if mark is None else mark.made_to
            if made_to is not None:
                told(made_to)
                yield made_to


def _made(rows: Mapping[str, Collection[int]]) -> Iterator[NewPiece]:
    for noun, ids in rows.items():
        for made in make(noun, ids):
            yield new_piece(made)


def new_piece(made: Made) -> NewPiece:
    """A row as it is kept: its JSON without the newline that ends an answer."""
    return NewPiece(
        number=made.number,
        noun=made.noun,
        object_id=made.id,
        body=encode(made.record).rstrip(b"\n"),
        on_from=made.since.on,
        known_from=made.since.known,
        as_of_from=made.since.as_of,
        refs=sorted(made.since.refs),
    )
