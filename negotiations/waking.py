"""Floor 0: waking a worker. The work is a row; a message that is lost costs half a minute."""

from __future__ import annotations

import logging
import threading
import time
from functools import cache
from typing import Any, Literal

from celery import Celery
from django.conf import settings
from kombu import Connection

log = logging.getLogger(__name__)
_PATIENCE = 1  # seconds
# By then the sweep has come.
_EXPIRES = 60
_BREATH = 0.05
_WANTED: set[str] = set()
_LOCK = threading.Lock()
_AWAKE = threading.Event()
Reach = Literal["reachable", "unreachable", "unknown"]


def wake(task: str) -> None:
    """Ask a worker to run a task now; never fails, for the sweep finds what no message started."""
    try:
        _sender(settings.CELERY_BROKER_URL).send_task(
            task, retry=False, ignore_result=True, expires=_EXPIRES
        )
    except Exception as error:  # whatever a transport raises, the row stays and the sweep comes
        log.info("nobody was woken for %s: %s", task, error)


def wake_soon(task: str) -> None:
    """The same from a thread of its own, for who cannot wait for the broker.

    What is asked for while it is at work, or soon after, is one message for all.
    """
    with _LOCK:
        _WANTED.add(task)
        if _AWAKE.is_set():
            return
        _AWAKE.set()
    threading.Thread(target=_wake_wanted, name="waking", daemon=True).start()


def _wake_wanted() -> None:
    while True:
        with _LOCK:
            tasks = sorted(_WANTED)
            _WANTED.clear()
            if not tasks:
                _AWAKE.clear()
                return
        for task in tasks:
            wake(task)
        time.sleep(_BREATH)


def reach_of(broker_url: str) -> Reach:
    """Whether a broker answers within a second."""
    if broker_url.startswith("memory:"):
        return "unknown"
    patience: dict[str, Any] = {"socket_connect_timeout": _PATIENCE, "socket_timeout": _PATIENCE}
    try:
        with Connection(broker_url, connect_timeout=1, transport_options=patience) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=1)
            _ = connection.default_channel  # made on first use; Redis is pinged then
    except Exception:  # whatever a transport raises, the answer is the same
        return "unreachable"
    return "reachable"


@cache
def _sender(broker_url: str) -> Celery:
    # An app of its own: the web has no need to know the project's, nor which one is current.
    sender = Celery("waking", broker=broker_url, set_as_current=False)
    sender.conf.update(
        task_routes=settings.CELERY_TASK_ROUTES,
        broker_connection_timeout=_PATIENCE,
        broker_connection_retry=False,
        broker_transport_options={
            "socket_connect_timeout": _PATIENCE,
            "socket_timeout": _PATIENCE,
            "max_retries": 1,
            "interval_start": 0,
        },
    )
    return sender
