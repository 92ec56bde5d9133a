"""What the tests of the models share: rows to attack by raw SQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.models.rows import Rows, make_rows
from tests.operations.desk import open_desk
from tests.standing import undone


@pytest.fixture(scope="module")
def made_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[Rows]:  # noqa: ARG001
    """One published row and one draft of each noun, with links of every kind."""
    with undone(django_db_blocker):
        yield make_rows(open_desk())


@pytest.fixture
def db(made_rows: Rows, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """In place of pytest-django's, which would close the module's transaction."""
    with undone(django_db_blocker):
        yield


@pytest.fixture
def rows(made_rows: Rows, db: None) -> Rows:  # noqa: ARG001
    """The rows; what a test does to them is undone after it."""
    return made_rows
