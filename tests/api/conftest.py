"""What the tests of the API share: a record, and a client under which nothing can be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.api.office import Office, open_office
from tests.api.rows import Rows, make_record
from tests.reading import ReadingClient
from tests.standing import undone


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
    with staying_connected(), undone(blocker):
        yield make_record(size)


@contextmanager
def staying_connected() -> Iterator[None]:
    """WSGI requests use the connection of the test, as with Django's own client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Rows]:  # noqa: ARG001
    """One row of every kind."""
    with standing_record(django_db_blocker, size=1) as rows:
        yield rows


@pytest.fixture(scope="module")
def opened_office(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:  # noqa: ARG001
    """The office of a module, as it is before each test."""
    with undone(django_db_blocker):
        yield open_office()


@pytest.fixture
def office(opened_office: Office, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    """The office; what a test does there is undone after it."""
    with undone(django_db_blocker):
        yield deepcopy(opened_office)
