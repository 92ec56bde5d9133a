"""The desk's own work: remarks on drafts, approvals under embargo, kept answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from negotiations.desk_words import ReleaseState
from negotiations.models.fields import text as free_text
from negotiations.models.fields import word, word_check
from negotiations.models.triggers import APPEND_ONLY


class Remark(models.Model):
    """What a reviewer wrote when sending a draft back; `version` is the draft as it was then."""

    noun = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    by = models.ForeignKey("negotiations.Officer", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        triggers = APPEND_ONLY
        indexes = [models.Index(fields=["noun", "object_id"], name="remark_object")]

    def __str__(self) -> str:
        return f"{self.noun} {self.object_id}"


class Release(models.Model):
    """Drafts that a reviewer approved to be published at an instant to come (an embargo).

    Until then they are drafts like any other. `items` are [noun, id, version] each; when the moment
    comes they are published as one act, or `held` with the code of the refusal.
    """

    items = models.JSONField()
    approved_by = models.ForeignKey("negotiations.Officer", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    release_at = models.DateTimeField()
    seen = models.BigIntegerField()
    waiver = free_text()
    confirmed = models.BooleanField(default=False)
    state = word(ReleaseState, default=ReleaseState.WAITING.value)
    refusal = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [word_check("state", "state", ReleaseState)]
        indexes = [
            models.Index(
                fields=["release_at"], condition=Q(state="waiting"), name="release_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_at} {self.state}"


class Answer(models.Model):
    """What a request with an Idempotency-Key was answered, written in the same transaction.

    The same key with the same request (`asked`, a digest) is answered with these bytes again.
    """

    officer = models.ForeignKey("negotiations.Officer", models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "key"], name="answer_once")]
        indexes = [models.Index(fields=["at"], name="answer_age")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.key}"
