"""Telling what happened: events made of the ledger's acts, for those who want them.

The ledger is the outbox: an act becomes an event, and a delivery for each subscription that wants
it, in one transaction that also moves the mark.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db.models.functions import Coalesce, Greatest, Least

from negotiations.desk_words import SubscriptionState
from negotiations.event_types import type_of
from negotiations.models import Delivery, Event, LedgerEntry, Subscription
from negotiations.operations.following import reading_on
from negotiations.operations.ledger import instant

READER = "webhooks"

Render = Callable[[Sequence[int], datetime], Mapping[int, bytes]]


def fan_out(*, now: datetime, render: Render, limit: int = 100) -> int:
    """Make events and deliveries of the public acts that are new; how many acts were read.

    `render` tells acts, by their numbers, as the API does. All or nothing of it is done.
    """
    with reading_on(READER, limit=limit) as step:
        # Locked: one that is closed meanwhile is to leave nothing behind that waits for it.
        rows = Subscription.objects.select_for_update(of=("self",)).order_by("pk")
        wanting = list(rows.exclude(state=SubscriptionState.CLOSED)) if step.acts else []
        wanted = {act.number: [one for one in wanting if wants(one, act)] for act in step.acts}
        acts = [act for act in step.acts if wanted[act.number]]
        if acts:
            _enter(acts, wanted, render([act.number for act in acts], now), now)
        return len(step.acts)


def wants(row: Subscription, act: LedgerEntry) -> bool:
    """Whether a subscription is to be told of an act."""
    return (
        act.number > row.after
        and (row.negotiation_id is None or row.negotiation_id in act.negotiation_ids)
        and (row.track_id is None or row.track_id in act.track_ids)
        and (not row.types or type_of(act.noun, act.verb) in row.types)
    )


def _enter(
    acts: Sequence[LedgerEntry],
    wanted: Mapping[int, Sequence[Subscription]],
    told: Mapping[int, bytes],
    now: datetime,
) -> None:
    events = Event.objects.bulk_create([_event(act, told[act.number]) for act in acts])
    Delivery.objects.bulk_create(
        Delivery(subscription=row, event=event, keys=_keys(act), due_at=now)
        for act, event in zip(acts, events, strict=True)
        for row in wanted[act.number]
    )
    # Last, for a sender that ends its turn meanwhile either sees these rows or is seen here.
    due = Greatest(Least(Coalesce("due_at", now), now), Coalesce("rests_until", now))
    named = {row.pk for rows in wanted.values() for row in rows}
    Subscription.objects.filter(pk__in=named, aside="").update(due_at=due)


def _event(act: LedgerEntry, data: bytes) -> Event:
    type = type_of(act.noun, act.verb)
    head = f'{{"type":"{type}","timestamp":"{instant(act.at)}","data":'
    return Event(
        message_id=f"msg_{act.number}_{act.hash[:16]}", number=act.number, type=type, at=act.at,
        body=head.encode() + data + b"}",
    )  # fmt: skip


def _keys(act: LedgerEntry) -> list[int]:
    return act.track_ids or [-pk for pk in act.negotiation_ids] or [0]
