"""What the tests of the API share: a record, and a client under which nothing can be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from tests.api.rows import Rows, make_record
from tests.reading import ReadingClient


@pytest.fixture
def reader(db: None) -> Client:  # noqa: ARG001  a fixture asks for a fixture by name
    """Who asks."""
    return ReadingClient()


@contextmanager
def standing_record(blocker: DjangoDbBlocker, *, size: int) -> Iterator[Rows]:
    """A record that the tests of a module share; each test's own changes are rolled back in it.

    WSGI requests stay inside its transaction, too, as with Django's own test client.
    """
    assert str(connection.settings_dict["NAME"]).startswith("test_"), "mark a test with django_db"
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    with blocker.unblock(), transaction.atomic():
        yield make_record(size)
        transaction.set_rollback(True)
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Rows]:  # noqa: ARG001
    """One row of every kind."""
    with standing_record(django_db_blocker, size=1) as rows:
        yield rows


@pytest.fixture
def queries() -> Callable[[Callable[[], Any]], int]:
    """How many SQL queries a call makes."""

    def count(call: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count
