"""Heads of full subtrees of the ledger's Merkle tree, kept so that proofs are short work."""

from __future__ import annotations

from django.db import models

# The levels that are kept, each a tree of `WIDTH` of those below it.
LEVELS, WIDTH = (8, 16, 24), 256


class Subtree(models.Model):
    """The head over 2 ** `level` leaves from `index` * 2 ** `level` on; levels are `LEVELS`.

    It is a projection of the ledger, as pieces are of the record: made behind it by a worker, and
    made of the entries when it is missing.
    """

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.level} {self.index}"
