"""Who speaks."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from negotiations.models.fields import edtf


class Office(models.Model):
    """A post or an institution that speaks: minister, spokesperson, ministry."""

    slug = models.SlugField(max_length=80, unique=True)
    title_en = models.CharField(max_length=200)
    title_ko = models.CharField(max_length=200)
    party = models.ForeignKey("negotiations.Party", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.slug


class Person(models.Model):
    """Someone who speaks, with the other spellings of the name."""

    slug = models.SlugField(max_length=80, unique=True)
    name_en = models.CharField(max_length=120)
    name_ko = models.CharField(max_length=120)
    aliases = ArrayField(models.CharField(max_length=120), default=list)

    def __str__(self) -> str:
        return self.slug


class Tenure(models.Model):
    """A person holds an office from-to; an empty bound is not known to us."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")
    office = models.ForeignKey(Office, models.PROTECT, related_name="tenures")
    held_from = edtf(blank=True, default="")
    held_to = edtf(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "office", "held_from"], name="tenure_unique")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.office_id}"
