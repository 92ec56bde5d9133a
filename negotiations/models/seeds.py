"""What has been loaded from seeds folders, so that loading again changes nothing."""

from __future__ import annotations

from django.db import models


class SeedMark(models.Model):
    """One entry of a seeds folder: which row it became, and the digest of the entry as it was."""

    negotiation = models.SlugField(max_length=80)
    noun = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    object_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "noun", "key"], name="seedmark_once")
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.key}"
