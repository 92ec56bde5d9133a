"""Keeping subtrees of the ledger's Merkle tree, behind the ledger (see `models.subtrees`).

It is work and no act: they may be dropped and made again at any time; proofs stay the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max

from negotiations.merkle import head, leaf_hash
from negotiations.models import LedgerEntry, Subtree
from negotiations.models.subtrees import LEVELS, WIDTH
from negotiations.sql import fetch

# Subtrees of the lowest level that are made at once, of 16,384 entries.
_AT_ONCE = 64
_HASHES = """
    SELECT decode(hash, 'hex') FROM negotiations_ledgerentry
    WHERE number > %s AND number <= %s ORDER BY number
"""


def keep_subtrees() -> bool:
    """Take one step behind the ledger; whether there may be more to do.

    Two workers that take the same step write the same rows, so nobody waits for the other.
    """
    with transaction.atomic():
        made = _keep(LEVELS[0], list(_lowest()))
        for level in LEVELS[1:]:
            made += _keep(level, list(_above(level)))
    return made > 0


def drop_subtrees() -> None:
    """Drop all of them; proofs are made of the entries until they are made again."""
    Subtree.objects.all().delete()


def false_subtree() -> Subtree | None:
    """The first kept subtree, from the lowest level on, that is not what lies below it."""
    for level in LEVELS:
        for kept in Subtree.objects.filter(level=level).order_by("index").iterator():
            below = _below(level, kept.index)
            if len(below) != WIDTH or bytes(kept.hash) != head(below):
                return kept
    return None


def _lowest() -> Iterator[tuple[int, bytes]]:
    newest = LedgerEntry.objects.aggregate(last=Max("number"))["last"] or 0
    begin = _next(LEVELS[0])
    end = min(begin + _AT_ONCE, newest // WIDTH)
    leaves = _leaves(begin * WIDTH, end * WIDTH) if begin < end else []
    for index in range(begin, end):
        at = (index - begin) * WIDTH
        yield index, head(leaves[at : at + WIDTH])


def _above(level: int) -> Iterator[tuple[int, bytes]]:
    for index in range(_next(level), _next(level - LEVELS[0]) // WIDTH):
        yield index, head(_below(level, index))


def _below(level: int, index: int) -> list[bytes]:
    if level == LEVELS[0]:
        return _leaves(index * WIDTH, (index + 1) * WIDTH)
    rows = Subtree.objects.filter(
        level=level - LEVELS[0], index__gte=index * WIDTH, index__lt=(index + 1) * WIDTH
    )
    return [bytes(hash) for hash in rows.order_by("index").values_list("hash", flat=True)]


def _leaves(begin: int, end: int) -> list[bytes]:
    return [leaf_hash(hash) for (hash,) in fetch(_HASHES, [begin, end])]


def _next(level: int) -> int:
    last = Subtree.objects.filter(level=level).aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def _keep(level: int, made: list[tuple[int, bytes]]) -> int:
    rows = (Subtree(level=level, index=index, hash=hash) for index, hash in made)
    Subtree.objects.bulk_create(rows, ignore_conflicts=True)
    return len(made)
