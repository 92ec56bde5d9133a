"""A request's id goes with what it wakes, into the log of the task."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from django.test import Client
from kombu import Connection
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

from negotiations.waking import wake

SEEN: list[dict[str, Any]] = []


@pytest.fixture(autouse=True)
def _no_request_of_another_test() -> Iterator[None]:
    clear_contextvars()
    SEEN.clear()
    yield
    clear_contextvars()


def _message(broker: str) -> Any:
    with Connection(broker) as connection:
        message = connection.SimpleQueue("celery").get(block=False)
        message.ack()
        return message


def test_a_message_names_the_request_that_sent_it(client: Client, settings: Any) -> None:
    settings.CELERY_BROKER_URL = f"memory://{uuid4().hex}"
    own = client.get("/vocabulary/")["X-Request-ID"]
    wake("negotiations.capture")
    assert _message(settings.CELERY_BROKER_URL).headers["request_id"] == own


def test_a_message_that_no_request_sent_names_none(settings: Any) -> None:
    settings.CELERY_BROKER_URL = f"memory://{uuid4().hex}"
    wake("negotiations.capture")
    assert "request_id" not in _message(settings.CELERY_BROKER_URL).headers


def _app(broker: str) -> Celery:
    app = Celery("tracing", broker=broker, set_as_current=False)
    app.conf.update(task_ignore_result=True, worker_hijack_root_logger=False)
    return app


def test_the_worker_names_request_and_task_and_forgets_them() -> None:
    """A real worker with real messages, on a broker in memory."""
    app, done = _app(f"memory://{uuid4().hex}"), threading.Semaphore(0)

    @app.task(name="tests.note", bind=True)
    def note(task: Any) -> None:
        SEEN.append({**get_contextvars(), "own": task.request.id})
        done.release()

    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=30):
        bind_contextvars(request_id="r-1")
        first = note.delay()
        clear_contextvars()
        second = note.delay()
        for _ in range(2):
            assert done.acquire(timeout=20)
    told = [
        {"request_id": "r-1", "task_id": first.id, "task": "tests.note", "own": first.id},
        {"task_id": second.id, "task": "tests.note", "own": second.id},
    ]
    assert told == SEEN


def test_what_runs_where_it_is_called_stays_within_the_request() -> None:
    app = _app("memory://")

    @app.task(name="tests.eager")
    def eager() -> None:
        SEEN.append(get_contextvars())

    bind_contextvars(request_id="r-2")
    task_id = eager.apply().id
    (seen,) = SEEN
    assert seen == {"request_id": "r-2", "task_id": task_id, "task": "tests.eager"}
    assert get_contextvars() == {"request_id": "r-2"}
