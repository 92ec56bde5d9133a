"""The Celery application "parley"; its settings are the CELERY_… names of the Django settings."""

from __future__ import annotations

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

import tracker.tracing  # noqa: F401 (names request and task in the log by being read)
from tracker.signs import SignOfLife

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
# Work takes longer than a page may: what is hashed anew, a lock that another worker holds.
os.environ.setdefault("DATABASE_LIMITS", "0")

app = Celery("parley")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(SignOfLife)
app.conf.update(
    broker_connection_retry_on_startup=True,
    # A message is only a wake-up (the job is a row), so each worker takes no more than it works on
    # …
    worker_prefetch_multiplier=1,
    # … and what a killed worker held comes back after a minute; the defaults would take 100 s more.
    broker_transport_options={
        "visibility_timeout": 60,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    },
)


@setup_logging.connect(weak=False)
def _log_as_the_web_does(**_: Any) -> None:
    """In place of Celery's own form; LOG_LEVEL says which lines."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)
