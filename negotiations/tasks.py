"""Floor 4: what Celery runs; each task makes one call."""

from __future__ import annotations

import logging

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from negotiations.api.nightly_writing import start_writing
from negotiations.api.outgoing import told_acts
from negotiations.api.pieces import make_pieces
from negotiations.desk_words import Part
from negotiations.dispatch import mailing
from negotiations.dispatch.notices import send_next_notice
from negotiations.dispatch.webhooks import deliver_next, tell_acts
from negotiations.intake.capture import capture_next
from negotiations.intake.keeping import keep_next
from negotiations.intake.polling import poll_next
from negotiations.operations.answers import forget_answers
from negotiations.operations.archives import forget_received
from negotiations.operations.deliveries import forget_deliveries
from negotiations.operations.heartbeats import BEAT, forget_silent, note_life
from negotiations.operations.jobs import forget_runs, is_wanted, progress
from negotiations.operations.mail_subscriptions import forget_unconfirmed
from negotiations.operations.mailing import forget_letters
from negotiations.operations.nights import arrange_night
from negotiations.operations.rehashing import rehash_kept
from negotiations.operations.releases import release_due
from negotiations.operations.reports import forget_report_texts
from negotiations.operations.subtrees import keep_subtrees
from negotiations.operations.verifying import verify_ledger
from negotiations.queries.ledger import newest_number

log = logging.getLogger(__name__)


# Work of minutes is acknowledged when it begins: what is held for longer than a minute is handed
# out again (`visibility_timeout`), without end. It is asked for every hour, until it was done.
@shared_task(name="negotiations.check_ledger", acks_late=False)
def check_ledger() -> None:
    """Recompute the ledger once a night; a fault is an error in the log."""
    if not is_wanted("check_ledger", now=timezone.now()):
        return
    with progress("check_ledger", clock=timezone.now, total=newest_number()) as told:
        checked, fault = verify_ledger(told=told)
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


@shared_task(name="negotiations.keep", acks_late=True)
def keep() -> None:
    """Look at one page again, and ask for the next whose host may be asked."""
    if keep_next(now=timezone.now()):
        keep.apply_async(expires=30)


@shared_task(name="negotiations.keep_night", acks_late=True)
def keep_night() -> None:
    """Arrange the looks of this night."""
    log.info("evidence: %s pages to be looked at", arrange_night(now=timezone.now()))


@shared_task(name="negotiations.rehash", acks_late=False)
def rehash() -> None:
    """Hash all that is kept anew, once a night; what is damaged is an error in the log."""
    if not is_wanted("rehash", now=timezone.now()):
        return
    with progress("rehash", clock=timezone.now) as told:
        found = rehash_kept(now=timezone.now(), told=told)
    for part, snapshot in found.damaged:
        log.error("the %s kept of snapshot %s is damaged", part, snapshot)
    log.info("evidence: %s kept copies hashed anew", found.checked)


@shared_task(name="negotiations.follow", acks_late=True)
def follow() -> None:
    """Bring pieces and subtrees one step nearer to the ledger, and ask for the next step."""
    if make_pieces() | keep_subtrees():
        follow.delay()


@shared_task(name="negotiations.write_letters", acks_late=True)
def write_letters() -> None:
    """Make rows of the letters that are due, step by step; then they are sent."""
    more = mailing.write_letters(now=timezone.now())
    (write_letters if more else send_letters).delay()


@shared_task(name="negotiations.send_letters", acks_late=True)
def send_letters() -> None:
    """Send one letter, and ask for the next: other work gets its turn between two letters."""
    if mailing.send_next(now=timezone.now()):
        send_letters.delay()


@shared_task(name="negotiations.sweep", acks_late=True)
def sweep() -> None:
    """Start what no message started: releases that are due, captures, new pieces."""
    try:
        note_life(name=BEAT, kind=Part.BEAT, now=timezone.now())
        release_due(now=timezone.now())
    finally:
        capture.delay()
        follow.delay()


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
        notify.apply_async(expires=30)


@shared_task(name="negotiations.export", acks_late=True)
def export() -> None:
    """Write the nightly files, beside this process: releases and captures do not wait for them."""
    start_writing()


@shared_task(name="negotiations.tidy", acks_late=True)
def tidy() -> None:
    """Drop what nobody asks for again: answers, deliveries, letters, captures, signs, sessions."""
    now = timezone.now()
    forget_answers(now=now)
    forget_deliveries(now=now)
    forget_unconfirmed(now=now)
    forget_letters(now=now)
    forget_received(now=now)
    forget_silent(now=now)
    forget_runs(now=now)
    forget_report_texts(now=now)
    SessionStore.clear_expired()
