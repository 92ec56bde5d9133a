"""SQL written by hand, for the few questions that are asked so often that the ORM's share shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection
from psycopg import pq


def fetch(sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of one SQL query, whose values go to the server beside its text, by place or name.

    Values come back in PostgreSQL's binary form, so `bytea` is bytes without a detour; where the
    connection has a `prepare_threshold`, what is asked again and again is planned once. Not for
    full-text search, whose plan depends on the words.
    """
    with connection.cursor() as cursor:
        # Within Django's own wrapper, so that guards and counters of queries see this one, too.
        cursor.cursor = psycopg.Cursor(connection.connection)
        cursor.cursor.format = pq.Format.BINARY
        cursor.execute(sql, params)
        return cursor.fetchall()
