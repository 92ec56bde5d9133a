"""What is told of published rows, made ready once: a projection of the record, never the record."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Piece(models.Model):
    """The JSON of one published row as lists of visible rows tell it, by its ledger number.

    It holds for every question whose three clocks are at or after the `_from` columns: from then on
    nothing that it tells has changed. `refs` name what else it tells of (`person:4`): a mending of
    one of them makes it anew. It may be dropped at any time; the row is then assembled when asked.
    """

    number = models.BigIntegerField(primary_key=True)
    noun = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    body = models.BinaryField()
    on_from = models.DateField()
    known_from = models.DateField()
    as_of_from = models.DateTimeField()
    refs = ArrayField(models.CharField(max_length=40))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["noun", "object_id"],
                name="piece_of_row",
            )
        ]
        indexes = [GinIndex(fields=["refs"], name="piece_refs")]

    def __str__(self) -> str:
        return f"{self.number} {self.noun} {self.object_id}"


class PieceMark(models.Model):
    """How far the pieces follow the ledger, and which release made them: one row.

    They were begun when the ledger stood at `begun_at`. Acts up to `made_to` are in them. Of the
    act after it, which renews pieces, those with numbers up to `renewed_to` are done.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    program = models.CharField(max_length=12, blank=True, default="")
    begun_at = models.BigIntegerField(default=0)
    made_to = models.BigIntegerField(default=0)
    renewed_to = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="piecemark_is_one")]

    def __str__(self) -> str:
        return f"{self.made_to}"
