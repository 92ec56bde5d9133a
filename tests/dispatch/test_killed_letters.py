"""A sender of letters that is killed in mid-conversation: the letter arrives, recognisably one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from negotiations.dispatch import mailing
from negotiations.models import Letter
from negotiations.operations.leases import LEASE
from tests.dispatch.postbox import Postbox, postbox
from tests.operations.desk import NOW, Desk, open_desk
from tests.operations.subscribing import reader
from tests.standing import lasting

__all__ = ["postbox"]
_WORKER = """
import django; django.setup()
from datetime import datetime
from django.conf import settings
from negotiations.dispatch import mailing
settings.DATABASES["default"]["NAME"], settings.SECRET_KEY = {name!r}, {key!r}
mailing.send_next(now=datetime.fromisoformat({now!r}))
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


@pytest.mark.drill
@pytest.mark.parametrize("taken", [False, True])
def test_a_killed_sender_loses_no_letter(desk: Desk, postbox: Postbox, taken: bool) -> None:
    """Before the server took it, it arrives once; after that twice, under one Message-ID."""
    mailing.write_letters(now=NOW)
    reader()
    desk.published("status_change")
    mailing.write_letters(now=NOW)
    postbox.thinks, postbox.dawdles = (0, 60) if taken else (60, 0)
    _kill(postbox.port, lambda: bool(postbox.mails) if taken else postbox.asked.is_set())
    assert len(postbox.mails) == taken
    postbox.thinks = postbox.dawdles = 0
    assert mailing.send_next(now=NOW + LEASE - timedelta(seconds=1)) is False
    assert mailing.send_next(now=NOW + LEASE) is True
    assert mailing.send_next(now=NOW + 2 * LEASE) is False
    row = Letter.objects.get()
    assert row.sent_at is not None
    names = [letter["Message-ID"] for letter in postbox.mails]
    assert names == [f"<{row.key.hex}@localhost>"] * (1 + taken)


def _kill(port: int, when: Callable[[], bool]) -> None:
    script = _WORKER.format(
        name=connection.settings_dict["NAME"], now=NOW.isoformat(), key=settings.SECRET_KEY
    )
    root = Path(__file__).parents[2]
    around = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}?tls=0", "PORT": "8000"}
    worker = subprocess.Popen(
        [sys.executable, "-c", script], cwd=root, env={**around, "PYTHONPATH": str(root)}
    )
    by = time.monotonic() + 20
    while not when() and time.monotonic() < by:
        time.sleep(0.01)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
