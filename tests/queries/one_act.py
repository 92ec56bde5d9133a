"""A desk for the tests of deltas, and what one act of it means for a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, timedelta
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from negotiations import operations
from negotiations.models import Clocks
from negotiations.queries import deltas
from negotiations.queries.clocks import read_clocks
from negotiations.queries.shapes import Change
from tests.operations.desk import NOW, Desk, last_entry, open_desk
from tests.standing import undone

LATER = NOW + timedelta(hours=1)
SAYING = ("statement", "status_change", "position", "linkage", "milestone", "account")


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:  # noqa: ARG001
    """A desk where a source and a statement are published, as it is before each test."""
    with undone(django_db_blocker):
        yield open_desk()


@pytest.fixture
def db(opened: Desk, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """In place of pytest-django's, which would close the module's transaction."""
    with undone(django_db_blocker):
        yield


@pytest.fixture
def desk(opened: Desk, db: None) -> Desk:  # noqa: ARG001
    """The desk; what a test does there is undone after it."""
    return deepcopy(opened)


@pytest.fixture
def now() -> Clocks:
    """The default clocks, an hour after everything."""
    return read_clocks(on=None, known_by=None, as_of=None, now=LATER, zone=UTC)


@pytest.fixture
def told(now: Clocks) -> Callable[[Callable[[], object]], Change]:
    """The one change that something made."""

    def change(do: Callable[[], object]) -> Change:
        before = last_entry().number
        do()
        (found,) = deltas.changes(clocks=now, after=before).results
        return found

    return change


Told = Callable[[Callable[[], object]], Change]


def renewed(change: Change) -> list[tuple[str, Any]]:
    """Noun and id (slug, code) of the rows told again; None for a whole noun."""
    return [(one.noun, key_of(one.record)) for one in change.renews]


def key_of(record: Any) -> Any:
    for name in ("id", "slug", "code"):
        if hasattr(record, name):
            return getattr(record, name)
    return None


def mend(desk: Desk, noun: str, id: int, **values: Any) -> None:
    desk.act(operations.mend, noun=noun, id=id, values=values, seen=0)
