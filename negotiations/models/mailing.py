"""Who is told by e-mail, of what and how often; and each letter, a row of work."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from negotiations.desk_words import Ending, LetterKind, Rhythm
from negotiations.models.fields import text as free_text
from negotiations.models.fields import word, word_check
from negotiations.models.work import Work

# What letters tell of: entries of timelines. Sources, names and looks without news are not told.
TOLD = {
    "public": True,
    "verb__in": ["publish", "correct", "retract"],
    "noun__in": ["status_change", "position", "linkage", "milestone", "account", "statement"],
}


class MailSubscription(models.Model):
    """One reader's wish; unconfirmed it tells nothing, ended it keeps no address.

    Its links hold a token that is made of `key` and the site's secret; of tokens only digests are
    kept, those of earlier secrets as well: a link to end it works for ever.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    tokens = ArrayField(models.CharField(max_length=64))
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=2)
    rhythm = word(Rhythm)
    negotiation_ids = ArrayField(models.BigIntegerField(), default=list)
    track_ids = ArrayField(models.BigIntegerField(), default=list)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=20, blank=True, default="")
    # Acts up to this number were told, or came before it.
    told_through = models.BigIntegerField(default=0)
    # When the next digest is due; null for letters at once.
    digest_at = models.DateTimeField(null=True)
    # Letters in a row that the mail server refused for good for this address.
    refused = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            word_check("rhythm", "rhythm", Rhythm),
            models.CheckConstraint(
                name="mailsubscription_language", condition=Q(language__in=["en", "ko"])
            ),
            models.CheckConstraint(
                name="letters_over_keeps_no_address",
                condition=Q(ended_at=None, ended_because="") & ~Q(address="")
                | Q(
                    ended_at__isnull=False,
                    ended_because__in=[why.value for why in Ending],
                    address="",
                    digest_at=None,
                ),
            ),
        ]
        indexes = [
            GinIndex(fields=["tokens"], name="mailsubscription_tokens"),
            models.Index(fields=["address", "asked_at"], name="mailsubscription_address"),
            models.Index(
                fields=["digest_at"],
                condition=Q(digest_at__isnull=False),
                name="mailsubscription_due",
            ),
            # Who is told at once; who has not answered yet.
            models.Index(
                fields=["id"],
                condition=Q(rhythm="immediate", confirmed_at__isnull=False, ended_at=None),
                name="mailsubscription_at_once",
            ),
            models.Index(
                fields=["asked_at"],
                condition=Q(confirmed_at=None),
                name="mailsubscription_unconfirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.rhythm}"


class Letter(Work):
    """One mail to one reader. Its words are made once, by the first worker that takes it, and
    dropped when it is sent; its `key` names it to mail programs however often sending is tried.

    News tell of the acts after number `after`, up to `through`.
    """

    subscription = models.ForeignKey(MailSubscription, models.CASCADE, related_name="letters")
    kind = word(LetterKind)
    after = models.BigIntegerField(default=0)
    through = models.BigIntegerField(default=0)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    made_at = models.DateTimeField()
    subject = free_text()
    text = free_text()
    html = free_text()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    # Why the last attempt failed: the code of a refusal and its facts.
    refusal = models.CharField(max_length=60, blank=True, default="")
    facts = models.JSONField(default=dict)

    class Meta(Work.Meta):
        constraints = [
            *Work.Meta.constraints,
            word_check("kind", "kind", LetterKind),
            models.UniqueConstraint(
                fields=["subscription", "through"],
                condition=Q(kind="news"),
                name="letter_once",
            ),
        ]
        indexes = [
            *Work.Meta.indexes,
            models.Index(fields=["id"], condition=~Q(aside=""), name="letter_aside"),
            models.Index(fields=["sent_at"], name="letter_sent"),
            models.Index(
                fields=["leased_until"], condition=Q(leased_until__isnull=False), name="letter_held"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"
