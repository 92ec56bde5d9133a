"""Turns: one at a time, and who waits too long is told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from negotiations.operations.turns import one_at_a_time


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """Connections of their own; nothing is written."""
    with django_db_blocker.unblock():
        yield


def _impatient(*what: str) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            with one_at_a_time(*what):
                return "in"
    except OperationalError:
        return "told"
    finally:
        connection.close()


@pytest.mark.usefixtures("db")
def test_who_waits_too_long_for_a_turn_is_told() -> None:
    with ThreadPoolExecutor(1) as pool:
        with one_at_a_time("door", "front"):
            assert pool.submit(_impatient, "door", "front").result() == "told"
            assert pool.submit(_impatient, "door", "back").result() == "in"
        assert pool.submit(_impatient, "door", "front").result() == "in"


@pytest.mark.usefixtures("db")
def test_a_turn_that_fails_is_over() -> None:
    with pytest.raises(ValueError, match="slipped"), one_at_a_time("door"):
        raise ValueError("slipped")
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(_impatient, "door").result() == "in"
