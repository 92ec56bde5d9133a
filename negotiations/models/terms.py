"""What is bargained over, and what each party says it is."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from negotiations.models.evidenced import Evidenced, ahead, known, newest
from negotiations.models.fields import word, word_check
from negotiations.vocabulary import LEGAL_STANDINGS, Qualifier, Standing, Unit

_LEGAL = sorted(standing.value for standing in LEGAL_STANDINGS)


class Term(models.Model):
    """A point being bargained: US tariff on cars, profit split, rice market."""

    track = models.ForeignKey("negotiations.Track", models.PROTECT, related_name="terms")
    slug = models.SlugField(max_length=80)
    name_en = models.CharField(max_length=200)
    name_ko = models.CharField(max_length=200)
    unit = word(Unit)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["track", "slug"], name="term_slug_unique"),
            word_check("unit", "unit", Unit),
        ]

    def __str__(self) -> str:
        return self.slug


class Position(Evidenced):
    """What a party says a term is: a number, a range or a text, with its standing.

    `legal` tells what is law (in force, void) from what is bargained; each has a latest of its own.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="positions")
    according_to = models.ForeignKey("negotiations.Party", models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    amount_to = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    text_en = models.CharField(max_length=300, blank=True, default="")
    text_ko = models.CharField(max_length=300, blank=True, default="")
    qualifier = word(Qualifier)
    standing = word(Standing)
    legal = models.BooleanField()

    class Meta(Evidenced.Meta):
        constraints = [
            *Evidenced.Meta.constraints,
            word_check("qualifier", "qualifier", Qualifier),
            word_check("standing", "standing", Standing),
            models.CheckConstraint(
                name="position_legal_by_standing",
                condition=Q(legal=True, standing__in=_LEGAL)
                | Q(legal=False) & ~Q(standing__in=_LEGAL),
            ),
            models.CheckConstraint(
                name="position_figure_or_text",
                condition=Q(amount__isnull=False, text_en="", text_ko="")
                & (Q(amount_to__isnull=True) | Q(amount_to__gt=F("amount")))
                | Q(amount__isnull=True, amount_to__isnull=True)
                & (~Q(text_en="") | ~Q(text_ko="")),
            ),
        ]
        indexes = [
            *Evidenced.Meta.indexes,
            newest("latest", "term", "according_to", "legal"),
            newest("newest", "term"),
            known("known", "term"),
            ahead("ahead", "term"),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} {self.amount or self.text_en}"
