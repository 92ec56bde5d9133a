"""A worker's part of a capture: take a job, fetch its page, take the text out, keep it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from negotiations.addresses import canonical, host_of
from negotiations.intake.extraction import Extracted, extract
from negotiations.network import allowed_pairs, fetch
from negotiations.operations.captures import Found, Job, claim, fail, finish
from negotiations.refusals import Refusal
from negotiations.stopwatch import clock_from


def capture_next(*, now: datetime) -> bool:
    """Work on the capture that is due longest; False where none is.

    No transaction is open while the page is fetched and read.
    """
    job = claim(now=now)
    if job is None:
        return False
    clock = clock_from(now)
    try:
        found = _capture(job, clock)
    except Refusal as refusal:
        fail(job, refusal, now=clock())
    else:
        finish(job, found)
    return True


def _capture(job: Job, clock: Callable[[], datetime]) -> Found:
    fetched = fetch(job.url, allow=allowed_pairs(settings.FETCH_ALLOW))
    captured_at = clock()
    # The day begins first at UTC+14.
    today = (captured_at.astimezone(UTC) + timedelta(hours=14)).date()
    read = extract(fetched, today=today)
    return Found(
        final_url=_address(fetched.final_url, read),
        captured_at=captured_at,
        text=read.text,
        title=read.title,
        publisher_name=read.publisher_name,
        published_on=read.published_on,
        language=read.language,
    )


def _address(final_url: str, read: Extracted) -> str:
    """The address that a page gives as its own, where that is a page of the same host."""
    try:
        own = canonical(urljoin(final_url, read.canonical))
        page = urlsplit(own)
    except ValueError:
        return final_url
    fits = page.scheme in {"http", "https"} and page.path not in {"", "/"}
    return own if read.canonical and fits and host_of(own) == host_of(final_url) else final_url
