"""What readers report as wrong, and what the desk answered."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from negotiations.models.fields import text as free_text
from negotiations.models.fields import word, word_check
from negotiations.trust_words import ReportKind, ReportState

ABOUT = (
    "statement", "source", "status_change", "position", "linkage", "milestone", "account", "track",
)  # fmt: skip
_OPEN = ["received", "looked_at"]


class ErrorReport(models.Model):
    """One report; its id is the number that everybody knows it by.

    What its reader wrote (`text`, `source_url`) is for the desk alone and goes with its digest when
    it is refused as abuse, else some time after the answer. Who wrote is not known here.
    """

    noun = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    # Those whose officers answer; none: any officer.
    negotiation_ids = ArrayField(models.BigIntegerField(), default=list)
    kind = word(ReportKind)
    text = free_text()
    source_url = free_text()
    language = models.CharField(max_length=2)
    # Of what was sent: the same sent twice is one report.
    digest = models.CharField(max_length=64, blank=True, default="")
    state = word(ReportState, default=ReportState.RECEIVED.value)
    version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        "negotiations.Officer", models.PROTECT, null=True, related_name="+"
    )
    answered_by = models.ForeignKey(
        "negotiations.Officer", models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    answer_en = free_text()
    answer_ko = free_text()
    # The act of the ledger that mended the record.
    correction = models.BigIntegerField(null=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")

    class Meta:
        constraints = [
            word_check("kind", "kind", ReportKind),
            word_check("state", "state", ReportState),
            models.CheckConstraint(name="errorreport_about", condition=Q(noun__in=ABOUT)),
            models.CheckConstraint(
                name="errorreport_language", condition=Q(language__in=["en", "ko"])
            ),
            models.CheckConstraint(
                name="errorreport_answered",
                condition=Q(state__in=_OPEN, answered_at=None, answered_by=None)
                | ~Q(state__in=_OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="errorreport_corrected",
                condition=Q(state="corrected", correction__isnull=False)
                | ~Q(state="corrected") & Q(correction=None),
            ),
            models.CheckConstraint(
                name="errorreport_duplicate",
                condition=Q(state="duplicate", duplicate_of__isnull=False)
                | ~Q(state="duplicate") & Q(duplicate_of=None),
            ),
            models.CheckConstraint(
                name="errorreport_refused_keeps_nothing",
                condition=~Q(state="refused") | Q(text="", source_url="", digest=""),
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], condition=Q(state__in=_OPEN), name="errorreport_open"),
            models.Index(fields=["state", "-id"], name="errorreport_state"),
            models.Index(fields=["digest", "received_at"], name="errorreport_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
