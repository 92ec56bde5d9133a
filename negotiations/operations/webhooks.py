"""Webhooks: who is told of what, set up by admins. Configuration, so it leaves no ledger entry."""

from __future__ import annotations

import base64
import secrets
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import orjson
from django.db import transaction
from django.db.models import Q, QuerySet

from negotiations.address_space import is_public
from negotiations.desk_words import Role, SubscriptionState
from negotiations.event_types import EVENT_TYPES, TEST
from negotiations.models import Delivery, Event, LedgerEntry, Negotiation, Subscription, Track
from negotiations.network import Pairs
from negotiations.operations import lookups
from negotiations.operations.events import READER
from negotiations.operations.following import begin_reading
from negotiations.operations.ledger import instant
from negotiations.operations.permissions import Actor, require
from negotiations.operations.sealing import seal
from negotiations.operations.sources import read_address
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal

# So long the secret before signs along with a new one.
OVERLAP = timedelta(hours=24)
LONGEST_NAME = 80
LONGEST_URL = 2000


def new_secret() -> str:
    """A secret as the specification wants it: `whsec_` and 32 random bytes in base64."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def subscribe(
    *,
    by: Actor,
    now: datetime,
    name: str,
    url: str,
    secret: str,
    scope: str = "",
    types: Sequence[str] = (),
    allow: Pairs = frozenset(),
) -> int:
    """The id of a new subscription, told of the acts to come.

    `scope` is a negotiation, a `negotiation/track`, or "" for all acts, which takes a superuser.
    No `types` are all. `allow` as for `network.post`. Raises Refusal `missing_text`, `too_long`,
    `bad_url`, `unknown_word`, `no_such_row`, `not_allowed`.
    """
    named = clean(name, at="/name")
    if not named:
        raise Refusal("missing_text", at="/name", name="name")
    if len(named) > LONGEST_NAME:
        raise Refusal("too_long", at="/name", name="name", most=LONGEST_NAME)
    negotiation, track = _scope(scope)
    _rule(by, negotiation)
    with transaction.atomic():
        begin_reading(READER)
        newest = LedgerEntry.objects.order_by("-number").values_list("number", flat=True).first()
        return Subscription.objects.create(
            name=named, url=_endpoint(url, allow), negotiation=negotiation, track=track,
            types=_types(types), secret=seal(secret), owner_id=by.officer, made_at=now,
            after=newest or 0,
        ).pk  # fmt: skip


def pause_webhook(*, by: Actor, subscription: int) -> None:
    """Send nothing more for now; what happens meanwhile waits. Refusal `subscription_over`."""
    with _open(by, subscription) as row:
        row.state = SubscriptionState.PAUSED.value


def resume_webhook(*, by: Actor, now: datetime, subscription: int) -> None:
    """Send again, all that waits at once, whatever failed before. Refusal `subscription_over`."""
    with _open(by, subscription) as row:
        row.state, row.reason, row.aside, row.lost = SubscriptionState.ACTIVE.value, "", "", 0
        row.misses, row.failing_since = 0, None
        waiting = row.deliveries.filter(done_at__isnull=True)
        waiting.update(due_at=now, attempts=0, first_at=None)
        _due(row, now)


def rotate_secret(*, by: Actor, now: datetime, subscription: int, secret: str) -> None:
    """Sign with another secret; the one before signs along for a day. `subscription_over`."""
    with _open(by, subscription) as row:
        row.old_secret, row.old_secret_until = row.secret, now + OVERLAP
        row.secret = seal(secret)


def close_webhook(*, by: Actor, subscription: int) -> None:
    """End it for good: its secrets and all that waits are dropped. `subscription_over`."""
    with _open(by, subscription) as row:
        row.state, row.secret, row.old_secret = SubscriptionState.CLOSED.value, "", ""
        row.due_at = None
        row.deliveries.filter(done_at__isnull=True).delete()


def send_test(*, by: Actor, now: datetime, subscription: int) -> str:
    """The `webhook-id` of a test event that is on its way.

    Refusal `subscription_over`; `subscription_paused` where nothing is sent until it is resumed.
    """
    with _open(by, subscription) as row:
        if row.state != SubscriptionState.ACTIVE:
            raise Refusal("subscription_paused")
        told = {"type": TEST, "timestamp": instant(now), "data": {"subscription": str(row.pk)}}
        event = Event.objects.create(
            message_id=f"msg_test_{uuid.uuid4().hex}", type=TEST, at=now, body=orjson.dumps(told)
        )
        Delivery.objects.create(subscription=row, event=event, keys=[], due_at=now)
        _due(row, now)
        return event.message_id


def replay(
    *,
    by: Actor,
    now: datetime,
    subscription: int,
    message_id: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> int:
    """Send again, under the same `webhook-id`: one event, or those of a time; how many they are.

    `since` and `until` (exclusive) bound the instants of the acts. Raises Refusal
    `subscription_over`, `nothing_to_replay`.
    """
    with _open(by, subscription) as row:
        again = _asked(row.deliveries.all(), message_id.strip(), since, until)
        found = again.update(
            due_at=now, attempts=0, lost=0, first_at=None, done_at=None, aside=""
        )  # fmt: skip
        if not found:
            raise Refusal("nothing_to_replay", at="/message_id" if message_id else "/since")
        _due(row, now)
        return found


def _asked(
    rows: QuerySet[Delivery], message_id: str, since: datetime | None, until: datetime | None
) -> QuerySet[Delivery]:
    if message_id:
        # No id has NUL in it, nor has the database.
        return rows.filter(event__message_id=message_id.replace("\0", " "))
    if since is None or (until is not None and until <= since):
        return rows.none()
    window = Q(event__at__gte=since)
    return rows.filter(window if until is None else window & Q(event__at__lt=until))


@contextmanager
def _open(by: Actor, subscription: int) -> Iterator[Subscription]:
    """A subscription that is not closed, locked, for who may rule it; it is saved in the end."""
    with transaction.atomic():
        rows = Subscription.objects.select_for_update(no_key=True)
        row = lookups.find(rows, subscription, pk=subscription)
        _rule(by, row.negotiation)
        if row.state == SubscriptionState.CLOSED:
            raise Refusal("subscription_over", at="/subscription")
        yield row
        row.save()


def _due(row: Subscription, now: datetime) -> None:
    """Its queue is looked at now, whatever failed; the end of a turn that runs looks at it, too."""
    row.rests_until = None
    if not row.aside:
        row.due_at = now


def _rule(by: Actor, negotiation: Negotiation | None) -> None:
    allowed = require(by, Role.ADMIN)
    if negotiation is not None:
        allowed.within([negotiation.pk])
    elif allowed.roles is not None:
        raise Refusal("not_allowed", role=Role.ADMIN.value)


def _scope(scope: str) -> tuple[Negotiation | None, Track | None]:
    if not scope:
        return None, None
    if "/" not in scope:
        return lookups.negotiation(scope), None
    track = lookups.track(scope)
    return track.negotiation, track


def _types(types: Sequence[str]) -> list[str]:
    for one in types:
        if one not in EVENT_TYPES:
            raise Refusal("unknown_word", at="/types", word=one[:60], vocabulary="event_type")
    return sorted(set(types))


def _endpoint(url: str, allow: Pairs) -> str:
    """The address of an endpoint that the fetcher may reach, as far as that is seen without asking.

    Names are resolved and checked anew at every post.
    """
    address = read_address(url)
    parts = urlsplit(address)
    host, scheme = (parts.hostname or "").lower(), parts.scheme
    port = parts.port or (443 if scheme == "https" else 80)
    public = port in {80, 443} and not _private(host)
    if len(address) > LONGEST_URL or not (public or (host, port) in allow):
        raise Refusal("bad_url", at="/url", url=url[:200])
    return address


def _private(host: str) -> bool:
    numeric = ":" in host or host.replace(".", "").isdigit()
    return (numeric and not is_public(host)) or host == "localhost" or host.endswith(".localhost")
