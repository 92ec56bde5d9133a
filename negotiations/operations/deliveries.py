"""Sending what webhooks wait for: one sender at a time for each, in the order of the tracks.

A delivery is sent by whoever holds the lease of its subscription (`posting.py`). What a sender was
about when it died is counted by the next one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from negotiations.desk_words import SubscriptionState
from negotiations.models import Attempt, Delivery, Event, Subscription
from negotiations.operations.leases import MOST_LOST, POISONOUS, give_back, take
from negotiations.operations.posting import LEASE, Hold, held_by
from negotiations.operations.turns import one_at_a_time

# Of those that fail so many are sent to at once, so that there are always senders for the others.
MOST_SICK = 8
# Others of the same threads: acts, releases and letters find one even where all endpoints are slow.
MOST_HELD = 16
KEPT_FOR = timedelta(days=30)


def due_now(*, now: datetime) -> int:
    """How many subscriptions wait for a sender."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    return _active().filter(free, due_at__lte=now).count()


def hold_next(*, now: datetime) -> Hold | None:
    """The subscription that waits longest, for a turn of sending; None where none does."""
    with one_at_a_time("webhooks"):
        held = _active().filter(leased_until__gt=now)
        # One that has never taken anything is not known to be well.
        doubtful = Q(misses__gt=0) | Q(delivered_at=None)
        sick = held.filter(doubtful).count()
        if held.count() >= MOST_HELD:
            return None
        rows = _active().exclude(doubtful) if sick >= MOST_SICK else _active()
        row = take(rows, now=now, lease=LEASE)
    if row is None:
        return None
    hold = Hold(subscription=row.pk, turn=row.turn)
    _count_lost(hold, now)
    return hold


def _active() -> QuerySet[Subscription]:
    return Subscription.objects.filter(state=SubscriptionState.ACTIVE)


def _count_lost(hold: Hold, now: datetime) -> None:
    """What a sender before this one did not come to the end of; the third time it is given up."""
    unfinished = Attempt.objects.filter(
        delivery__subscription=hold.subscription, latency_ms__isnull=True, refusal=""
    ).select_related("delivery")
    with transaction.atomic():
        row = held_by(hold)
        if row is None:
            return
        for attempt in unfinished:
            attempt.refusal = POISONOUS
            attempt.save(update_fields=["refusal"])
            one = attempt.delivery
            one.lost += 1
            if one.lost >= MOST_LOST and one.done_at is None:
                one.done_at, one.aside = now, POISONOUS
            one.save(update_fields=["lost", "done_at", "aside"])
            # It was this delivery's doing, not the subscription's.
            row.lost = 0
        row.save(update_fields=["lost"])


def release(hold: Hold, *, now: datetime) -> bool:
    """End a turn: the subscription is due when its next delivery is; whether that is now."""
    with transaction.atomic():
        row = held_by(hold)
        if row is None:
            return False
        due = _heads(row).aggregate(first=Min("due_at"))["first"]
        if due is not None and row.rests_until is not None:
            due = max(due, row.rests_until)
        give_back(row, due_at=due)
        return due is not None and due <= now


def _heads(row: Subscription) -> QuerySet[Delivery]:
    """What waits for nothing before it."""
    pending = Delivery.objects.filter(subscription=row, done_at__isnull=True)
    before = Delivery.objects.filter(
        subscription=row,
        done_at__isnull=True,
        pk__lt=OuterRef("pk"),
        keys__overlap=OuterRef("keys"),
    )
    return pending.filter(~Exists(before))


def forget_deliveries(*, now: datetime) -> None:
    """Drop what was told more than thirty days ago, and what waited as long where none is sent."""
    old = Q(event__at__lt=now - KEPT_FOR)
    over = Q(done_at__isnull=False) | Q(subscription__state=SubscriptionState.DISABLED)
    Delivery.objects.filter(old & over).delete()
    Event.objects.filter(at__lt=now - KEPT_FOR, deliveries__isnull=True).delete()
