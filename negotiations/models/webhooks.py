"""Webhooks: who is told of which acts, what is told, and how each telling went."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from negotiations.desk_words import SubscriptionState
from negotiations.models.fields import text as free_text
from negotiations.models.fields import word, word_check
from negotiations.models.work import Work


class Subscription(Work):
    """An endpoint and the acts that it is told of; its lease is that of the one who sends to it.

    Without `negotiation` all acts, without `types` all types. Acts up to the ledger number `after`
    were before it. Secrets are sealed; the old one signs along until `old_secret_until`.
    """

    url = models.TextField()
    name = models.CharField(max_length=80)
    negotiation = models.ForeignKey(
        "negotiations.Negotiation", models.PROTECT, null=True, related_name="+"
    )
    track = models.ForeignKey("negotiations.Track", models.PROTECT, null=True, related_name="+")
    types = ArrayField(models.CharField(max_length=60), default=list)
    state = word(SubscriptionState, default=SubscriptionState.ACTIVE.value)
    # The code of the refusal for which it was disabled.
    reason = models.CharField(max_length=60, blank=True, default="")
    secret = free_text()
    old_secret = free_text()
    old_secret_until = models.DateTimeField(null=True)
    owner = models.ForeignKey("negotiations.Officer", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    after = models.BigIntegerField()
    # Failures since the last success: how many, since when, and until when nothing is tried.
    misses = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta(Work.Meta):
        constraints = [
            *Work.Meta.constraints,
            word_check("state", "state", SubscriptionState),
            models.CheckConstraint(
                name="subscription_track_in_negotiation",
                condition=Q(track__isnull=True) | Q(negotiation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class Event(models.Model):
    """What is told, in the bytes in which all endpoints get it; `number` is that of its act.

    `message_id` is the `webhook-id`, the same at every attempt. A test event has no act.
    """

    message_id = models.CharField(max_length=60, unique=True)
    number = models.BigIntegerField(null=True, unique=True)
    type = models.CharField(max_length=60)
    at = models.DateTimeField()
    body = models.BinaryField()

    def __str__(self) -> str:
        return self.message_id


class Delivery(models.Model):
    """One event for one subscription: due at `due_at` until it is done, whatever became of it.

    It waits for earlier ones of its subscription with which it shares one of `keys` (the ids of
    tracks; negotiations count below zero). `attempts` counts since it was last asked for, `lost`
    those in a row in which the sender died. `aside` is the refusal for which it was given up.
    """

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    keys = ArrayField(models.BigIntegerField())
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    aside = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "event"], name="delivery_once"),
            models.CheckConstraint(
                name="delivery_aside_is_done", condition=Q(aside="") | Q(done_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["subscription", "id"],
                condition=Q(done_at__isnull=True),
                name="delivery_pending",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.event_id}"


class Attempt(models.Model):
    """One post: written down before it begins; without `latency_ms` it did not come to its end."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    latency_ms = models.PositiveIntegerField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    refusal = models.CharField(max_length=60, blank=True, default="")
    answer = free_text()

    class Meta:
        indexes = [
            models.Index(
                fields=["delivery"],
                condition=Q(latency_ms__isnull=True, refusal=""),
                name="attempt_unfinished",
            )
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.status}"


class Notice(Work):
    """A mail to the owner of a subscription that was disabled; `reason` says why."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="notices")
    reason = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.reason}"
