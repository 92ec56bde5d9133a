"""SQL written by hand, for the few questions that are asked so often that the ORM's share shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from psycopg import pq

Params = Sequence[Any] | Mapping[str, Any]
Row = tuple[Any, ...]


def fetch(sql: str, params: Params = (), *, using: str = DEFAULT_DB_ALIAS) -> list[Row]:
    """The rows of one SQL query, whose values go to the server beside its text, by place or name.

    Values come back in PostgreSQL's binary form, so `bytea` is bytes without a detour; where the
    connection has a `prepare_threshold`, what is asked again and again is planned once. Not for
    full-text search, whose plan depends on the words.
    """
    with _cursor(using) as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def array(ids: Iterable[int]) -> str:
    """Ids as the text of a `bigint[]`, which the driver would write one by one."""
    return "{" + ",".join(map(str, ids)) + "}"


def run(sql: str, params: Params = ()) -> int:
    """Do one SQL statement that has no rows to tell, in the same way; how many it touched."""
    with _cursor(DEFAULT_DB_ALIAS) as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def _cursor(using: str) -> Any:
    """A cursor whose values go beside the text, within Django's own wrapper, so that guards and
    counters of queries see it, too.
    """
    connection: Any = connections[using]
    connection.close_if_health_check_failed()
    if connection.connection is None:
        connection.ensure_connection()
    plain = psycopg.Cursor(connection.connection)
    plain.format = pq.Format.BINARY
    return (
        connection.make_debug_cursor(plain)
        if connection.queries_logged
        else connection.make_cursor(plain)
    )


def fetch_first(sql: str, params: Params = (), *, using: str = DEFAULT_DB_ALIAS) -> list[Row]:
    """The same for the first query of a request, which also tells whether the connection lives.

    One that has died since its last request is opened anew, once; no other query need ask for that
    (Django's own check would be a query more).
    """
    connection: Any = connections[using]
    if not connection.in_atomic_block:
        connection.health_check_done = True
    try:
        return fetch(sql, params, using=using)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return fetch(sql, params, using=using)
