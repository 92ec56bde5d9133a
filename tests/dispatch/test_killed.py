"""A sender that is killed in mid-post: nothing is lost, and its event arrives within a minute."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from negotiations.dispatch.webhooks import deliver_next
from negotiations.operations.posting import LEASE
from tests.dispatch.conftest import OK, Endpoints, tell, tries, webhook
from tests.operations.desk import NOW, Desk, open_desk
from tests.standing import lasting

_WORKER = """
import django; django.setup()
from datetime import datetime
from django.conf import settings
from negotiations.dispatch.webhooks import deliver_next
settings.DATABASES["default"]["NAME"] = {name!r}
settings.FETCH_ALLOW, settings.SECRET_KEY = {pairs!r}, {key!r}
deliver_next(now=datetime.fromisoformat({now!r}))
"""


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """Rows that other connections see."""
    with lasting(django_db_blocker):
        yield


@pytest.fixture
def desk(db: None) -> Desk:  # noqa: ARG001
    """A desk of this test alone."""
    return open_desk()


def test_no_transaction_is_open_while_something_is_sent(desk: Desk, endpoints: Endpoints) -> None:
    made = webhook(desk, endpoints.server.url("/in"))
    idle: list[int] = []

    def answer(peer: Any) -> None:
        # On a connection of its own: what the sender has committed by now.
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in tr%%'"
                           " AND datname = current_database()")  # fmt: skip
            idle.extend(row[0] for row in cursor.fetchall())
            cursor.execute("SELECT count(*) FROM negotiations_attempt")
            idle.extend(row[0] for row in cursor.fetchall())
        connection.close()
        peer.sendall(OK)

    endpoints.server.answers["/in"] = answer
    desk.published("status_change")
    tell(NOW)
    deliver_next(now=NOW)
    assert (idle, tries(made)) == ([0, 1], [(200, "")])


@pytest.mark.drill
def test_a_killed_sender_loses_nothing_but_time(desk: Desk, endpoints: Endpoints) -> None:
    made = webhook(desk, endpoints.server.url("/in"))
    endpoints.server.answers["/in"] = lambda _: endpoints.server.ended.wait(20)
    desk.published("status_change")
    desk.published("status_change")
    tell(NOW)
    _kill_in_mid_post(endpoints, NOW)
    endpoints.answers("/in", OK)
    assert deliver_next(now=NOW + LEASE - timedelta(seconds=1)) is False
    # The lease was renewed a moment after it began; a sweep comes every five seconds.
    deliver_next(now=NOW + timedelta(seconds=55))
    assert tries(made) == [(None, "worker_lost"), (200, ""), (200, "")]
    assert len({got.id for got in endpoints.received}) == 2


def _kill_in_mid_post(endpoints: Endpoints, now: datetime) -> None:
    code = _WORKER.format(
        name=connection.settings_dict["NAME"], pairs=settings.FETCH_ALLOW,
        key=settings.SECRET_KEY, now=now.isoformat(),
    )  # fmt: skip
    worker = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings"},
    )
    until = time.monotonic() + 20
    while not endpoints.server.requests and time.monotonic() < until:
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
