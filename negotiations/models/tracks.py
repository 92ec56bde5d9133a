"""Who negotiates, and about what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from negotiations.models.fields import text, word, word_check
from negotiations.vocabulary import Procedure


class Party(models.Model):
    """A state or organisation that negotiates; `code` is ISO 3166-1 alpha-2 for states."""

    code = models.CharField(max_length=12, unique=True)
    name_en = models.CharField(max_length=120)
    name_ko = models.CharField(max_length=120)
    # The city that stands for it in headlines: Seoul, Washington.
    capital_en = models.CharField(max_length=60)
    capital_ko = models.CharField(max_length=60)
    zone = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.code


class Negotiation(models.Model):
    """What is followed as one whole."""

    slug = models.SlugField(max_length=80, unique=True)
    title_en = models.CharField(max_length=200)
    title_ko = models.CharField(max_length=200)
    summary_en = text()
    summary_ko = text()
    parties = models.ManyToManyField(Party, related_name="negotiations")
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug


class Track(models.Model):
    """What is negotiated. `headline` tracks lead the board, the others hang below or beside."""

    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="tracks")
    slug = models.SlugField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    title_en = models.CharField(max_length=200)
    title_ko = models.CharField(max_length=200)
    procedure = word(Procedure)
    headline = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    # Empty: the parties of the negotiation.
    parties = models.ManyToManyField(Party, related_name="+")
    registered_at = models.DateTimeField()
    # The desk looks at it at least this often; `check_track` says that it has.
    review_days = models.PositiveSmallIntegerField(default=7)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "slug"], name="track_slug_unique"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="track_not_its_own_parent",
            ),
            word_check("procedure", "procedure", Procedure),
        ]

    def __str__(self) -> str:
        return self.slug
