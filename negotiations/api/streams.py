"""Answers that are made while they are sent: few at once, for a bounded time, from one view."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from threading import BoundedSemaphore
from time import monotonic
from typing import Self

from django.conf import settings

from negotiations.queries.standstill import Standstill
from negotiations.refusals import Refusal

logger = logging.getLogger(__name__)
# An answer keeps its thread of this process until the reader has taken it all: the other threads
# stay free for everybody else.
_SLOTS = BoundedSemaphore(settings.EXPORTS_AT_ONCE)


class Slot:
    """The right to send one long answer; `close` gives it back."""

    def __init__(self) -> None:
        """Take it; refuses `exports_busy`."""
        if not _SLOTS.acquire(blocking=False):
            raise Refusal("exports_busy")
        self._held = True

    def close(self) -> None:
        """Give it back; a second time does nothing."""
        if self._held:
            self._held = False
            _SLOTS.release()


class Stream:
    """The pieces of a body; whoever takes them closes it, also when the reader has gone.

    Where it cannot be finished (the time is over, the database gone), `broken` is its last piece:
    the server would end the answer as if it were whole.
    """

    def __init__(
        self, pieces: Iterator[bytes], *, view: Standstill, held: ExitStack, broken: bytes
    ) -> None:
        """`pieces` are made within `view`; `held` is closed at the end."""
        self._pieces, self._view, self._held = pieces, view, held
        self._broken = broken
        self._until = monotonic() + settings.EXPORT_SECONDS

    def __iter__(self) -> Self:
        """Itself."""
        return self

    def __next__(self) -> bytes:
        """The next piece that is not empty."""
        try:
            with self._view.within():
                for piece in self._pieces:
                    self._look_at_the_clock()
                    if piece:
                        return piece
        except Exception:
            logger.exception("an export was broken off")
            self.close()
            if self._broken:
                return self._broken
        self.close()
        raise StopIteration

    def close(self) -> None:
        """Let go of everything; a second time does nothing."""
        self._pieces = iter(())
        self._held.close()

    def _look_at_the_clock(self) -> None:
        if monotonic() > self._until:
            raise TimeoutError(f"not taken within {settings.EXPORT_SECONDS} s")


def begin(make: Callable[[], Iterator[bytes]], *, broken: bytes) -> Stream:
    """A stream of what `make` makes, called within its view; refuses `exports_busy`, and what
    `make` refuses.
    """
    with ExitStack() as held:
        held.callback(Slot().close)
        view = Standstill()
        held.callback(view.close)
        with view.within():
            pieces = make()
        return Stream(pieces, view=view, held=held.pop_all(), broken=broken)
