"""Waiting for an act: who asks with `wait` holds a thread meanwhile, and nothing else.

No database connection and no lock; one watcher a process asks for new acts, only while somebody
waits. A reader of a filtered list is woken only by acts on what was asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from time import monotonic

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest

from negotiations.aside import aside
from negotiations.queries import ledger
from negotiations.queries.ledger import Scope, Sign

logger = logging.getLogger(__name__)
_TICK = 0.25  # seconds between two looks of the watcher
_MANY = 500  # acts in one look; after so many everybody looks for themselves


@dataclass(eq=False, slots=True)
class _Waiter:
    scope: Scope
    seen: int
    news: Event = field(default_factory=Event)


class Room:
    """Who waits in this process.

    `look` tells the first acts after a number, so many at most; one thread calls it every `tick`
    seconds while somebody waits. What it cannot ask, it asks again at the next tick.
    """

    def __init__(
        self, look: Callable[..., Sequence[Sign]] = ledger.signs, *, tick: float = _TICK
    ) -> None:
        self._look, self._tick = look, tick
        self._lock, self._closed = Lock(), Event()
        self._waiters: set[_Waiter] = set()
        self._number: int | None = None  # up to which the watcher has looked; None while it rests

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiters)

    @property
    def closed(self) -> bool:
        """Whether everybody was sent away."""
        return self._closed.is_set()

    def wait(self, scope: Scope, *, seen: int, seconds: float, places: int) -> bool:
        """Return after an act in `scope` beyond the number `seen`, at the latest after `seconds`.

        False at once where all `places` are taken.
        """
        waiter = _Waiter(scope=scope, seen=seen)
        with self._lock:
            if self._closed.is_set():
                return True
            if self._number is not None and seen < self._number:
                # The watcher may have passed over an act that was not seen: look again soon.
                seconds = min(seconds, self._tick)
            if len(self._waiters) >= places:
                return False
            self._waiters.add(waiter)
            if self._number is None:
                self._number = seen
                Thread(target=self._watch, name="watcher", daemon=True).start()
        try:
            waiter.news.wait(seconds)
        finally:
            with self._lock:
                self._waiters.discard(waiter)
        return True

    def close(self) -> None:
        """Send everybody away, for good: the process is to end."""
        with self._lock:
            self._closed.set()
            for waiter in self._waiters:
                waiter.news.set()

    def _watch(self) -> None:
        try:
            while not self._closed.wait(self._tick) and (after := self._looked_up_to()) is not None:
                try:
                    self._tell(self._look(after, limit=_MANY))
                except Error as error:
                    logger.warning("cannot look for new acts: %s", error)
                    connection.close()
        finally:
            connection.close()

    def _looked_up_to(self) -> int | None:
        """The number to look on from; None, and the watcher rests, where nobody waits."""
        with self._lock:
            if not self._waiters:
                self._number = None
            return self._number

    def _tell(self, signs: Sequence[Sign]) -> None:
        if not signs:
            return
        with self._lock:
            self._number = signs[-1].number
            for waiter in self._waiters:
                if len(signs) == _MANY or any(
                    sign.number > waiter.seen and sign.concerns(waiter.scope) for sign in signs
                ):
                    waiter.news.set()


ROOM = Room()


def wait_for_news(request: HttpRequest, scope: Scope, *, after: int, seconds: int) -> bool:
    """Return when there is an act in `scope` beyond `after`, at the latest after `seconds`.

    At once where the number `after` is not reached yet (who asks is refused), and False at once
    where as many wait as may (CHANGES_WAITERS).
    """
    end = monotonic() + seconds
    while (left := end - monotonic()) > 0:
        # In this order: what comes between the two is seen by the second.
        seen = ledger.latest_number()
        if after > seen or ledger.news(scope, after=after):
            return True
        with aside(request.META):
            places = settings.CHANGES_WAITERS
            if not ROOM.wait(scope, seen=seen, seconds=left, places=places):
                return False
        if ROOM.closed:
            return True
    return True
