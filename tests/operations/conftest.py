"""What the tests of the write door share: a desk that is opened once for each module."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from tests.operations.desk import Desk, open_desk
from tests.standing import undone


@pytest.fixture(scope="module")
def opened_desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:  # noqa: ARG001
    """The desk of a module, as it is before each test."""
    with undone(django_db_blocker):
        yield open_desk()


@pytest.fixture
def db(opened_desk: Desk, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """In place of pytest-django's, which would close the module's transaction."""
    with undone(django_db_blocker):
        yield


@pytest.fixture
def desk(opened_desk: Desk, db: None) -> Desk:  # noqa: ARG001
    """The desk; what a test does there is undone after it."""
    return deepcopy(opened_desk)
