"""Fetching a page for an officer: a row of work, with what was found in it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from negotiations.desk_words import CaptureState
from negotiations.models.fields import text as free_text
from negotiations.models.fields import word, word_check
from negotiations.models.sources import Snapshot
from negotiations.models.work import Work


class Capture(Work):
    """An address that an officer asked to be captured, and what a worker made of it.

    Its `turn` counts the attempts. What is found is proposed to the officer, never imposed.
    """

    url = models.TextField()
    asked_by = models.ForeignKey("negotiations.Officer", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = word(CaptureState, default=CaptureState.WAITING.value)
    # Why it failed: the code of a refusal and its facts.
    refusal = models.CharField(max_length=60, blank=True, default="")
    facts = models.JSONField(default=dict)
    # What was found.
    final_url = free_text()
    captured_at = models.DateTimeField(null=True)
    text = free_text()
    title = free_text()
    publisher_name = free_text()
    published_on = models.CharField(max_length=64, blank=True, default="")
    language = models.CharField(max_length=12, blank=True, default="")
    # The source that was drafted from it.
    source = models.ForeignKey("negotiations.Source", models.SET_NULL, null=True, related_name="+")

    class Meta(Work.Meta):
        constraints = [*Work.Meta.constraints, word_check("state", "state", CaptureState)]
        indexes = [
            *Work.Meta.indexes,
            models.Index(fields=["asked_by", "-asked_at"], name="capture_by_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.url} {self.state}"


class Fingerprint(models.Model):
    """What near-identical texts are found by: the bands of a snapshot's SimHash.

    Two texts whose 64-bit SimHash differs in at most three bits share one of its four bands
    (Manku, Jain and Das Sarma 2007). A band is stored with its place, as place * 65536 + bits.
    """

    snapshot = models.OneToOneField(Snapshot, models.CASCADE, related_name="fingerprint")
    bands = ArrayField(models.IntegerField())

    class Meta:
        indexes = [GinIndex(fields=["bands"], name="fingerprint_bands")]

    def __str__(self) -> str:
        return f"{self.snapshot_id}"
