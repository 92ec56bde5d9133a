"""The Merkle tree of RFC 6962, section 2.1: heads, inclusion proofs, consistency proofs.

It is the tree of RFC 9162, section 2, with SHA-256. A leaf of the ledger's tree is the hash of one
entry, 32 bytes; leaf n is the entry n + 1. Here a proof is the list of the subtrees that it is made
of, each as the range of its leaves `(begin, end)`: it hangs on sizes alone, and whoever keeps
leaves says what their hashes are. `verifier.py` checks proofs without any of this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Range = tuple[int, int]
EMPTY = hashlib.sha256(b"").digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step from a leaf to the head: the sibling stands on the `left` or not; what comes out."""

    left: bool
    sibling: bytes
    result: bytes


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: SHA-256 of a zero byte and its data."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node: SHA-256 of a one byte and those of its two children."""
    return hashlib.sha256(b"\1" + left + right).digest()


def perfect(begin: int, end: int) -> Iterator[Range]:
    """The perfect subtrees that a subtree is made of, from the left; the widths are powers of 2."""
    while begin < end:
        width = 1 << ((end - begin).bit_length() - 1)
        yield begin, begin + width
        begin += width


def fold(hashes: Sequence[bytes]) -> bytes:
    """The head over the perfect subtrees of a range, from the left; of none that of no leaves."""
    if not hashes:
        return EMPTY
    *others, head = hashes
    for left in reversed(others):
        head = node_hash(left, head)
    return head


def head(hashes: Sequence[bytes]) -> bytes:
    """The head over the hashes of leaves, or of perfect subtrees of one width."""
    return fold([_perfect(hashes[begin:end]) for begin, end in perfect(0, len(hashes))])


def inclusion(index: int, size: int) -> list[Range]:
    """The audit path of leaf `index` in the tree of the first `size` leaves (2.1.1)."""
    begin, end = 0, size
    path: list[Range] = []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((begin, middle))
            begin = middle
    return path[::-1]


def consistency(old: int, new: int) -> list[Range]:
    """What shows that the first `new` leaves begin with the first `old` (2.1.2); 0 < old <= new."""
    begin, end, whole = 0, new, True
    path: list[Range] = []
    while end > old:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((begin, middle))
            begin, whole = middle, False
    # The old tree as a whole is known to who asks.
    return path[::-1] if whole else [(begin, end), *path[::-1]]


def steps(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> list[Step]:
    """How the hash of a leaf becomes the head along its audit path, step by step."""
    found = []
    for (begin, _), sibling in zip(inclusion(index, size), path, strict=True):
        left = begin < index
        leaf = node_hash(sibling, leaf) if left else node_hash(leaf, sibling)
        found.append(Step(left=left, sibling=sibling, result=leaf))
    return found


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def _perfect(level: Sequence[bytes]) -> bytes:
    while len(level) > 1:
        level = [node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=True)]
    return level[0]
