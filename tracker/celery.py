"""The Celery application "parley"; its settings are the CELERY_… names of the Django settings."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("parley")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
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
