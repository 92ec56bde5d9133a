"""Checkpoints of the ledger, and proofs that an entry is in it or that it has only grown.

A checkpoint ends at a public act: acts on drafts after it do not show in its size. They take no
clocks: a checkpoint is named by its size, and what it says never changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from negotiations import checkpoints, merkle
from negotiations.models import LedgerEntry
from negotiations.queries import ledger
from negotiations.queries.lookups import unreadable
from negotiations.queries.shapes import Checkpoint, ConsistencyProof, InclusionProof
from negotiations.queries.subtrees import heads
from negotiations.refusals import Refusal


def checkpoint(size: int | None = None) -> Checkpoint:
    """The checkpoint of that size, the newest by default; refuses `no_checkpoint`.

    Two SQL queries, and one for each level of kept subtrees.
    """
    end = _end(size, at="size")
    (head,) = heads([(0, end.number)])
    return Checkpoint(
        name=checkpoints.name(),
        size=end.number,
        root_hash=head.hex(),
        entry_hash=end.hash,
        at=end.at,
        note=checkpoints.checkpoint(end.number, head),
        public_keys=checkpoints.public_keys(),
    )


def inclusion(number: int, size: int | None = None) -> InclusionProof:
    """That this public act is in the checkpoint of that size, the newest by default.

    Refuses `no_public_act`, `no_checkpoint`, and `bad_parameter` where
    the checkpoint ended before it. Three SQL queries, one for the names of tracks, and one for each
    level of kept subtrees.
    """
    entry = ledger.act(number)
    if entry is None:
        raise Refusal("no_public_act", number=number)
    end = _end(size, at="size").number
    if number > end:
        raise unreadable(
            "size",
            f"act {number} is in checkpoints from that size on",
            f"{number}번 행위는 크기가 그 이상인 체크포인트에 들어 있습니다",
        )
    head, *path = heads([(0, end), *merkle.inclusion(number - 1, end)])
    return InclusionProof(
        entry=entry,
        leaf_index=number - 1,
        leaf_hash=merkle.leaf_hash(bytes.fromhex(entry.hash)).hex(),
        tree_size=end,
        proof=_hex(path),
        root_hash=head.hex(),
        checkpoint=checkpoints.checkpoint(end, head),
    )


def consistency(old: int, new: int | None = None) -> ConsistencyProof:
    """That the checkpoint of size `new` (the newest by default) begins with that of size `old`.

    Refuses `no_checkpoint`, and `bad_parameter` where the old one is the larger. Three SQL queries,
    and one for each level of kept subtrees.
    """
    end = _end(new, at="to").number
    begin = _end(old, at="from").number
    if begin > end:
        raise unreadable(
            "from",
            f"it is larger than the checkpoint of size {end}",
            f"크기가 {end}인 체크포인트보다 큽니다",
        )
    before, head, *path = heads([(0, begin), (0, end), *merkle.consistency(begin, end)])
    return ConsistencyProof(
        from_size=begin,
        from_root_hash=before.hex(),
        from_checkpoint=checkpoints.checkpoint(begin, before),
        to_size=end,
        to_root_hash=head.hex(),
        to_checkpoint=checkpoints.checkpoint(end, head),
        proof=_hex(path),
    )


def _end(size: int | None, *, at: str) -> ledger.Latest:
    """The public act at which the checkpoint ends."""
    if size is None:
        return ledger.latest()
    row = LedgerEntry.objects.filter(public=True, number=size).values_list("at", "hash").first()
    if row is None:
        raise Refusal("no_checkpoint", at=at, number=size)
    return ledger.Latest(number=size, at=row[0], hash=row[1])


def _hex(path: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(one.hex() for one in path)
