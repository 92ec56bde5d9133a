"""A worker's signs of life: at its beginning, from time to time, none after its end."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import InterfaceError, connection
from django.utils import timezone

from negotiations.models import Heartbeat
from negotiations.queries.heartbeats import heard
from tracker.celery import app
from tracker.signs import OFTEN, SignOfLife


class _Timer:
    def __init__(self) -> None:
        self.asked: list[tuple[float, Any]] = []
        self.cancelled = 0

    def call_repeatedly(self, seconds: float, what: Any, **_: Any) -> Any:
        self.asked.append((seconds, what))
        return self

    def cancel(self) -> None:
        self.cancelled += 1


class _Worker:
    hostname = "celery@box"

    def __init__(self) -> None:
        self.timer = _Timer()


@pytest.fixture(autouse=True)
def _staying_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.mark.django_db
def test_a_worker_is_heard_of_from_its_beginning_to_its_end() -> None:
    worker = _Worker()
    step = SignOfLife(worker)
    step.start(worker)
    assert heard(now=timezone.now()).workers == 1
    (seconds, say), *more = worker.timer.asked
    assert (seconds, more) == (OFTEN, [])
    first = Heartbeat.objects.get()
    say()
    assert Heartbeat.objects.get().at > first.at
    assert first.name.startswith("celery@box:")
    step.stop(worker)
    assert (heard(now=timezone.now()).workers, worker.timer.cancelled) == (0, 1)


def test_a_database_that_is_away_stops_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: Any) -> None:
        raise InterfaceError("gone")

    monkeypatch.setattr("negotiations.operations.heartbeats.note_life", fail)
    monkeypatch.setattr("negotiations.operations.heartbeats.note_end", fail)
    worker = _Worker()
    step = SignOfLife(worker)
    step.start(worker)
    step.stop(worker)


def test_every_worker_of_this_project_gives_them() -> None:
    assert SignOfLife in app.steps["worker"]
