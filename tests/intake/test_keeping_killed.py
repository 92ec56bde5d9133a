"""A worker that is killed while it looks at a live page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from negotiations.intake.keeping import keep_next
from negotiations.operations.nights import arrange_night
from tests.intake.test_keeping import GONE, captured, listening, night, row, server, told
from tests.loopback import Loopback
from tests.operations.desk import NOW, open_desk
from tests.standing import lasting

__all__ = ["listening", "server"]


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """Rows that other connections see."""
    with lasting(django_db_blocker):
        yield


_WORKER = """
import django; django.setup()
from datetime import datetime, UTC
from django.conf import settings
from negotiations.intake.keeping import keep_next
settings.DATABASES["default"]["NAME"] = {name!r}
settings.FETCH_ALLOW = [{pair!r}]
keep_next(now=datetime.fromisoformat({now!r}))
"""


@pytest.mark.drill
@pytest.mark.usefixtures("db")
def test_a_killed_worker_loses_nothing_but_time(server: Loopback) -> None:
    captured(open_desk(), server)
    night(0, server, GONE)
    server.answers["/view/AKR20251001"] = lambda _: server.ended.wait(20)
    now = NOW + timedelta(days=2, hours=6)
    arrange_night(now=NOW + timedelta(days=2))
    requests = len(server.requests)
    pair = f"127.0.0.1:{server.port}"
    name = connection.settings_dict["NAME"]
    worker = subprocess.Popen(
        [sys.executable, "-c", _WORKER.format(name=name, pair=pair, now=now.isoformat())],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings"},
    )
    until = time.monotonic() + 30
    while len(server.requests) == requests and time.monotonic() < until:
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert row("state", "turn") == ("unchecked", 2)
    server.answers["/view/AKR20251001"] = GONE
    assert keep_next(now=now + timedelta(seconds=59)) is False
    assert keep_next(now=now + timedelta(seconds=60)) is True
    assert told() == [{"state": "gone", "before": "unchecked"}]
