"""A worker that is killed in the middle of a poll: nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from negotiations.intake.polling import poll_next
from negotiations.models import Reprint
from tests.intake.wires import NOW, answer, db, row, watch
from tests.loopback import Loopback

__all__ = ["db"]

KILLED = [
    "polling.fetch = die", "polling.polled = die", "writing.give_back = die",
    "polling.PART = 1; polling.polled = die",
]  # fmt: skip
_WORKER = """
import django; django.setup()
import os, signal
from datetime import datetime, UTC
from django.conf import settings
from negotiations.intake import polling
from negotiations.operations import polling as writing
settings.DATABASES["default"]["NAME"] = {name!r}
settings.FETCH_ALLOW = [{pair!r}]
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
{killed}
polling.poll_next(now=datetime(2025, 10, 14, 3, tzinfo=UTC))
"""


@pytest.mark.drill
@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("killed", KILLED)
def test_a_worker_that_is_killed_loses_and_doubles_nothing(server: Loopback, killed: str) -> None:
    """Before the fetch, between fetch and write, with items written but not committed, and where a
    part of them is.
    """
    server.answers["/rss"] = answer(1, 2)
    feed = watch(server.url("/rss"))
    pair = f"127.0.0.1:{server.port}"
    code = _WORKER.format(name=connection.settings_dict["NAME"], pair=pair, killed=killed)
    worker = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings"},
        check=False,
    )
    assert worker.returncode == -signal.SIGKILL
    part = 1 if "PART" in killed else 0
    assert (row(feed, "turn", "caught"), Reprint.objects.count()) == ((1, part), part)
    assert poll_next(now=NOW + timedelta(seconds=59)) is False
    _wait_until_it_is_gone()
    assert poll_next(now=NOW + timedelta(seconds=90)) is True
    assert poll_next(now=NOW + timedelta(seconds=180)) is False
    assert (row(feed, "turn", "caught"), Reprint.objects.count()) == ((2, 2), 2)


def _wait_until_it_is_gone() -> None:
    """The database takes a moment to see that the one it served is dead."""
    until = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND state LIKE 'idle in tr%%' AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)
