"""The commands of which `make run` consists; each runs alone as well, for other supervisors."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def prepare() -> list[str]:
    """Return the command that brings database, catalogues, static files and seeds up to date."""
    return [sys.executable, "-m", "tracker.run_prepare"]


def web(host: str, port: int) -> list[str]:
    """Return the command of the web server; WEB_WORKERS says with how many processes."""
    workers = os.environ.get("WEB_WORKERS", "2")
    return [sys.executable, "-m", "tracker.run_granian", host, str(port), workers]


def worker() -> list[str]:
    """Return the command of the worker, which does one job at a time."""
    return _celery("worker", "--concurrency", "1", "--without-gossip", "--without-mingle")


def dispatcher() -> list[str]:
    """Return the command of the worker that waits for nobody's page: releases, webhooks, letters.

    Its threads mostly wait themselves; each kind of work leaves the others some of them.
    """
    threads = ("--pool", "threads", "--concurrency", "24", "--queues", "dispatch")
    return _celery("worker", *threads, "--hostname", "dispatch@%h",
                   "--without-gossip", "--without-mingle")  # fmt: skip


def beat(schedule: Path) -> list[str]:
    """Return the command of the clock, which remembers in `schedule` what it did last."""
    return _celery("beat", "--schedule", str(schedule), "--pidfile=")


def _celery(part: str, *options: str) -> list[str]:
    # Celery warns at each start that it is root, which in a container is nothing unusual.
    quiet = ["-W", "ignore:You're running the worker with superuser privileges"]
    app = ["-m", "celery", "--quiet", "--app", "tracker.celery"]
    return [sys.executable, *quiet, *app, part, "--loglevel", "WARNING", *options]
