"""How far the nightly files are, as the desk sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from negotiations.api import nightly_writing
from negotiations.api.nightly_writing import write_set
from negotiations.models import JobRun
from negotiations.operations import jobs
from tests.api.test_nightly import db, root

__all__ = ["db", "root"]
pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize("well", [True, False])
def test_the_desk_can_see_how_far_it_is(
    root: Path, well: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """While it is written as well, of which nothing is in the view that the files are made from."""
    monkeypatch.setattr(jobs, "_OFTEN", timedelta(0))
    seen = []
    real = nightly_writing._table

    def look(*args: Any, **named: Any) -> Iterator[Any]:
        if len(seen) == 3 and not well:
            raise OSError("the disk is full")
        seen.append(known_outside())
        yield from real(*args, **named)

    monkeypatch.setattr(nightly_writing, "_table", look)
    if well:
        write_set(root)
    else:
        with pytest.raises(OSError, match="full"):
            write_set(root)
    run = JobRun.objects.latest("pk")
    total = run.total or 0
    assert seen[:3] == [(0, total), (1, total), (2, total)]
    assert (run.done, run.failed) == ((total, "") if well else (3, "OSError"))
    assert run.ended_at is not None
    assert caplog.records == []


def known_outside() -> tuple[int, int]:
    """What another connection sees of the newest run."""
    other: Any = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT done, total FROM negotiations_jobrun ORDER BY id DESC LIMIT 1")
            done, total = cursor.fetchone()
            return done, total
    finally:
        other.close()
