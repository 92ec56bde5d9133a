"""Who is at work: a sign of life of each worker, and of the clock that starts what is periodic."""

from __future__ import annotations

from django.db import models

from negotiations.desk_words import Part
from negotiations.models.fields import word, word_check


class Heartbeat(models.Model):
    """When a process was heard of last; workers by host and process id, the clock as `beat`."""

    name = models.CharField(max_length=200, unique=True)
    kind = word(Part)
    at = models.DateTimeField()

    class Meta:
        constraints = [word_check("kind", "kind", Part)]

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
