"""What was said."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Func, Q

from negotiations.models.fields import edtf, text, word, word_check
from negotiations.models.published import Clocks, Published, PublishedQuerySet, later_rows
from negotiations.models.sources import Snapshot, Source
from negotiations.models.triggers import SEARCHABLE, SNAPSHOT_OF_SOURCE, SOURCE_PUBLISHED
from negotiations.vocabulary import Attribution, Credibility, Modality, StatementKind


class Lead(Func):
    """By how many days a statement was said after the first day on which it can have been told.

    Hardly ever more than one, so it tells how far back the newest statement of a past question is.
    The most of a record, or of a track, is the first entry of an index.
    """

    template = (
        "(said_lower - LEAST(known_on, (known_at AT TIME ZONE 'UTC')::date,"
        " (published_at AT TIME ZONE 'UTC')::date))"
    )
    output_field: Any = models.IntegerField()


class Statement(Published):
    """One utterance as given in one source."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="statements")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+")
    quotation = text()
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    prefix = text()
    suffix = text()
    paraphrase_en = text()
    paraphrase_ko = text()
    speaker = models.ForeignKey(
        "negotiations.Person", models.PROTECT, null=True, related_name="statements"
    )
    office = models.ForeignKey("negotiations.Office", models.PROTECT, null=True, related_name="+")
    voice_en = models.CharField(max_length=200, blank=True, default="")
    voice_ko = models.CharField(max_length=200, blank=True, default="")
    # Spoken for and spoken of. A joint statement is for several; a newspaper's own words for none.
    parties = models.ManyToManyField("negotiations.Party", related_name="statements")
    about = models.ManyToManyField("negotiations.Party", related_name="+")
    said_on = edtf()
    said_lower = models.DateField()
    said_upper = models.DateField()
    said_phrase = models.CharField(max_length=200, blank=True, default="")
    zone = models.CharField(max_length=60)
    place_en = models.CharField(max_length=200, blank=True, default="")
    place_ko = models.CharField(max_length=200, blank=True, default="")
    kind = word(StatementKind)
    modality = word(Modality)
    attribution = word(Attribution)
    credibility = word(Credibility)
    language = models.CharField(max_length=12)
    original_language = models.CharField(max_length=12, blank=True, default="")
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="repetitions")
    translates = models.ForeignKey("self", models.PROTECT, null=True, related_name="translations")
    note_en = text()
    note_ko = text()
    tracks = models.ManyToManyField(
        "negotiations.Track", through="negotiations.StatementTrack", related_name="statements"
    )

    class Meta(Published.Meta):
        triggers = [*Published.Meta.triggers, SOURCE_PUBLISHED, SNAPSHOT_OF_SOURCE, SEARCHABLE]
        constraints = [
            *Published.Meta.constraints,
            word_check("kind", "kind", StatementKind),
            word_check("modality", "modality", Modality),
            word_check("attribution", "attribution", Attribution),
            word_check("credibility", "credibility", Credibility),
            models.CheckConstraint(
                name="statement_says_something",
                condition=~Q(quotation="") | ~Q(paraphrase_en="") | ~Q(paraphrase_ko=""),
            ),
            models.CheckConstraint(
                name="statement_quotation_has_place",
                condition=Q(
                    quotation="", snapshot__isnull=True, start__isnull=True, end__isnull=True
                )
                | ~Q(quotation="")
                & Q(snapshot__isnull=False, start__isnull=False, end__gt=F("start")),
            ),
            models.CheckConstraint(
                name="statement_has_voice",
                condition=Q(speaker__isnull=False) | Q(office__isnull=False) | ~Q(voice_en=""),
            ),
            models.CheckConstraint(
                name="statement_dates_in_order", condition=Q(said_lower__lte=F("said_upper"))
            ),
        ]
        indexes = [
            *Published.Meta.indexes,
            models.Index(
                fields=["-said_lower", "-said_upper", "-ledger_number"], name="statement_newest"
            ),
            models.Index(fields=["speaker", "-said_lower"], name="statement_by_speaker"),
            models.Index(
                Lead().desc(), condition=Q(published_at__isnull=False), name="statement_lead"
            ),
            models.Index(
                fields=["-ledger_number"],
                condition=Q(quotation="", published_at__isnull=False),
                name="statement_paraphrases",
            ),
        ]

    def __str__(self) -> str:
        return self.quotation or self.paraphrase_en


class StatementTrackQuerySet(PublishedQuerySet):
    """Reading the statements of tracks by the copies that stand here."""

    def _later(self, clocks: Clocks) -> models.QuerySet[Any]:
        return later_rows(Statement, clocks)


class StatementTrack(models.Model):
    """A track that a statement bears on, with what the statement is sorted and seen by.

    Both stand here so that the newest visible statements of one track are one index walk that
    reads no statement; they are filled at publication and frozen from then on.
    """

    statement = models.ForeignKey(Statement, models.CASCADE)
    track = models.ForeignKey("negotiations.Track", models.PROTECT, related_name="+")
    said_lower = models.DateField()
    said_upper = models.DateField()
    ledger_number = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    known_on = models.DateField(null=True)
    known_at = models.DateTimeField(null=True)
    chain = models.UUIDField(null=True)
    withdrawn = models.BooleanField(default=False, db_default=False)

    objects = models.Manager.from_queryset(StatementTrackQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "track"], name="statementtrack_once"),
            models.CheckConstraint(
                name="statementtrack_published_whole",
                condition=Q(
                    ledger_number__isnull=True,
                    published_at__isnull=True,
                    known_on__isnull=True,
                    chain__isnull=True,
                )
                | Q(
                    ledger_number__isnull=False,
                    published_at__isnull=False,
                    known_on__isnull=False,
                    chain__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["track", "-said_lower", "-said_upper", "-ledger_number"],
                name="statementtrack_newest",
            ),
            # What became known on a track from one day to another, and was said by then.
            models.Index(fields=["track", "known_on", "said_lower"], name="statementtrack_known"),
            models.Index(
                F("track"),
                Lead().desc(),
                condition=Q(published_at__isnull=False),
                name="statementtrack_lead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.track_id}"
