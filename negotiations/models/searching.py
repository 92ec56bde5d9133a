"""What searches look through: published statements and sources, cut into what is looked for."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

NOUNS = ("statement", "source")


class Searchable(models.Model):
    """A published row as searches see it: its words, its sort key, and where it stands in time.

    A trigger writes it in the transaction that publishes the row, so that it is found from that
    moment on and never before: drafts are not in here. What it copies is frozen by then. A
    statement on tracks of several negotiations has a row for each of them, one of which is
    `foremost`; one that is withdrawn has no words and only hides what it withdraws.

    `words` holds English stems (`tariff`), the words as written where the stem differs
    (`=tariffs`), every two neighbouring syllables of Hangul (`관세`), and what the row is filtered
    by (`#n3`: negotiation 3; the letters are in `negotiations/README.md`).
    """

    noun = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    negotiation = models.ForeignKey(
        "negotiations.Negotiation", models.PROTECT, null=True, related_name="+", db_index=False
    )
    foremost = models.BooleanField()
    lower = models.DateField()
    upper = models.DateField()
    ledger_number = models.BigIntegerField()
    published_at = models.DateTimeField()
    known_on = models.DateField()
    known_at = models.DateTimeField(null=True)
    chain = models.UUIDField()
    words = SearchVectorField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(noun__in=NOUNS), name="searchable_noun"),
            models.UniqueConstraint(
                fields=["object_id", "noun", "negotiation"],
                nulls_distinct=False,
                name="searchable_once",
            ),
        ]
        indexes = [
            # Without a list of what is pending, which every search would have to read through.
            GinIndex(fields=["words"], fastupdate=False, name="searchable_words"),
            models.Index(
                fields=["noun", "-lower", "-upper", "-ledger_number"],
                condition=Q(foremost=True),
                name="searchable_newest",
            ),
            models.Index(
                fields=["negotiation", "-lower", "-upper", "-ledger_number"],
                name="searchable_in_negotiation",
            ),
            models.Index(fields=["chain", "ledger_number"], name="searchable_chain"),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.object_id}"
