"""A worker's part of webhooks: take a subscription, send what is due, write down how it went.

No transaction is open while something is sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from standardwebhooks import Webhook

from negotiations.network import Posted, allowed_pairs, post
from negotiations.operations.deliveries import due_now, hold_next, release
from negotiations.operations.events import Render, fan_out
from negotiations.operations.posting import Outcome, Sending, begin, finish
from negotiations.operations.texts import mended
from negotiations.refusals import Refusal
from negotiations.stopwatch import clock_from

# So long one subscription is sent to before others that wait get the sender.
TURN = timedelta(seconds=20)
SECONDS = 30.0
# Of so many bytes of an answer the beginning is kept.
_SHOWN = 4000


def tell_acts(*, now: datetime, render: Render, sweep: bool = False, most: int = 16) -> int:
    """Make deliveries of all acts that are new; how many senders are to be asked for.

    They are those that have work now, `most` at most. Where nothing was new others have asked for
    them, but on a `sweep`, which looks for what is due again or was forgotten.
    """
    read = 0
    while acts := fan_out(now=now, render=render):
        read += acts
    return min(due_now(now=now), most) if read or sweep else 0


def deliver_next(*, now: datetime, seconds: float = SECONDS) -> bool:
    """Send to the subscription that waits longest; whether it has more to send at once."""
    hold = hold_next(now=now)
    if hold is None:
        return False
    clock = clock_from(now)
    while clock() - now < TURN:
        sending = begin(hold, now=clock())
        if sending is None:
            break
        outcome = _post(sending, clock, seconds)
        if not finish(sending, outcome, now=clock()):
            return False
    return release(hold, now=clock())


def headers_of(sending: Sending, *, now: datetime) -> dict[str, str]:
    """The headers of a post, signed with each secret; Refusal `secret_unreadable`."""
    moment = now.astimezone(UTC)
    text = sending.body.decode()
    signed = [Webhook(secret).sign(sending.message_id, moment, text) for secret in sending.opened()]
    return {
        "Content-Type": "application/json",
        "webhook-id": sending.message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signed),
    }


def _post(sending: Sending, clock: Callable[[], datetime], seconds: float) -> Outcome:
    began = time.monotonic()
    try:
        answer = post(
            sending.url,
            body=sending.body,
            headers=headers_of(sending, now=clock()),
            allow=allowed_pairs(settings.FETCH_ALLOW),
            seconds=seconds,
        )
    except Refusal as refusal:
        return Outcome(latency_ms=_since(began), refusal=refusal.code)
    return Outcome(
        latency_ms=_since(began),
        status=answer.status,
        answer=_shown(answer),
        retry_after=answer.header("Retry-After"),
    )


def _shown(answer: Posted) -> str:
    return mended(answer.body[:_SHOWN].decode(errors="replace"))


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
