"""Telling how far a long job is, for who waits for it at the desk.

    with progress("rebuild", clock=timezone.now, total=41) as told:
        told(1)

It is work and no act on the record (DECISIONS 39). The clock is handed in, for a job outlives the
moment at which it began.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import DatabaseError, InterfaceError
from django.db.models import Q

from negotiations.models import JobRun
from negotiations.models.jobs import SILENT

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
_OFTEN = timedelta(seconds=1)
_KEPT_FOR = timedelta(days=30)
_NIGHT = timedelta(hours=12)


class Told(Protocol):
    """Says that so much is done; of how much, where that was not known at first."""

    def __call__(self, done: int, *, total: int | None = None) -> None: ...


@contextmanager
def progress(name: str, *, clock: Clock, total: int | None = None) -> Iterator[Told]:
    """A row that tells of this run; call what is yielded with how much is done.

    It is written once a second at most, and at the end: as failed where the block raises. A job
    never fails because it could not be told of. Not to be used within a transaction.
    """
    run = _Run(name, clock, total)
    try:
        yield run.told
    except BaseException as error:
        run.end(failed=type(error).__name__)
        raise
    run.end()


def is_wanted(name: str, *, now: datetime) -> bool:
    """Whether a nightly job is to be run: none of its runs of this night ended well or goes on."""
    runs = JobRun.objects.filter(name=name, begun_at__gt=now - _NIGHT)
    over = Q(ended_at__isnull=False, failed="")
    return not runs.filter(over | Q(ended_at=None, moved_at__gt=now - SILENT)).exists()


def forget_runs(*, now: datetime) -> int:
    """Drop the runs of a month ago, but the newest of each job; how many."""
    newest = JobRun.objects.order_by("name", "-begun_at", "-pk").distinct("name").values("pk")
    old = JobRun.objects.filter(begun_at__lt=now - _KEPT_FOR)
    return old.exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()[0]


class _Run:
    def __init__(self, name: str, clock: Clock, total: int | None) -> None:
        self._clock, self._done, self._total, self._pk = clock, 0, total, 0
        self._moved = now = clock()
        with _courteously():
            self._pk = JobRun.objects.create(name=name, begun_at=now, moved_at=now, total=total).pk

    def told(self, done: int, *, total: int | None = None) -> None:
        """So much is done, of so much."""
        self._done, self._total, now = done, total or self._total, self._clock()
        if now - self._moved >= _OFTEN:
            self._moved = now
            self._write(moved_at=now)

    def end(self, *, failed: str = "") -> None:
        now = self._clock()
        self._write(moved_at=now, ended_at=now, failed=failed[:80])

    def _write(self, **columns: Any) -> None:
        with _courteously():
            JobRun.objects.filter(pk=self._pk).update(done=self._done, total=self._total, **columns)


@contextmanager
def _courteously() -> Iterator[None]:
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        log.warning("how far a job is could not be told: %s", error)
