"""Waking a worker: a message where there is a broker, and silence where there is none."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from queue import Empty
from typing import Any

from kombu import Connection

from negotiations.waking import wake, wake_soon


def test_a_message_waits_for_the_worker(settings: Any) -> None:
    settings.CELERY_BROKER_URL = "memory://wake-a-worker"
    wake("negotiations.capture")
    with Connection("memory://wake-a-worker") as broker:
        message = broker.SimpleQueue("celery").get(block=False)
    assert message.headers["task"] == "negotiations.capture"
    message.ack()


def test_a_broker_that_is_away_stops_nobody(settings: Any) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    began = time.monotonic()
    wake("negotiations.capture")
    assert time.monotonic() - began < 1.5


def test_many_asked_together_are_one_message_each_from_a_thread(settings: Any) -> None:
    settings.CELERY_BROKER_URL = "memory://wake-soon"
    for _ in range(3):
        wake_soon("negotiations.tell")
    for thread in threading.enumerate():
        if thread.name == "waking":
            thread.join(5)
    with Connection("memory://wake-soon") as broker:
        queue = broker.SimpleQueue("dispatch")
        sent = 0
        with suppress(Empty):
            while True:
                queue.get(block=False).ack()
                sent += 1
    assert 1 <= sent <= 3
