"""A worker's part of the nightly look: take the page that is due, fetch it, compare, note it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import takewhile

from django.conf import settings

from negotiations.intake.capture import latest_day, own_address
from negotiations.intake.extraction import extract
from negotiations.network import Fetched, allowed_pairs, fetch
from negotiations.operations.judging import GONE, Finding, Live, judge
from negotiations.operations.keeping import Look, failed, looked, next_look
from negotiations.refusals import Refusal
from negotiations.stopwatch import clock_from

PURPOSE = "nightly check of cited pages"
# With reading and comparing it stays below the time of a lease.
SECONDS = 20.0
_FOR_GOOD = frozenset({301, 308})
_NO_SUCH_PAGE = frozenset({404, 410})


def keep_next(*, now: datetime) -> bool:
    """Look at the page that is due longest, of those whose host may be asked; False where none is.

    No transaction is open while it is fetched and compared.
    """
    look = next_look(now=now)
    if look is None:
        return False
    clock = clock_from(now)
    try:
        finding = _find(look, clock)
    except Refusal as refusal:
        failed(look, refusal, now=clock())
    else:
        looked(look, finding, now=clock())
    return True


def _find(look: Look, clock: Callable[[], datetime]) -> Finding:
    try:
        fetched = fetch(
            look.url, allow=allowed_pairs(settings.FETCH_ALLOW), seconds=SECONDS, purpose=PURPOSE
        )
    except Refusal as refusal:
        if refusal.facts.get("status") in _NO_SUCH_PAGE:
            return GONE
        raise
    return judge(_live(look, fetched, clock()), look.quoted, known=look.known)


def _live(look: Look, fetched: Fetched, now: datetime) -> Live:
    read = extract(fetched, today=latest_day(now), whole=True)
    address = _settled(look.url, fetched)
    if look.archived and address == fetched.final_url:
        # What the page said of itself when it was captured is known, so it can be compared.
        address = own_address(address, read)
    return Live(final_url=fetched.final_url, address=address, text=read.text, whole=read.whole)


def _settled(url: str, fetched: Fetched) -> str:
    """The address as far as it was sent on for good; a detour of today is none."""
    if not fetched.hops:
        return fetched.final_url
    lasting = [hop.url for hop in takewhile(lambda hop: hop.status in _FOR_GOOD, fetched.hops)]
    return lasting[-1] if lasting else url
