"""Few requests are worked on at a time, however many threads there are for those that wait.

Where all its threads wait the web server makes another one for who comes next, up to its measure,
also when many come at the same instant (seen with granian 2.8.7; tests/tracker/test_waiting.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Semaphore
from time import perf_counter
from typing import Any

from negotiations.aside import STEP_ASIDE

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# In the environ: when it came (seconds on a clock that only goes on), before it stood in line.
CAME = "parley.came"
READERS = 4


class Turns:
    """A WSGI application that works on `most` requests at a time; others stand in line.

    Python does no more at once anyway, and each thread at work may hold a database connection.
    """

    def __init__(self, application: Application, *, most: int = READERS) -> None:
        self._application, self._turns = application, Semaphore(most)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer in turn."""
        environ[CAME] = perf_counter()
        environ[STEP_ASIDE] = self._step_aside
        with self._turns:
            return self._application(environ, start_response)

    @contextmanager
    def _step_aside(self) -> Iterator[None]:
        self._turns.release()
        try:
            yield
        finally:
            self._turns.acquire()
