"""Webhooks: those that a seat rules, and how their deliveries went."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from negotiations.desk_words import Role, SubscriptionState
from negotiations.models import Attempt, Delivery, Subscription
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.webhooks import AttemptRecord, WebhookRecord
from negotiations.refusals import Refusal


def webhooks(seat: Seat) -> tuple[WebhookRecord, ...]:
    """Those of the negotiations where this seat is an admin's, closed ones last. One SQL query."""
    rows = sorted(_ruled(seat), key=lambda row: (row.state == SubscriptionState.CLOSED, row.name))
    return tuple(_told(row) for row in rows)


def webhook(id: int, *, seat: Seat) -> WebhookRecord:
    """One of them; one SQL query, refuses `not_found`."""
    row = _ruled(seat).filter(pk=id).first() if 0 < id < 2**63 else None
    if row is None:
        raise Refusal("not_found")
    return _told(row)


def attempts(id: int, *, limit: int = 50) -> tuple[AttemptRecord, ...]:
    """The newest posts of a webhook; one SQL query."""
    rows = Attempt.objects.filter(delivery__subscription=id).order_by("-pk")
    return tuple(
        AttemptRecord(
            at=row.at,
            message_id=row.delivery.event.message_id,
            type=row.delivery.event.type,
            status=row.status,
            refusal=row.refusal,
            latency_ms=row.latency_ms,
            answer=row.answer,
            aside=row.delivery.aside,
        )
        for row in rows.select_related("delivery__event").defer("delivery__event__body")[:limit]
    )


def _ruled(seat: Seat) -> QuerySet[Subscription]:
    rows = Subscription.objects.select_related("negotiation", "track", "owner").annotate(
        waiting=_counted(done_at__isnull=True), given_up=_counted(aside__gt="")
    )
    if seat.superuser:
        return rows
    return rows.filter(negotiation__slug__in=seat.where(Role.ADMIN))


def _counted(**which: object) -> Coalesce:
    rows = Delivery.objects.filter(subscription=OuterRef("pk"), **which).order_by()
    counted = rows.values("subscription").annotate(found=Count("*")).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _told(row: Subscription) -> WebhookRecord:
    counts: dict[str, int] = row.__dict__
    return WebhookRecord(
        id=row.pk,
        name=row.name,
        url=row.url,
        scope_en=_scope(row, "en"),
        scope_ko=_scope(row, "ko"),
        types=tuple(row.types),
        state=row.state,
        reason=row.reason or row.aside,
        owner=row.owner.first_name or row.owner.username,
        made_at=row.made_at,
        delivered_at=row.delivered_at,
        failing_since=row.failing_since,
        due_at=row.due_at,
        old_secret_until=row.old_secret_until,
        waiting=counts["waiting"],
        given_up=counts["given_up"],
    )


def _scope(row: Subscription, language: str) -> str:
    parts = (row.negotiation, row.track)
    return " / ".join(getattr(one, f"title_{language}") for one in parts if one is not None)
