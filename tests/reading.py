"""A test client under which nothing can be written: reading has one door, writing the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client

_READS = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def only_reading() -> Iterator[None]:
    """Refuse every SQL statement that is not a read."""

    def guard(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not str(sql).lstrip("( \n").upper().startswith(_READS):
            raise AssertionError(f"a read route writes: {sql}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        yield


class ReadingClient(Client):
    """The test client; a request that writes fails the test."""

    def request(self, **request: Any) -> Any:
        """One request under guard."""
        with only_reading():
            return super().request(**request)
