"""Where a statement stands: publisher, source, and the text as it was kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Func, Q, Value

from negotiations.models.fields import edtf, word, word_check
from negotiations.models.published import Published
from negotiations.models.triggers import APPEND_ONLY, SEARCHABLE
from negotiations.vocabulary import Capture, Reliability, Tier


class Publisher(models.Model):
    """Who publishes sources."""

    slug = models.SlugField(max_length=120, unique=True)
    name_en = models.CharField(max_length=200)
    name_ko = models.CharField(max_length=200)
    tier = word(Tier)

    class Meta:
        constraints = [word_check("tier", "tier", Tier)]

    def __str__(self) -> str:
        return self.slug


class Grade(models.Model):
    """The Admiralty letter of a publisher from a day on."""

    publisher = models.ForeignKey(Publisher, models.PROTECT, related_name="grades")
    reliability = word(Reliability)
    graded_on = models.DateField()

    class Meta:
        triggers = APPEND_ONLY
        constraints = [
            word_check("reliability", "reliability", Reliability),
            models.UniqueConstraint(fields=["publisher", "graded_on"], name="grade_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.publisher_id} {self.reliability}"


class Source(Published):
    """One document at one address."""

    url = models.TextField()
    # A b-tree refuses keys over 2,704 bytes, so the key is the digest of the address.
    url_sha256 = models.CharField(max_length=64)
    title = models.TextField()
    publisher = models.ForeignKey(Publisher, models.PROTECT, related_name="sources")
    language = models.CharField(max_length=12)
    published_on = edtf()
    published_lower = models.DateField()
    published_upper = models.DateField()
    published_instant = models.DateTimeField(null=True)

    class Meta(Published.Meta):
        triggers = [*Published.Meta.triggers, SEARCHABLE]
        constraints = [
            *Published.Meta.constraints,
            models.UniqueConstraint(
                fields=["url_sha256"], condition=Q(supersedes__isnull=True), name="source_once"
            ),
        ]
        indexes = [
            *Published.Meta.indexes,
            models.Index(
                fields=["-published_lower", "-published_upper", "-ledger_number"],
                name="source_newest",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class _Sha256(Func):
    """PostgreSQL's own digest of a text, in hexadecimal."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field: Any = models.CharField()


class SnapshotQuerySet(models.QuerySet[Any]):
    """Reading kept texts. A text belongs to a row, and is a draft as long as that row is one."""

    def of(self, source: Source) -> Self:
        """Those of a document as one of its rows sees them: its own, and all that are published."""
        own = Q(source=source) | Q(source__published_at__isnull=False)
        return self.filter(own, source__chain=source.chain)

    def told(self, *, as_of: datetime) -> Self:
        """Those in the record by then: the text was, and so was its row."""
        return self.filter(recorded_at__lte=as_of, source__published_at__lte=as_of)


class Snapshot(models.Model):
    """The text of a source as it was captured; never changed. A source may be captured again."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="snapshots")
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    captured_at = models.DateTimeField()
    # When it came into our record, which may be later: the clock `as_of` asks for this one.
    recorded_at = models.DateTimeField()
    capture = word(Capture)

    objects = models.Manager.from_queryset(SnapshotQuerySet)()

    class Meta:
        triggers = APPEND_ONLY
        constraints = [
            word_check("capture", "capture", Capture),
            models.CheckConstraint(condition=Q(sha256=_Sha256(F("text"))), name="snapshot_digest"),
            models.CheckConstraint(condition=~Q(text=Value("")), name="snapshot_not_empty"),
            models.CheckConstraint(
                condition=Q(captured_at__lte=F("recorded_at")), name="snapshot_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256
