"""One post after the other: written down before it begins, and how it ended after it.

A post that goes well costs two SQL statements, each a transaction of its own: thousands go out in a
minute. The rest of it is written with the ORM.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from negotiations.desk_words import SubscriptionState
from negotiations.models import Attempt, Delivery, Notice, Subscription
from negotiations.network.retrying import retry_after
from negotiations.operations.schedule import PATIENCE, delay_after, rest_after
from negotiations.operations.sealing import unseal
from negotiations.sql import fetch

# A little longer than the longest post; it is renewed before each.
LEASE = timedelta(seconds=35)
LONGEST_ANSWER = 1000
GONE = 410

# The first delivery that is due and that no earlier one of its keys stands before. What comes in
# while this waits for the subscription is not in it; who ends the turn (`release`) looks again.
_BEGIN = """
WITH held AS (
    UPDATE negotiations_subscription SET leased_until = %(until)s
    WHERE id = %(subscription)s AND turn = %(turn)s AND leased_until IS NOT NULL
        AND state = 'active' AND (rests_until IS NULL OR rests_until <= %(now)s)
    RETURNING url, secret, CASE WHEN old_secret_until > %(now)s THEN old_secret ELSE '' END AS old
), one AS (
    SELECT id FROM negotiations_delivery ready
    WHERE subscription_id = %(subscription)s AND done_at IS NULL AND due_at <= %(now)s
        AND NOT EXISTS (
            SELECT 1 FROM negotiations_delivery before
            WHERE before.subscription_id = %(subscription)s AND before.done_at IS NULL
                AND before.id < ready.id AND before.keys && ready.keys)
        AND EXISTS (SELECT 1 FROM held)
    ORDER BY id LIMIT 1
), begun AS (
    UPDATE negotiations_delivery delivery
    SET attempts = attempts + 1, first_at = coalesce(first_at, %(now)s)
    FROM one WHERE delivery.id = one.id RETURNING delivery.id, delivery.event_id
), tried AS (
    INSERT INTO negotiations_attempt (delivery_id, at, refusal, answer)
    SELECT id, %(now)s, '', '' FROM begun RETURNING id
)
SELECT tried.id, begun.id, held.url, held.secret, held.old, event.message_id, event.body
FROM held, tried, begun JOIN negotiations_event event ON event.id = begun.event_id
"""
_ARRIVED = """
WITH held AS (
    UPDATE negotiations_subscription
    SET misses = 0, failing_since = NULL, rests_until = NULL, delivered_at = %(now)s
    WHERE id = %(subscription)s AND turn = %(turn)s AND leased_until IS NOT NULL RETURNING id
), tried AS (
    UPDATE negotiations_attempt
    SET latency_ms = %(latency_ms)s, status = %(status)s, answer = %(answer)s
    WHERE id = %(attempt)s AND EXISTS (SELECT 1 FROM held)
)
UPDATE negotiations_delivery SET lost = 0, done_at = %(now)s
WHERE id = %(delivery)s AND EXISTS (SELECT 1 FROM held) RETURNING id
"""


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


def begin(hold: Hold, *, now: datetime) -> Sending | None:
    """The next post of a turn, written down before it is made; None where the turn is over."""
    asked = {**_by(hold), "now": now, "until": now + LEASE}
    for attempt, delivery, url, secret, old, message_id, body in fetch(_BEGIN, asked):
        return Sending(
            hold=hold, attempt=attempt, delivery=delivery, url=url,
            secrets=(secret, old) if old else (secret,), message_id=message_id, body=bytes(body),
        )  # fmt: skip
    return None


def finish(sending: Sending, outcome: Outcome, *, now: datetime) -> bool:
    """Write down how a post ended, and what follows; False where the lease was lost meanwhile.

    One SQL statement where it went well.
    """
    if outcome.well:
        return bool(fetch(_ARRIVED, {**_told(sending, outcome), "now": now}))
    with transaction.atomic():
        row = held_by(sending.hold)
        if row is None:
            return False
        one = Delivery.objects.select_related("event").filter(pk=sending.delivery).first()
        if one is None:  # the webhook was closed meanwhile
            return False
        Attempt.objects.filter(pk=sending.attempt).update(
            latency_ms=outcome.latency_ms, status=outcome.status, refusal=outcome.refusal,
            answer=outcome.answer[:LONGEST_ANSWER],
        )  # fmt: skip
        _failed(row, one, outcome, now)
        one.lost = 0
        one.save(update_fields=["lost", "due_at", "done_at", "aside"])
        row.save(update_fields=["misses", "failing_since", "rests_until", "state", "reason"])
        return True


def _failed(row: Subscription, one: Delivery, outcome: Outcome, now: datetime) -> None:
    row.misses, row.failing_since = row.misses + 1, row.failing_since or now
    asked = retry_after(outcome.retry_after, now=now) or now
    seed = f"{row.pk} {one.event.message_id}"
    one.due_at = max(asked, now + delay_after(one.attempts, seed=seed))
    row.rests_until = max(asked, now + rest_after(row.misses))
    if outcome.status == GONE:
        _disable(row, "endpoint_gone", now)
    elif now - row.failing_since >= PATIENCE:
        _disable(row, "endpoint_failing", now)
    elif one.first_at is not None and now - one.first_at >= PATIENCE:
        one.done_at, one.aside = now, "event_given_up"


def _disable(row: Subscription, reason: str, now: datetime) -> None:
    row.state, row.reason = SubscriptionState.DISABLED.value, reason
    Notice.objects.create(subscription=row, reason=reason, made_at=now, due_at=now)


def held_by(hold: Hold) -> Subscription | None:
    """The subscription, locked; None where the lease was lost."""
    rows = Subscription.objects.select_for_update(no_key=True)
    mine = rows.filter(pk=hold.subscription, turn=hold.turn, leased_until__isnull=False)
    return mine.first()


def _by(hold: Hold) -> dict[str, int]:
    return {"subscription": hold.subscription, "turn": hold.turn}


def _told(sending: Sending, outcome: Outcome) -> dict[str, Any]:
    return {
        **_by(sending.hold), "attempt": sending.attempt, "delivery": sending.delivery,
        "latency_ms": outcome.latency_ms, "status": outcome.status,
        "answer": outcome.answer[:LONGEST_ANSWER],
    }  # fmt: skip
