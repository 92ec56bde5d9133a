"""What comes in: watched feeds, what they caught, and the words that tell which track it is of."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from negotiations.desk_words import ClippingState, FeedKind
from negotiations.models.fields import text as free_text
from negotiations.models.fields import word, word_check
from negotiations.models.work import Work


class Feed(Work):
    """A feed, or a page whose links are watched, that is polled for one negotiation."""

    negotiation = models.ForeignKey(
        "negotiations.Negotiation", models.PROTECT, related_name="feeds"
    )
    kind = word(FeedKind)
    url = models.TextField()
    url_sha256 = models.CharField(max_length=64)
    title = free_text()
    # Of a watched page only links that begin so are taken; empty: all on its host.
    links_under = free_text()
    publisher = models.ForeignKey(
        "negotiations.Publisher", models.PROTECT, null=True, related_name="+"
    )
    added_by = models.ForeignKey("negotiations.Officer", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    # Not polled while paused.
    paused = models.BooleanField(default=False)
    every_minutes = models.PositiveIntegerField(default=15)
    # Whose turn it takes: `HostTurn`.
    host = models.CharField(max_length=300, blank=True, default="")
    etag = free_text()
    last_modified = free_text()
    # Polls in a row that found nothing new: the more, the longer until the next.
    quiet = models.PositiveSmallIntegerField(default=0)
    # How many items it has caught, and when the last poll was that caught any.
    caught = models.PositiveIntegerField(default=0)
    news_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    # Polls in a row that failed, and why the last one did.
    failures = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=60, blank=True, default="")
    facts = models.JSONField(default=dict)

    class Meta(Work.Meta):
        constraints = [
            *Work.Meta.constraints,
            word_check("kind", "kind", FeedKind),
            models.UniqueConstraint(fields=["negotiation", "url_sha256"], name="feed_once"),
        ]
        indexes = [
            *Work.Meta.indexes,
            models.Index(
                fields=["host", "due_at"], condition=Q(due_at__isnull=False), name="feed_host_due"
            ),
        ]

    def __str__(self) -> str:
        return self.url


class HostTurn(models.Model):
    """When a host may be asked again: while one of its feeds is polled, and some seconds after."""

    host = models.CharField(max_length=300, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.host


class Keyword(models.Model):
    """A word or phrase, in English or Korean, by which a text is proposed for a track."""

    track = models.ForeignKey("negotiations.Track", models.PROTECT, related_name="keywords")
    word = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["track", "word"], name="keyword_once")]

    def __str__(self) -> str:
        return self.word


class Clipping(models.Model):
    """A story that feeds caught, not yet triaged; near-identical ones are folded into the first.

    Never published by itself: accepted, it becomes a source that an officer drafts.
    """

    negotiation = models.ForeignKey(
        "negotiations.Negotiation", models.PROTECT, related_name="clippings"
    )
    state = word(ClippingState, default=ClippingState.NEW.value)
    version = models.PositiveIntegerField(default=1)
    url = models.TextField()
    url_sha256 = models.CharField(max_length=64)
    title = models.TextField()
    text = free_text()
    language = models.CharField(max_length=12, blank=True, default="")
    publisher_name = free_text()
    published_at = models.DateTimeField(null=True)
    caught_at = models.DateTimeField()
    # SimHash of title and text, as Fingerprint has it.
    bands = ArrayField(models.IntegerField())
    # What is proposed: [{"track": slug, "words": [as matched]}], [{"person": slug, "word": …}].
    proposed_tracks = models.JSONField(default=list)
    proposed_speakers = models.JSONField(default=list)
    assigned_to = models.ForeignKey(
        "negotiations.Officer", models.PROTECT, null=True, related_name="+"
    )
    snoozed_until = models.DateTimeField(null=True)
    reason = free_text()
    decided_by = models.ForeignKey(
        "negotiations.Officer", models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    capture = models.ForeignKey(
        "negotiations.Capture", models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            word_check("state", "state", ClippingState),
            models.UniqueConstraint(fields=["negotiation", "url_sha256"], name="clipping_once"),
        ]
        indexes = [
            GinIndex(fields=["bands"], name="clipping_bands"),
            models.Index(
                fields=["negotiation", "-caught_at"],
                condition=Q(state__in=["new", "snoozed"]),
                name="clipping_open",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Reprint(models.Model):
    """One item of one feed, by its GUID or address: the story itself, or another print of it."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="reprints")
    clipping = models.ForeignKey(Clipping, models.CASCADE, related_name="reprints")
    key_sha256 = models.CharField(max_length=64)
    url = models.TextField()
    title = models.TextField()
    publisher_name = free_text()
    published_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "key_sha256"], name="reprint_once")]

    def __str__(self) -> str:
        return self.title
