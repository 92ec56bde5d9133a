"""How often somebody may ask: the limits of the settings RATE_…, and what it is told.

The headers are those of draft-ietf-httpapi-ratelimit-headers-10: the policy that counts, and what
remains of it (`r`) until the next window begins (`t`, in seconds).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from django.conf import settings
from django.http import HttpRequest

from negotiations.rates import Allowance, Leases, Policy, SharedCounter
from negotiations.refusals import Refusal
from negotiations.visitors import address_of

# Who cannot be told apart is counted together.
_UNKNOWN = "unknown"
Told = tuple[Mapping[str, str], Refusal | None]


def count(request: HttpRequest, *, officer: int | None, now: datetime) -> Told:
    """Count one request at `now`: of the account that a token speaks for, else of an address.

    The headers to answer with (none while nobody counts), and `too_many_requests` where the
    allowance is used up.
    """
    policy = settings.RATE_ANONYMOUS if officer is None else settings.RATE_TOKEN
    if policy is None:
        return {}, None
    who = (address_of(request) or _UNKNOWN) if officer is None else str(officer)
    spent = _leases(settings.RATE_STORE).spend(policy, who, now=now.timestamp())
    if spent is None:
        return {}, None
    refusal = None if spent.granted else Refusal("too_many_requests", seconds=spent.reset)
    return headers_of(spent), refusal


def count_subscription(request: HttpRequest, *, now: datetime) -> None:
    """Count one request for letters from an address; Refusal `too_many_requests`."""
    _count_form(request, settings.RATE_SUBSCRIPTIONS, now=now)


def count_report(request: HttpRequest, *, now: datetime) -> None:
    """Count one report of an error from an address; Refusal `too_many_requests`."""
    _count_form(request, settings.RATE_REPORTS, now=now)


def _count_form(request: HttpRequest, policy: Policy | None, *, now: datetime) -> None:
    if policy is None:
        return
    who = address_of(request) or _UNKNOWN
    spent = _leases(settings.RATE_STORE).spend(policy, who, now=now.timestamp())
    if spent is not None and not spent.granted:
        raise Refusal("too_many_requests", seconds=spent.reset)


def headers_of(spent: Allowance) -> Mapping[str, str]:
    """RateLimit-Policy and RateLimit, as structured fields (RFC 9651)."""
    policy = spent.policy
    return {
        "RateLimit-Policy": f'"{policy.name}";q={policy.quota};w={policy.seconds}',
        "RateLimit": f'"{policy.name}";r={spent.remaining};t={spent.reset}',
    }


@cache
def _leases(store: str) -> Leases:
    """One for this process; `store` is where all count together, "" where each does alone."""
    return Leases(SharedCounter(store) if store else None)
