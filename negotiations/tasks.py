"""Floor 4: what Celery runs; each task makes one call."""

from __future__ import annotations

import logging

from celery import shared_task

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
