"""Sending what webhooks wait for: one sender at a time for each, in the order of the tracks.

A delivery is sent by whoever holds the lease of its subscription. Before a post its attempt is
written down, so that a sender that dies over it is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from negotiations.desk_words import SubscriptionState
from negotiations.models import Attempt, Delivery, Event, Notice, Subscription
from negotiations.operations.leases import MOST_LOST, POISONOUS, give_back, take
from negotiations.operations.schedule import PATIENCE, asked_to_wait, delay_after, rest_after
from negotiations.operations.sealing import unseal

# A little longer than the longest post; it is renewed before each.
LEASE = timedelta(seconds=35)
# Of those that fail so many are sent to at once, so that there are always senders for the others.
MOST_SICK = 8
KEPT_FOR = timedelta(days=30)
LONGEST_ANSWER = 1000
GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A subscription for as long as the lease lasts."""

    subscription: int
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One post to make; `secrets` are sealed, the newest first."""

    hold: Hold
    attempt: int
    delivery: int
    url: str
    secrets: tuple[str, ...]
    message_id: str
    body: bytes

    def opened(self) -> list[str]:
        """The secrets to sign with; Refusal `secret_unreadable`."""
        return [unseal(one) for one in self.secrets]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a post ended: with a status and the beginning of an answer, or with a refusal's code."""

    latency_ms: int
    status: int | None = None
    refusal: str = ""
    answer: str = ""
    retry_after: str = ""

    @property
    def well(self) -> bool:
        """Only 2xx is success; a redirect is none."""
        return self.status is not None and 200 <= self.status < 300


def due_now(*, now: datetime) -> int:
    """How many subscriptions wait for a sender."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    return _active().filter(free, due_at__lte=now).count()


def hold_next(*, now: datetime) -> Hold | None:
    """The subscription that waits longest, for a turn of sending; None where none does."""
    rows = _active()
    if rows.filter(misses__gt=0, leased_until__gt=now).count() >= MOST_SICK:
        rows = rows.filter(misses=0)
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
        row = _held(hold)
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


def begin(hold: Hold, *, now: datetime) -> Sending | None:
    """The next post of a turn, written down before it is made; None where the turn is over."""
    with transaction.atomic():
        row = _held(hold)
        if row is None or row.state != SubscriptionState.ACTIVE:
            return None
        if row.rests_until is not None and row.rests_until > now:
            return None
        ready = _heads(row).filter(due_at__lte=now).select_related("event")
        one = ready.order_by("pk").first()
        if one is None:
            return None
        row.leased_until = now + LEASE
        row.save(update_fields=["leased_until"])
        one.attempts, one.first_at = one.attempts + 1, one.first_at or now
        one.save(update_fields=["attempts", "first_at"])
        old = row.old_secret_until is not None and row.old_secret_until > now
        return Sending(
            hold=hold, attempt=Attempt.objects.create(delivery=one, at=now).pk, delivery=one.pk,
            url=row.url, secrets=(row.secret, row.old_secret) if old else (row.secret,),
            message_id=one.event.message_id, body=bytes(one.event.body),
        )  # fmt: skip


def finish(sending: Sending, outcome: Outcome, *, now: datetime) -> bool:
    """Write down how a post ended, and what follows; False where the lease was lost meanwhile."""
    with transaction.atomic():
        row = _held(sending.hold)
        if row is None:
            return False
        one = Delivery.objects.select_related("event").filter(pk=sending.delivery).first()
        if one is None:  # the webhook was closed meanwhile
            return False
        Attempt.objects.filter(pk=sending.attempt).update(
            latency_ms=outcome.latency_ms, status=outcome.status, refusal=outcome.refusal,
            answer=outcome.answer[:LONGEST_ANSWER],
        )  # fmt: skip
        if outcome.well:
            _delivered(row, one, now)
        else:
            _failed(row, one, outcome, now)
        one.lost = 0
        one.save(update_fields=["lost", "due_at", "done_at", "aside"])
        row.save(
            update_fields=["misses", "failing_since", "rests_until", "delivered_at", "state",
                           "reason"]
        )  # fmt: skip
        return True


def _delivered(row: Subscription, one: Delivery, now: datetime) -> None:
    one.done_at = row.delivered_at = now
    row.misses, row.failing_since, row.rests_until = 0, None, None


def _failed(row: Subscription, one: Delivery, outcome: Outcome, now: datetime) -> None:
    row.misses, row.failing_since = row.misses + 1, row.failing_since or now
    asked = asked_to_wait(outcome.retry_after, now=now)
    seed = f"{row.pk} {one.event.message_id}"
    one.due_at = now + max(asked, delay_after(one.attempts, seed=seed))
    row.rests_until = now + max(asked, rest_after(row.misses))
    if outcome.status == GONE:
        _disable(row, "endpoint_gone", now)
    elif now - row.failing_since >= PATIENCE:
        _disable(row, "endpoint_failing", now)
    elif one.first_at is not None and now - one.first_at >= PATIENCE:
        one.done_at, one.aside = now, "event_given_up"


def _disable(row: Subscription, reason: str, now: datetime) -> None:
    row.state, row.reason = SubscriptionState.DISABLED.value, reason
    Notice.objects.create(subscription=row, reason=reason, made_at=now, due_at=now)


def release(hold: Hold, *, now: datetime) -> bool:
    """End a turn: the subscription is due when its next delivery is; whether that is now."""
    with transaction.atomic():
        row = _held(hold)
        if row is None:
            return False
        due = _heads(row).aggregate(first=Min("due_at"))["first"]
        if due is not None and row.rests_until is not None:
            due = max(due, row.rests_until)
        give_back(row, due_at=due)
        return due is not None and due <= now


def _held(hold: Hold) -> Subscription | None:
    rows = Subscription.objects.select_for_update(no_key=True)
    mine = rows.filter(pk=hold.subscription, turn=hold.turn, leased_until__isnull=False)
    return mine.first()


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
