"""How far long jobs are: a row for each run."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

# After so long without a word a run that has not ended was killed.
SILENT = timedelta(minutes=10)


class JobRun(models.Model):
    """One run of a long job (a rebuild, the nightly files), for who waits for it.

    `total` is null where nobody knows how much there is; `moved_at` is when it was heard of last: a
    run without an end that has long been silent was killed. `failed` names the kind of error that
    ended it.
    """

    name = models.CharField(max_length=40)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["name", "-begun_at"], name="jobrun_newest")]

    def __str__(self) -> str:
        return f"{self.name} {self.done}/{self.total}"
