"""The nightly look at what is kept: the live pages of sources, and our own copies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from negotiations.models.fields import text as free_text
from negotiations.models.fields import word, word_check
from negotiations.models.sources import Source
from negotiations.models.work import Work
from negotiations.vocabulary import EvidenceState


class EvidenceCheck(Work):
    """How the page of one document was found: a row of work for its chain.

    `source` is its newest published row. `state` is what the ledger said last of it; where it moved
    to and which passages changed stand there.
    """

    chain = models.UUIDField(unique=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    # Whose turn it takes: `HostTurn`.
    host = models.CharField(max_length=300)
    state = word(EvidenceState, default=EvidenceState.UNCHECKED.value)
    since = models.DateTimeField(null=True)
    # What makes a finding another one: of the one that the ledger told, and of one that is told
    # when a second night finds it, too, with the first of these nights.
    told = free_text()
    # Of which finding an officer has taken note.
    seen = free_text()
    suspected = free_text()
    suspected_on = models.DateField(null=True)
    # The last look that found out something, and the night for which the next was arranged.
    checked_at = models.DateTimeField(null=True)
    night = models.DateField(null=True)
    # Nights in a row on which the page could not be seen, and why the last time.
    failures = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=60, blank=True, default="")
    facts = models.JSONField(default=dict)

    class Meta(Work.Meta):
        constraints = [*Work.Meta.constraints, word_check("state", "state", EvidenceState)]
        indexes = [
            *Work.Meta.indexes,
            models.Index(
                fields=["host", "due_at"],
                condition=Q(due_at__isnull=False),
                name="evidencecheck_host_due",
            ),
            models.Index(
                fields=["state"],
                condition=Q(state__in=["moved", "altered", "gone"]) | Q(failures__gte=5),
                name="evidencecheck_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.state}"


class Damage(models.Model):
    """A kept copy that no longer has the digest under which it was kept."""

    # "text" of a snapshot, "html" or "warc" of its archive.
    part = models.CharField(max_length=10)
    snapshot = models.ForeignKey("negotiations.Snapshot", models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "part"], name="damage_once"),
            models.CheckConstraint(
                condition=Q(part__in=["text", "html", "warc"]), name="damage_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.snapshot_id}"
