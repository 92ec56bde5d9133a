"""Nights of nightly files: what is written, and sets that lie there as they were written once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoDbBlocker

from negotiations.api.nightly_writing import write_set
from tests.api.conftest import staying_connected
from tests.api.rows import make_record
from tests.standing import lasting

NOW = datetime(2025, 11, 1, 19, tzinfo=UTC)


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """A committed record: a set is written from a connection of its own."""
    with staying_connected(), lasting(django_db_blocker):
        make_record(2)
        yield


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Path:
    """An empty EXPORT_ROOT."""
    settings.EXPORT_ROOT = tmp_path / "exports"
    return tmp_path / "exports"


def written_at(root: Path, *, night: int = 0) -> Path:
    """Write the set of a night there."""
    with time_machine.travel(NOW + timedelta(days=night), tick=False):
        return write_set(root)


@pytest.fixture(scope="module")
def written(db: None, tmp_path_factory: Any) -> Callable[[int], Path]:  # noqa: ARG001
    """The set of a night as it is written, once for the module."""
    return cache(lambda night: written_at(tmp_path_factory.mktemp("nightly"), night=night))


@pytest.fixture
def lying(root: Path, written: Callable[[int], Path]) -> Callable[..., Path]:
    """Lets the set of a night lie under EXPORT_ROOT, for tests of how sets are handed over."""

    def lie(night: int = 0) -> Path:
        made = written(night)
        shutil.copytree(made.parent, root, dirs_exist_ok=True)
        return root / made.name

    return lie
