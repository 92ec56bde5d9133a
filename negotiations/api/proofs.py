"""The ledger as something to be checked: checkpoints, proofs, and all entries at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from rest_framework.renderers import BaseRenderer

from negotiations.api.asking import Asked
from negotiations.api.exports import Export
from negotiations.api.filters import FROM_SIZE, SIZE, TO_SIZE
from negotiations.api.formats import FORMATS, Format, write
from negotiations.api.openapi_exports import CheckpointSchema, LedgerSchema
from negotiations.api.reading import Read
from negotiations.api.rendering import renderer_of
from negotiations.queries import proofs
from negotiations.queries.exports import entries, reached
from negotiations.queries.shapes import Checkpoint, ConsistencyProof, InclusionProof
from negotiations.refusals import Both, Refusal

_MISSING = Both(
    "say the size of a checkpoint that you have seen", "전에 본 체크포인트의 크기를 쓰십시오"
)


class ShowCheckpoint(Read):
    """The head of the ledger's Merkle tree (RFC 6962) over all its entries up to a public act.

    Who keeps it can later tell whether anything up to there was rewritten. `note` is what is
    signed; for one size it is always the same. Entries on drafts are in the tree by their hashes.
    """

    tag = "The ledger"
    shape = Checkpoint
    parameters = (SIZE,)

    def answer(self, asked: Asked) -> Checkpoint:
        """The newest, or the one of that size."""
        return proofs.checkpoint(**asked.values)


class TakeCheckpoint(Read):
    """The checkpoint as it is signed: a note in text, as C2SP's tlog-checkpoint has it."""

    schema = CheckpointSchema()
    tag = "The ledger"
    shape = bytes
    parameters = (SIZE,)
    media_type = "text/plain; charset=utf-8"

    def takes(self, request: HttpRequest) -> bool:
        """Text, without weighing one kind against another."""
        accept = request.META.get("HTTP_ACCEPT", "*/*")
        return ("*/*" in accept or "text/plain" in accept) and ";" not in accept

    def get_renderers(self) -> list[BaseRenderer]:
        """The one there is."""
        return [renderer_of("text/plain")]

    def answer(self, asked: Asked) -> bytes:
        """The newest, or the one of that size."""
        return proofs.checkpoint(**asked.values).note.encode()


class ShowInclusion(Read):
    """That a public act is in the ledger: the act, and the hashes that lead from it to the head.

    SHA-256 of a zero byte and the 32 bytes of its `hash` is the leaf; each hash of `proof` is put
    beside what was reached so far, and SHA-256 of a one byte and both is reached next, until that
    is the root hash in the signed `checkpoint` (RFC 9162, 2.1.3.2). A number that is not public, or
    not yet, is not found.
    """

    tag = "The ledger"
    shape = InclusionProof
    parameters = (SIZE,)

    def answer(self, asked: Asked, *, number: int) -> InclusionProof:
        """In the newest checkpoint, or in that of a size."""
        return proofs.inclusion(number, **asked.values)


class ShowConsistency(Read):
    """That the ledger of a later checkpoint begins with that of an earlier one (RFC 9162, 2.1.4).

    `from` is the size of a checkpoint that you have seen. Hold the proof against the one you kept,
    not against `from_checkpoint`, which is the site's word.
    """

    tag = "The ledger"
    shape = ConsistencyProof
    parameters = (FROM_SIZE, TO_SIZE)

    def answer(self, asked: Asked) -> ConsistencyProof:
        """From there to the newest, or to that size."""
        if FROM_SIZE.name not in asked.values:
            raise Refusal("bad_parameter", at=FROM_SIZE.name, name=FROM_SIZE.name, why=_MISSING)
        return proofs.consistency(asked.values[FROM_SIZE.name], asked.values.get(TO_SIZE.name))


class _Entries:
    """The file of all entries."""

    name = "ledger.ndjson"
    form: Format = FORMATS["ndjson"]

    def pieces(self, asked: Asked) -> Iterator[bytes]:
        """Up to what is reached now."""
        return write(self.form.writer("act"), entries(to=reached(asked.clocks.as_of)))


class ExportLedger(Export):
    """All entries of the ledger as one file, oldest first, up to the newest public act.

    Public acts are told as in `/changes/` and its hashes; of acts on drafts only number and hash.
    With the checkpoint of the size in `Parley-Ledger-Number` it can be checked offline by the
    site's `/ledger/verify.py`.
    """

    schema = LedgerSchema()
    parameters = ()

    def _wanted(self, path: dict[str, str]) -> Any:  # noqa: ARG002  it is named by its address
        return _Entries()
