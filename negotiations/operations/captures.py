"""Capturing a page: asking for it, working on it, keeping what was found.

It is work and no act on the record, so it leaves no entry in the ledger. A worker holds a job by a
lease. What comes from one whose lease was lost is dropped: its attempt is no longer the newest.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from negotiations.addresses import host_of, site_of
from negotiations.desk_words import CaptureState, Role
from negotiations.models import Capture, Source
from negotiations.operations.archives import Received, keep_archive, keep_received
from negotiations.operations.leases import LEASE, MOST_LOST, give_back, take
from negotiations.operations.lookups import find
from negotiations.operations.operation import Receipt
from negotiations.operations.pacing import asked_to_wait
from negotiations.operations.permissions import Actor, require
from negotiations.operations.sources import capture_source, read_address
from negotiations.refusals import Refusal

MOST_ATTEMPTS = 3
_AFTER = {1: timedelta(seconds=10), 2: timedelta(seconds=60)}
_PASSING = frozenset({"fetch_timed_out", "connection_failed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One attempt at one capture."""

    id: int
    url: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a worker found; all but text, address and instant may be "".

    `received` is the answer that all of it was taken from.
    """

    final_url: str
    captured_at: datetime
    text: str
    title: str = ""
    publisher_name: str = ""
    published_on: str = ""
    language: str = ""
    received: Received | None = None


def request_capture(*, by: Actor, now: datetime, url: str) -> int:
    """The id of the capture of this address that an officer asked for; wake a worker on commit.

    The same address asked for again while it is under way is the same capture. Raises Refusal
    `bad_url`, `not_allowed`.
    """
    address = read_address(url)
    require(by, Role.OFFICER)
    under_way = Capture.objects.filter(
        asked_by=by.officer, url=address, state__in=[CaptureState.WAITING, CaptureState.RUNNING]
    )
    with transaction.atomic():
        known = under_way.values_list("pk", flat=True).first()
        if known is not None:
            return known
        return Capture.objects.create(
            url=address, asked_by_id=by.officer, asked_at=now, due_at=now
        ).pk


def claim(*, now: datetime, lease: timedelta = LEASE) -> Job | None:
    """Take the job that is due longest, for the time of a lease; None where there is none.

    One whose worker let its lease run out is taken over, or given up after three of them.
    """
    row = take(
        Capture.objects.all(), now=now, lease=lease, taken={"state": CaptureState.RUNNING.value},
        lost={
            "state": CaptureState.FAILED.value, "refusal": "capture_given_up",
            "facts": {"attempts": MOST_LOST},
        },
    )  # fmt: skip
    return None if row is None else Job(id=row.pk, url=row.url, attempt=row.turn)


def finish(job: Job, found: Found) -> bool:
    """Keep what was found; False where the lease was lost and another worker has the job."""
    columns = {field.name: getattr(found, field.name) for field in fields(found)}
    received = columns.pop("received")
    with transaction.atomic():
        ended = _end(job, state=CaptureState.DONE, refusal="", facts={}, **columns)
        if ended and received is not None:
            keep_received(received, capture=job.id, captured_at=found.captured_at)
    return ended


def fail(job: Job, refusal: Refusal, *, now: datetime) -> bool:
    """Keep why it failed: for good, or until the next attempt where it may pass.

    False where the lease was lost.
    """
    told: dict[str, Any] = {"refusal": refusal.code, "facts": dict(refusal.facts)}
    if job.attempt < MOST_ATTEMPTS and _may_pass(refusal):
        asked = asked_to_wait(refusal, now=now)
        due_at = max(now + _AFTER[job.attempt], asked or now)
        return _end(job, state=CaptureState.WAITING, due_at=due_at, **told)
    return _end(job, state=CaptureState.FAILED, **told)


def keep_captured(
    *, by: Actor, now: datetime, capture: int, source: int, waiver: str = ""
) -> Receipt:
    """Make what a worker found the text of a source, word for word as it was fetched.

    The answer that it was taken from is kept beside it.

    Raises Refusal `not_captured` where nothing was found (yet), `no_such_row` also for another
    officer's capture, `other_address` for a source at another site, and what `capture_source`
    raises.
    """
    with transaction.atomic():
        row = find(Capture, capture, pk=capture, asked_by=by.officer)
        if row.state != CaptureState.DONE or row.captured_at is None:
            raise Refusal("not_captured", at="/capture")
        into = find(Source, source, pk=source)
        if site_of(into.url) not in {site_of(row.url), site_of(row.final_url or row.url)}:
            raise Refusal("other_address", at="/url", host=host_of(row.url))
        receipt = capture_source(
            by=by,
            now=now,
            source=source,
            text=row.text,
            captured_at=row.captured_at,
            capture="fetched",
            waiver=waiver,
        )
        keep_archive(capture=row.pk, snapshot=receipt.id)
        Capture.objects.filter(pk=row.pk).update(source=source)
    return receipt


def _may_pass(refusal: Refusal) -> bool:
    status = refusal.facts.get("status")
    return refusal.code in _PASSING or (
        isinstance(status, int) and (status >= 500 or status == 429)
    )


def _end(job: Job, *, state: CaptureState, due_at: datetime | None = None, **columns: Any) -> bool:
    """Write the end of an attempt, unless another one has begun since."""
    mine = Capture(pk=job.id, turn=job.attempt)
    return give_back(mine, due_at=due_at, state=state.value, **columns)
