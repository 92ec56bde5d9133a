"""Rows that stand for a whole test module, and are gone after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def undone(blocker: Any) -> Iterator[None]:
    """A transaction around a module or, inside it, around one of its tests; never committed."""
    with blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            # A module's transaction idles while its tests think, longer than a request may.
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield
        transaction.set_rollback(True)


@contextmanager
def lasting(blocker: Any) -> Iterator[None]:
    """What is written is committed, for other connections to see; then it is all thrown away, as
    only the tables' owner can.

    For a fixture named `db`: by that name alone pytest-django knows that its tests need a database
    of their own.
    """
    with blocker.unblock():
        if not connection.settings_dict["NAME"].startswith("test_"):
            raise AssertionError("this is not a test database: name the fixture `db`")
        try:
            yield
        finally:
            with unguarded() as cursor:
                tables = [*our_tables(), "django_session", "axes_accessattempt"]
                cursor.execute(";".join(f"DELETE FROM {name}" for name in tables))  # noqa: S608


@contextmanager
def unguarded() -> Iterator[Any]:
    """A cursor of the tables' owner: no trigger of ours stops what is done with it."""
    with transaction.atomic(), connection.cursor() as cursor:
        _switch(cursor, "DISABLE")
        yield cursor
        _switch(cursor, "ENABLE")


def our_tables() -> list[str]:
    """The tables of the record."""
    names = connection.introspection.table_names()
    return [name for name in names if name.startswith("negotiations_")]


def _switch(cursor: Any, how: str) -> None:
    # What is still to be checked would stand in the way.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(";".join(f"ALTER TABLE {name} {how} TRIGGER USER" for name in our_tables()))
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
