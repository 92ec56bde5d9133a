"""Has anything changed since? Answered from the ledger's newest number, before the real work."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import parse_etags

from negotiations.lifetimes import FIXED, PRIVATE, is_fixed, lifetime
from negotiations.queries.clocks import Clocks, worded
from negotiations.queries.ledger import Latest

# Who asks with a token is told the newest, and whose token is not valid is refused.
VARY = "Authorization"


def cache_control(
    *, clocks: Clocks | None, values: Mapping[str, Any], now: datetime, known: bool
) -> str:
    """How long the answer may be kept; `clocks` are None where the route takes none.

    What was asked with a token (`known`) is nobody else's business.
    """
    if known:
        return PRIVATE
    on, known_by, as_of = (values.get(name) is not None for name in ("on", "known_by", "as_of"))
    given = clocks.as_of if clocks is not None and as_of else None
    if is_fixed(on=on, known_by=known_by, as_of=given, now=now):
        return FIXED
    return lifetime(now=now, zone=settings.DESK_ZONE)


def etag(
    *,
    path: str,
    values: Mapping[str, Any],
    clocks: Clocks | None,
    latest: Latest,
    representation: str,
) -> str:
    """The weak entity tag of an answer.

    Weak, because an answer tells the instant it was given for. Clocks that were left out count as
    the day they stand for; a default `as_of` means everything up to the newest number. Its hash
    tells this ledger from one that was restored and went on otherwise. `values` are those of the
    query, in one order however they were written.
    """
    days = _days(clocks) if clocks else ()
    key = (path, sorted(values.items()), days, latest.number, latest.hash, representation)
    return f'W/"{latest.number}-{hashlib.sha256(repr(key).encode()).hexdigest()[:20]}"'


def _days(clocks: Clocks) -> tuple[date, ...]:
    """The days that clocks stand for; what is stamped on paper turns with that of the desk."""
    told = worded(clocks, asked=False, zone=settings.DESK_ZONE)
    return clocks.on, clocks.known_by, told.known_by


def is_fresh(request: HttpRequest, tag: str) -> bool:
    """Whether If-None-Match holds this tag, by weak comparison."""
    held = parse_etags(request.headers.get("If-None-Match", ""))
    return tag.removeprefix("W/") in {one.removeprefix("W/") for one in held}


def is_any(request: HttpRequest) -> bool:
    """Whether If-None-Match is `*`: whatever there is will do, but it must be there."""
    return request.headers.get("If-None-Match", "").strip() == "*"
