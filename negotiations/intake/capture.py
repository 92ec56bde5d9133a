"""A worker's part of a capture: take a job, fetch its page, take the text out, keep it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from negotiations.addresses import canonical, host_of
from negotiations.intake.cleaned import cleaned_html
from negotiations.intake.extraction import Extracted, extract
from negotiations.intake.warc import warc_of
from negotiations.network import Fetched, allowed_pairs, fetch
from negotiations.operations.archives import Received
from negotiations.operations.captures import Found, Job, claim, fail, finish
from negotiations.operations.texts import mended
from negotiations.refusals import Refusal
from negotiations.stopwatch import clock_from

# With fetching and reading it stays below the time of a lease.
_CLEANING = 10.0


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
    read = extract(fetched, today=latest_day(captured_at))
    return Found(
        final_url=own_address(fetched.final_url, read),
        captured_at=captured_at,
        text=read.text,
        title=read.title,
        publisher_name=read.publisher_name,
        published_on=read.published_on,
        language=read.language,
        received=_received(fetched, captured_at),
    )


def _received(fetched: Fetched, captured_at: datetime) -> Received:
    return Received(
        warc=warc_of(fetched, at=captured_at), html=_cleaned(fetched), final_url=fetched.final_url
    )


def _cleaned(fetched: Fetched) -> str:
    """The page without all that acts; "" where it is none, or too knotty: its text was read."""
    if fetched.content_type == "text/plain":
        return ""
    base, charset = fetched.final_url, fetched.charset
    try:
        return mended(cleaned_html(fetched.body, base_url=base, charset=charset, seconds=_CLEANING))
    except Refusal:
        return ""


def latest_day(moment: datetime) -> date:
    """The latest day that a page can be of: the day begins first at UTC+14."""
    return (moment.astimezone(UTC) + timedelta(hours=14)).date()


def own_address(final_url: str, read: Extracted) -> str:
    """The address that a page gives as its own, where that is a page of the same host."""
    try:
        own = canonical(urljoin(final_url, read.canonical))
        page = urlsplit(own)
    except ValueError:
        return final_url
    fits = page.scheme in {"http", "https"} and page.path not in {"", "/"}
    return own if read.canonical and fits and host_of(own) == host_of(final_url) else final_url
