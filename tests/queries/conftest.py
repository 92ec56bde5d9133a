"""What the tests of the read door share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.models import Clocks
from tests.factories import clocks_at
from tests.pages.scenes import Scene, scene


@pytest.fixture
def clocks() -> Clocks:
    """The end of 14 October 2025, on all three clocks."""
    return clocks_at("2025-10-14")


@pytest.fixture
def shown() -> Scene:
    """Security stands somewhere, tariffs nowhere."""
    return scene()


@pytest.fixture
def query_count() -> Callable[[Callable[[], Any]], int]:
    """How many SQL queries a call makes."""

    def count(call: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count
