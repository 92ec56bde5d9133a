"""Floor 4: what Celery runs; each task makes one call."""

from __future__ import annotations

import logging

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from negotiations.api.nightly_writing import start_writing
from negotiations.api.outgoing import told_acts
from negotiations.api.pieces import make_pieces
from negotiations.dispatch.notices import send_next_notice
from negotiations.dispatch.webhooks import deliver_next, tell_acts
from negotiations.intake.capture import capture_next
from negotiations.intake.polling import poll_next
from negotiations.operations.answers import forget_answers
from negotiations.operations.deliveries import forget_deliveries
from negotiations.operations.releases import release_due
from negotiations.operations.verifying import verify_ledger

log = logging.getLogger(__name__)


@shared_task(name="negotiations.check_ledger", acks_late=True)
def check_ledger() -> None:
    """Recompute the ledger once a night; a fault is an error in the log."""
    checked, fault = verify_ledger()
    if fault is not None:
        log.error("ledger entry %s: %s", fault.number, fault.why)
    else:
        log.info("ledger: %s entries checked", checked)


@shared_task(name="negotiations.capture", acks_late=True)
def capture() -> None:
    """Capture one page, and ask for the next: other work gets its turn between two pages."""
    if capture_next(now=timezone.now()):
        capture.delay()


@shared_task(name="negotiations.poll", acks_late=True)
def poll() -> None:
    """Poll one feed, and ask for the next; of what waits too long the sweep sends a new one."""
    if poll_next(now=timezone.now()):
        poll.apply_async(expires=30)


@shared_task(name="negotiations.follow", acks_late=True)
def follow() -> None:
    """Bring the pieces one step nearer to the ledger, and ask for the next step."""
    if make_pieces():
        follow.delay()


@shared_task(name="negotiations.sweep", acks_late=True)
def sweep() -> None:
    """Start what no message started: releases that are due, captures, feeds, new pieces."""
    try:
        release_due(now=timezone.now())
    finally:
        capture.delay()
        follow.delay()
        poll.apply_async(expires=30)
        notify.delay()


@shared_task(name="negotiations.tell", acks_late=True)
def tell(*, sweep: bool = False) -> None:
    """Make webhooks of new acts, and ask for as many senders as there are queues that wait."""
    for _ in range(tell_acts(now=timezone.now(), render=told_acts, sweep=sweep)):
        deliver.apply_async(expires=30)


@shared_task(name="negotiations.deliver", acks_late=True)
def deliver() -> None:
    """Send to one endpoint for a while, and ask for another turn where more waits."""
    if deliver_next(now=timezone.now()):
        deliver.apply_async(expires=30)


@shared_task(name="negotiations.notify", acks_late=True)
def notify() -> None:
    """Mail who must know that a webhook is disabled, and ask for the next one."""
    if send_next_notice(now=timezone.now()):
        notify.delay()


@shared_task(name="negotiations.export", acks_late=True)
def export() -> None:
    """Write the nightly files, beside this process: releases and captures do not wait for them."""
    start_writing()


@shared_task(name="negotiations.tidy", acks_late=True)
def tidy() -> None:
    """Drop what nobody asks for again: answers kept for copies, old deliveries, ended sessions."""
    forget_answers(now=timezone.now())
    forget_deliveries(now=timezone.now())
    SessionStore.clear_expired()
