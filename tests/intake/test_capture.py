"""A worker's part of a capture, with a real server and a real child process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from negotiations.intake.capture import capture_next
from negotiations.models import Capture
from tests import factories as make
from tests.intake.pages import ARTICLE, TEXT
from tests.intake.reading_here import read_here
from tests.intake.wires import NOW, db
from tests.loopback import Loopback, reply

__all__ = ["db", "read_here"]


def _ask(url: str) -> int:
    officer = make.OfficerFactory()
    return Capture.objects.create(url=url, asked_by=officer, asked_at=NOW, due_at=NOW).pk


def _row(id: int, *names: str) -> tuple[Any, ...]:
    return Capture.objects.values_list(*names).get(pk=id)


@pytest.mark.django_db
def test_a_page_is_fetched_and_read_and_kept(server: Loopback) -> None:
    server.answers["/a"] = reply(status="302 Found", head="Location: /b?utm_source=x\r\n")
    server.answers["/b?utm_source=x"] = reply(ARTICLE.encode())
    asked = _ask(server.url("/a"))
    assert capture_next(now=NOW) is True
    assert _row(
        asked, "state", "final_url", "text", "title", "publisher_name", "published_on", "language"
    ) == (
        "done", server.url("/view/AKR20251001"), TEXT, "정부, 무제한 통화스와프 요구", "연합뉴스",
        "2025-10-01", "ko",
    )  # fmt: skip
    (captured_at,) = _row(asked, "captured_at")
    assert NOW <= captured_at < NOW + timedelta(seconds=30)
    assert capture_next(now=NOW) is False


@pytest.mark.django_db
@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize(
    "canonical", ["https://elsewhere.example/a", "/", "mailto:a@b", "http://["]
)
def test_a_page_speaks_for_its_own_host_only(server: Loopback, canonical: str) -> None:
    server.answers["/b"] = reply(ARTICLE.replace("/view/AKR20251001", canonical).encode())
    asked = _ask(server.url("/b"))
    capture_next(now=NOW)
    assert _row(asked, "state", "final_url") == ("done", server.url("/b"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "state", "refusal"),
    [
        (reply(status="404 Not Found"), "failed", "fetch_failed"),
        (reply(status="503 Later"), "waiting", "fetch_failed"),
        (reply(b"x", kind="application/pdf"), "failed", "not_a_document"),
        (reply(b""), "failed", "unreadable_document"),
        (b"", "waiting", "connection_failed"),
    ],
)
def test_what_goes_wrong_is_kept_in_words(
    server: Loopback, answer: bytes, state: str, refusal: str
) -> None:
    server.answers["/"] = answer
    asked = _ask(server.url())
    assert capture_next(now=NOW) is True
    assert _row(asked, "state", "refusal", "text") == (state, refusal, "")


@pytest.mark.django_db
def test_this_machine_is_not_captured_unless_it_is_allowed(server: Loopback, settings: Any) -> None:
    settings.FETCH_ALLOW = []
    asked = _ask(server.url())
    capture_next(now=NOW)
    assert _row(asked, "refusal") == ("address_forbidden",)
    assert server.requests == []


@pytest.mark.usefixtures("db")
def test_no_transaction_is_open_while_a_page_is_fetched(server: Loopback) -> None:
    states: list[tuple[Any, ...]] = []

    def answer(peer: Any) -> None:
        # On a connection of its own: what the worker has committed by now.
        with connection.cursor() as cursor:
            cursor.execute("SELECT state FROM negotiations_capture")
            states.extend(cursor.fetchall())
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in tr%%'"
                           " AND datname = current_database()")  # fmt: skip
            states.extend(cursor.fetchall())
        connection.close()
        peer.sendall(reply(ARTICLE.encode()))

    server.answers["/"] = answer
    _ask(server.url())
    capture_next(now=NOW)
    assert states == [("running",), (0,)]


_WORKER = """
import django; django.setup()
from datetime import datetime, UTC
from django.conf import settings
from negotiations.intake.capture import capture_next
settings.DATABASES["default"]["NAME"] = {name!r}
settings.FETCH_ALLOW = [{pair!r}]
capture_next(now=datetime(2025, 10, 14, 3, tzinfo=UTC))
"""


@pytest.mark.drill
@pytest.mark.usefixtures("db")
def test_a_killed_worker_loses_nothing_but_time(server: Loopback) -> None:
    server.answers["/"] = lambda _: server.ended.wait(20)
    asked = _ask(server.url())
    code = _WORKER.format(name=connection.settings_dict["NAME"], pair=f"127.0.0.1:{server.port}")
    worker = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings"},
    )
    until = time.monotonic() + 20
    while not server.requests and time.monotonic() < until:
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert _row(asked, "state", "turn") == ("running", 1)
    server.answers["/"] = reply(ARTICLE.encode())
    assert capture_next(now=NOW + timedelta(seconds=59)) is False
    assert capture_next(now=NOW + timedelta(seconds=60)) is True
    assert _row(asked, "state", "turn", "text") == ("done", 2, TEXT)
