"""The one numbered, hash-chained list of every act."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from negotiations.models.triggers import APPEND_ONLY, LEDGER_CHAINED, LEDGER_HEARD


class LedgerEntry(models.Model):
    """One act: what, on what, when, by which role; hash of the entry before it, own hash.

    `public` entries are told to the outside; acts on drafts are in the record but told to nobody,
    and their payload holds no content. `by` names the account and is not part of the hash, which
    outsiders can recompute.
    """

    number = models.BigIntegerField(primary_key=True)
    verb = models.CharField(max_length=40)
    noun = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    at = models.DateTimeField()
    role = models.CharField(max_length=20)
    by = models.ForeignKey("negotiations.Officer", models.PROTECT, related_name="+")
    public = models.BooleanField()
    negotiation_ids = ArrayField(models.BigIntegerField(), default=list)
    track_ids = ArrayField(models.BigIntegerField(), default=list)
    payload = models.JSONField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        triggers = [*APPEND_ONLY, LEDGER_CHAINED, LEDGER_HEARD]
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0), name="ledgerentry_from_one"),
            models.UniqueConstraint(fields=["hash"], name="ledgerentry_hash_unique"),
        ]
        indexes = [
            models.Index(fields=["-number"], condition=Q(public=True), name="ledgerentry_public"),
            GinIndex(fields=["track_ids"], name="ledgerentry_tracks"),
            models.Index(fields=["noun", "object_id"], name="ledgerentry_object"),
            # When the desk last looked at a track and found nothing new.
            models.Index(
                fields=["object_id", "-number"],
                condition=Q(verb="check_track", public=True),
                name="ledgerentry_checks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.noun} {self.object_id}"


class LedgerTrack(models.Model):
    """A public entry by a track that it touches: the acts on one track are one index walk.

    The database fills it as entries come in (trigger `heard`).
    """

    pk = models.CompositePrimaryKey("track", "number")
    track = models.BigIntegerField()
    number = models.BigIntegerField()

    class Meta:
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.track} {self.number}"


class LedgerNegotiation(models.Model):
    """A public entry by a negotiation that it touches; filled as LedgerTrack is."""

    pk = models.CompositePrimaryKey("negotiation", "number")
    negotiation = models.BigIntegerField()
    number = models.BigIntegerField()

    class Meta:
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.negotiation} {self.number}"
