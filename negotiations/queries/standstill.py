"""The record at a standstill: one view of the whole database, on a connection of its own.

What is published meanwhile is not in it, however long the reading takes (PostgreSQL's REPEATABLE
READ: all queries of a transaction see what was committed before its first).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Self

from django.db import connections
from psycopg import IsolationLevel

# The web's own limits are for answers of milliseconds. A reader who takes nothing for this long
# loses the connection, which would otherwise keep old versions of rows from being cleaned away.
_LIMITS = {
    "statement_timeout": "60s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "60s",
}


class Standstill:
    """A connection in one read-only transaction; `close` it.

    It belongs to no thread: each step of the reading says `within`, wherever it is done.
    """

    def __init__(self) -> None:
        """Connect where this thread reads now, and take the view; what the driver raises, raises.

        That is the replica, where the web has chosen it for the request (tracker.replica).
        """
        self._connection: Any = connections.create_connection(connections["default"].alias)
        # The thread that hands the answer over need not be the one that began it.
        self._connection.inc_thread_sharing()
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def within(self) -> Iterator[None]:
        """Every query of this thread reads from the view until the end of the block."""
        with _instead({alias: self._connection for alias in connections}):
            yield

    @contextmanager
    def meanwhile(self) -> Iterator[Callable[[], AbstractContextManager[None]]]:
        """The same; what is yielded makes blocks within which are as they were without."""
        usual = {alias: connections[alias] for alias in connections}
        with self.within():
            yield lambda: _instead(usual)

    def close(self) -> None:
        """Let go of the view and the connection; a second time does nothing."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close."""
        self.close()

    def _begin(self) -> None:
        with self._connection.cursor() as cursor:
            for name, limit in _LIMITS.items():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, limit])
        driver = self._connection.connection
        driver.isolation_level = IsolationLevel.REPEATABLE_READ
        driver.read_only = True
        self._connection.set_autocommit(False)
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT 1")  # the first query of the transaction fixes what it sees


@contextmanager
def _instead(others: Mapping[str, Any]) -> Iterator[None]:
    """This thread asks these connections until the end of the block."""
    usual = {alias: connections[alias] for alias in others}
    try:
        for alias, connection in others.items():
            connections[alias] = connection
        yield
    finally:
        for alias, connection in usual.items():
            connections[alias] = connection
