"""An export of many rows needs no more memory than one of few."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from negotiations.models import Statement
from tests.api.conftest import staying_connected
from tests.api.many import multiply
from tests.api.office import V1
from tests.api.rows import make_record
from tests.standing import lasting

pytestmark = pytest.mark.drill


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:  # noqa: ARG001
    """A committed record; a statement of it."""
    with staying_connected(), lasting(django_db_blocker):
        rows = make_record(1)
        yield Statement.objects.get(pk=rows.ids["statements"])
        # So many rows take their time to go.
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
    with django_db_blocker.unblock():
        connection.close()


def _taken(form: str) -> tuple[int, int]:
    """Bytes of the body, and the most memory that was held at once while it was taken."""
    answer = Client().get(f"{V1}/export/statements.{form}")
    tracemalloc.start()
    size = sum(map(len, answer.streaming_content))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size, peak


def test_memory_is_flat(db: Any) -> None:
    forms = ("ndjson", "csv", "parquet")
    # Parquet gathers a group of rows before it writes them.
    few, many = 5_000, 20_000
    multiply(db, by=few)
    before = {form: _taken(form) for form in forms}
    multiply(Statement.objects.latest("pk"), by=many - few)
    after = {form: _taken(form) for form in forms}

    for form in forms:
        assert after[form][0] > 3 * before[form][0] or form == "parquet"
        assert after[form][1] < 1.2 * before[form][1], form
