"""`manage.py export`."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoDbBlocker

from negotiations.api.nightly import names
from tests import factories
from tests.standing import lasting


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """What is written is committed: a set is read from a connection of its own."""
    with lasting(django_db_blocker):
        factories.PartyFactory(code="KR")
        yield


pytestmark = pytest.mark.usefixtures("db")


def _run(*words: str) -> str:
    out = StringIO()
    call_command("export", *words, stdout=out)
    return out.getvalue().strip()


def test_it_tells_where_the_set_lies(tmp_path: Path) -> None:
    told = Path(_run(str(tmp_path / "new" / "folder")))
    assert (told / "parties.csv.gz").exists()
    assert names(told.parent) == [told.name]


def test_the_folder_is_the_usual_one(tmp_path: Path, settings: Any) -> None:
    settings.EXPORT_ROOT = tmp_path
    assert Path(_run()).parent == tmp_path


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
    with (tmp_path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommandError) as refused:
            _run(str(tmp_path))
    assert str(refused.value) == f"another run is writing into {tmp_path}"
