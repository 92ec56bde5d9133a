"""Turns: what must not happen twice at a time, each waiting for those before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_at_a_time(*what: str) -> Iterator[None]:
    """Hold the turn of `what` for one transaction; the database's OperationalError when those
    before take longer than its limit on locks.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", ["\x1f".join(what)]
            )
        yield
