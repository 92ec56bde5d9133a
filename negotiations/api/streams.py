"""Answers that are made while they are sent: few at once, for a bounded time, from one view."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from threading import BoundedSemaphore, Lock, Timer
from typing import Self

from django.conf import settings

from negotiations.queries.standstill import Standstill
from negotiations.refusals import Refusal

logger = logging.getLogger(__name__)
# An answer keeps its thread of this process until the reader has taken it all: the other threads
# stay free for everybody else.
_SLOTS = BoundedSemaphore(settings.EXPORTS_AT_ONCE)


class Slot:
    """The right to send one long answer; `close` gives it back.

    A reader who takes nothing never asks for the next piece, so after EXPORT_SECONDS `late` is
    called by another thread: it is to let go of everything.
    """

    def __init__(self, late: Callable[[], None]) -> None:
        """Take it; refuses `exports_busy`."""
        if not _SLOTS.acquire(blocking=False):
            raise Refusal("exports_busy")
        self._held = Lock()
        self._timer = Timer(settings.EXPORT_SECONDS, late)
        self._timer.daemon = True
        self._timer.start()

    def close(self) -> None:
        """Give it back; a second time does nothing."""
        if self._held.acquire(blocking=False):
            self._timer.cancel()
            _SLOTS.release()


class Stream:
    """The pieces of a body; whoever takes them closes it, also when the reader has gone.

    Where it cannot be finished (the time is over, the database gone), `broken` is its last piece:
    the server would end the answer as if it were whole.
    """

    def __init__(self, make: Callable[[], Iterator[bytes]], *, broken: bytes) -> None:
        """What `make` makes, called within its view; refuses `exports_busy`, and what `make` does.

        Nobody else ends one of which nothing is taken, so it ends by itself.
        """
        self._pieces: Iterator[bytes] = iter(())
        self._held = ExitStack()
        self._broken, self._late = broken, False
        with ExitStack() as held:
            held.callback(Slot(self._end).close)
            self._view = Standstill()
            held.callback(self._view.close)
            with self._view.within():
                self._pieces = make()
            self._held = held.pop_all()
        if self._late:
            self.close()

    def __iter__(self) -> Self:
        """Itself."""
        return self

    def __next__(self) -> bytes:
        """The next piece that is not empty."""
        try:
            with self._view.within():
                for piece in self._pieces:
                    if piece:
                        return piece
            if self._late:
                raise TimeoutError(f"not taken within {settings.EXPORT_SECONDS} s")
        except Exception:
            logger.exception("an export was broken off")
            self._late = False
            self.close()
            if self._broken:
                return self._broken
        self.close()
        raise StopIteration

    def close(self) -> None:
        """Let go of everything; a second time does nothing."""
        self._pieces = iter(())
        self._held.close()

    def _end(self) -> None:
        self._late = True
        self.close()
