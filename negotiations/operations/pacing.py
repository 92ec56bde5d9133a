"""How long until a feed is asked again: pure reckoning, no rows and no clock.

    something new           after `every_minutes`
    nothing new (or 304)    twice as long each time, up to an hour
    a failure               `every_minutes`, twice as long each time, up to a day
    429 or 503              not before the host's Retry-After, up to a day

Up to a tenth is added, always the same for the same feed, so that many do not come at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from negotiations.network.retrying import retry_after
from negotiations.refusals import Refusal

LONGEST, LONGEST_AFTER_FAILURE = timedelta(hours=1), timedelta(days=1)
_BUSY = frozenset({429, 503})
# 2^20 times five minutes is ten years.
_MOST_DOUBLINGS = 20


def after_success(*, every: timedelta, quiet: int, feed: int) -> timedelta:
    """Until the next poll, when so many in a row have found nothing new."""
    return _spread(_doubled(every, quiet, most=max(every, LONGEST)), feed)


def after_failure(*, every: timedelta, failures: int, feed: int) -> timedelta:
    """Until the next poll, when so many in a row have failed (one at least)."""
    return _spread(_doubled(every, failures - 1, most=LONGEST_AFTER_FAILURE), feed)


def asked_to_wait(refusal: Refusal, *, now: datetime) -> datetime | None:
    """Until when a busy host wants to be left alone, a day at most; None where it does not say."""
    if refusal.facts.get("status") not in _BUSY:
        return None
    return retry_after(str(refusal.facts.get("retry_after", "")), now=now)


def _doubled(every: timedelta, times: int, *, most: timedelta) -> timedelta:
    return min(every * 2 ** min(times, _MOST_DOUBLINGS), most)


def _spread(wait: timedelta, feed: int) -> timedelta:
    # Neighbouring ids fall far apart (Knuth's multiplicative hash).
    return wait + wait * ((feed * 2654435761) % 1000) / 10_000
