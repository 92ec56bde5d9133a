"""SQL written by hand, for the few questions that are asked so often that the ORM's share shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from psycopg import pq


def fetch(
    sql: str, params: Sequence[Any] | Mapping[str, Any] = (), *, using: str = DEFAULT_DB_ALIAS
) -> list[tuple[Any, ...]]:
    """The rows of one SQL query, whose values go to the server beside its text, by place or name.

    Values come back in PostgreSQL's binary form, so `bytea` is bytes without a detour; where the
    connection has a `prepare_threshold`, what is asked again and again is planned once. Not for
    full-text search, whose plan depends on the words.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        # Within Django's own wrapper, so that guards and counters of queries see this one, too.
        cursor.cursor = psycopg.Cursor(connection.connection)
        cursor.cursor.format = pq.Format.BINARY
        cursor.execute(sql, params)
        return cursor.fetchall()


def fetch_first(sql: str, *, using: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """The same for the first query of a request, which also tells whether the connection lives.

    One that has died since its last request is opened anew, once; no other query need ask for that
    (Django's own check would be a query more).
    """
    connection: Any = connections[using]
    if not connection.in_atomic_block:
        connection.health_check_done = True
    try:
        return fetch(sql, using=using)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return fetch(sql, using=using)
