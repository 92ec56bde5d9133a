"""A worker says every 15 s that it is at work.

From the loop in which it also listens to the broker: one that has lost the broker, or hangs, is not
heard of.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any

from celery import bootsteps
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

OFTEN = 15.0
log = logging.getLogger(__name__)


class SignOfLife(bootsteps.StartStopStep):
    """Begins and ends with the worker."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        # Two workers on one machine may go by one name.
        self._name = f"{worker.hostname}:{os.getpid()}"
        self._entry: Any = None

    def start(self, worker: Any) -> None:
        """Say it now, and from time to time."""
        self.tell()
        self._entry = worker.timer.call_repeatedly(OFTEN, self.tell, priority=10)

    def stop(self, worker: Any) -> None:  # noqa: ARG002 (Celery's signature)
        """Say that it ends."""
        from negotiations.operations.heartbeats import note_end

        if self._entry is not None:
            self._entry.cancel()
        _said(lambda: note_end(name=self._name))

    def tell(self) -> None:
        """Say that it is at work; what cannot be said now is said next time."""
        from negotiations.operations.heartbeats import note_life

        _said(lambda: note_life(name=self._name, now=timezone.now()))


def _said(say: Callable[[], None]) -> None:
    try:
        say()
    except (DatabaseError, InterfaceError) as error:
        log.info("no sign of life could be given: %s", error)
    finally:
        # The processes that do the work are forks of this one: there is nothing to inherit.
        connection.close()
