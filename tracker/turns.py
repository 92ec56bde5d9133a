"""Few requests are worked on at a time, however many threads there are for those that wait.

The web server makes a new thread when a request comes while others stand in its line, and at no
other time. If all its threads waited for news, the next reader could stand there until one of them
was done. So whoever wants to wait sees first that another thread is there beside all that wait; if
there is none yet, it knocks at the server's own door until the server has made one.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from math import inf
from threading import Condition, Semaphore, get_ident
from time import monotonic
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# What a request finds in its environ: a context manager in which it waits outside of its turn. It
# gives False where nobody may wait now.
STEP_ASIDE = "parley.step_aside"
READERS = 4
# Seconds after which the server ends a thread that has nothing to do: the most that it takes.
IDLE = 600
# One that was at work so long ago will be there for as long as anybody waits.
_FRESH = IDLE - 40
_KNOCK = b"HEAD / HTTP/1.1\r\nHost: localhost\r\nParley-Knock: 1\r\nConnection: close\r\n\r\n"
_KNOCKS = 100
_ANSWER = 0.05  # seconds that a knock is given to bring a thread


class Turns:
    """A WSGI application that works on `most` requests at a time; others stand in line.

    Python does no more at once anyway, and each thread at work may hold a database connection.
    """

    def __init__(self, application: Application, *, most: int = READERS) -> None:
        self._application, self._turns = application, Semaphore(most)
        # When each thread was last at work; `inf` while it is.
        self._threads: dict[int, float] = {}
        self._aside = 0
        self._came = Condition()

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer in turn."""
        self._begin()
        try:
            if "HTTP_PARLEY_KNOCK" in environ:
                start_response("204 No Content", [])
                return []
            environ[STEP_ASIDE] = partial(self._step_aside, environ)
            with self._turns:
                return self._application(environ, start_response)
        finally:
            self._threads[get_ident()] = monotonic()

    def _begin(self) -> None:
        known = get_ident() in self._threads
        self._threads[get_ident()] = inf
        if not known and self._aside:
            with self._came:
                self._came.notify_all()

    @contextmanager
    def _step_aside(self, environ: dict[str, Any]) -> Iterator[bool]:
        self._turns.release()
        try:
            with self._came:
                self._aside += 1
            yield self._is_spare() or self._knock(environ)
        finally:
            with self._came:
                self._aside -= 1
            self._turns.acquire()

    def _is_spare(self) -> bool:
        """Whether there is a thread beside those that wait."""
        lately = monotonic() - _FRESH
        return sum(at > lately for at in list(self._threads.values())) > self._aside

    def _knock(self, environ: dict[str, Any]) -> bool:
        """Let the server make threads until one is spare; False where it makes none.

        The door may be shared with other processes: some knocks are heard there.
        """
        host = str(environ.get("SERVER_NAME", ""))
        door = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  bound to all
        for _ in range(_KNOCKS):
            with suppress(OSError, ValueError):
                with closing(
                    socket.create_connection((door, int(environ["SERVER_PORT"])), timeout=1)
                ) as knocking:
                    knocking.sendall(_KNOCK)
                    with self._came:
                        if self._came.wait_for(self._is_spare, _ANSWER):
                            return True
                continue
            break
        return self._is_spare()
