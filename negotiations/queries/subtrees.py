"""Heads of ranges of the ledger's Merkle tree, from kept subtrees and, where those end, entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from negotiations.merkle import Range, fold, head, leaf_hash, perfect
from negotiations.models.subtrees import LEVELS, WIDTH
from negotiations.refusals import Refusal
from negotiations.sql import fetch

# From the top, the leaves below those that are kept.
_LEVELS = (*reversed(LEVELS), 0)
# So many entries are read for one question at most: some seconds of work.
_MOST = 150_000
# A subtree by its level and its place there, as it is kept; leaves are of level 0.
Tile = tuple[int, int]
_KEPT = """
    SELECT level, index, hash FROM negotiations_subtree
    WHERE level = %s AND index = ANY(%s::bigint[])
"""
_ENTRIES = """
    SELECT entry.number - 1, decode(entry.hash, 'hex')
    FROM unnest(%s::bigint[], %s::bigint[]) AS run (first, last)
        JOIN negotiations_ledgerentry entry ON entry.number BETWEEN run.first AND run.last
"""


def heads(ranges: Sequence[Range]) -> list[bytes]:
    """The head over each of these ranges of leaves, all within the ledger.

    One SQL query for the entries and one for each level of kept subtrees that is needed: in all at
    most four, and some hundreds of rows, whatever the length of the ledger. Subtrees that are not
    kept (yet) are made of their entries, with the same result; where these are too many to be read
    while somebody waits, it refuses as `unavailable` until a worker has kept them.
    """
    found = _found({tile for one in ranges for tile in _tiles(one)})
    return [_head(one, found) for one in ranges]


def _found(wanted: set[Tile]) -> dict[Tile, bytes]:
    found: dict[Tile, bytes] = {}
    missing = set(wanted)
    for level in _LEVELS[:-1]:
        here = {index for at, index in missing if at == level}
        if here:
            kept = {(at, index): hash for at, index, hash in fetch(_KEPT, [level, [*here]])}
            found |= kept
            lost = {(level, index) for index in here} - kept.keys()
            missing |= {below for tile in lost for below in _children(tile)}
    leaves = sorted(index for level, index in missing if level == 0)
    if len(leaves) > _MOST:
        raise Refusal("unavailable")
    return _completed(missing, found | _leaves(leaves))


def _completed(missing: Iterable[Tile], found: dict[Tile, bytes]) -> dict[Tile, bytes]:
    """With what was made of what is below it, from the bottom."""
    for tile in sorted(missing):
        if tile not in found:
            found[tile] = head([found[below] for below in _children(tile)])
    return found


def _leaves(indexes: Sequence[int]) -> dict[Tile, bytes]:
    if not indexes:
        return {}
    runs = list(_runs(indexes))
    bounds = [[first + 1 for first, _ in runs], [last + 1 for _, last in runs]]
    return {(0, index): leaf_hash(hash) for index, hash in fetch(_ENTRIES, bounds)}


def _runs(indexes: Sequence[int]) -> Iterator[Range]:
    """First and last of each run of neighbours."""
    first = before = indexes[0]
    for index in indexes[1:]:
        if index != before + 1:
            yield first, before
            first = index
        before = index
    yield first, before


def _children(tile: Tile) -> Iterator[Tile]:
    level, index = tile
    return ((level - LEVELS[0], index * WIDTH + at) for at in range(WIDTH))


def _tiles(of: Range) -> Iterator[Tile]:
    """Those that a range is put together of."""
    for begin, end in perfect(*of):
        level = next(one for one in _LEVELS if end - begin >= 1 << one)
        yield from ((level, index) for index in range(begin >> level, end >> level))


def _head(of: Range, found: Mapping[Tile, bytes]) -> bytes:
    parts = [head([found[tile] for tile in _tiles(one)]) for one in perfect(*of)]
    return fold(parts)
