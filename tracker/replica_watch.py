"""Looks at the replica every second, in a thread of its own, so that no reader waits for it."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS as PRIMARY
from django.db import Error, connections

from negotiations.replicas import ALIAS, Marks, Standing, State

logger = logging.getLogger(__name__)
_EVERY = 1.0  # seconds
_UNKNOWN = Standing(state="unreachable", lag_seconds=None)
# Bytes of log; what is not on the primary's disk yet is not sent either.
_WRITTEN = "SELECT pg_current_wal_flush_lsn() - '0/0'::pg_lsn"
_REPLAYED = "SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn() - '0/0'::pg_lsn"


@dataclass(slots=True)
class Watch:
    """What this process knows of the replica; unfit until it was seen, and from `lost` until then.

    With the primary out of reach nobody can tell how far the replica is behind. It is read then,
    since there is no other, and health says that the lag is not known.
    """

    standing: Standing = _UNKNOWN
    _marks: Marks = field(default_factory=Marks)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Look from now on, for as long as the process lives."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._go_on, name="replica", daemon=True)
            self._thread.start()

    def lost(self) -> None:
        """A request has met that the replica is gone."""
        self.standing = _UNKNOWN

    def look(self, *, at: float) -> None:
        """Ask both servers where they are; `at` is now, in seconds."""
        written = _asked(PRIMARY, _WRITTEN)
        replayed = _asked(ALIAS, _REPLAYED)
        if written is not None:
            self._marks.note(at=at, position=int(written[0]))
        if replayed is None:
            self._tell("unreachable", None)
        elif not replayed[0] or replayed[1] is None:
            self._tell("not_a_replica", None)
        elif written is None:
            self._tell("in_use", None)
        else:
            lag = self._marks.lag(at=at, replayed=int(replayed[1]))
            fit = lag is not None and lag <= settings.REPLICA_LAG
            self._tell("in_use" if fit else "behind", lag)

    def _tell(self, state: State, lag: float | None) -> None:
        if state != self.standing.state:
            logger.warning("replica: %s", state)
        self.standing = Standing(state=state, lag_seconds=lag)

    def _go_on(self) -> None:
        while True:
            try:
                self.look(at=time.monotonic())
            except Exception:
                logger.exception("replica: not looked at")
                self.standing = _UNKNOWN
            time.sleep(_EVERY)


def _asked(alias: str, question: str) -> tuple[Any, ...] | None:
    """The row that a server answers; None where it cannot."""
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()
    except Error:
        connection.close()
        return None


watch = Watch()
