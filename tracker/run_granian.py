"""The web server: `python -m tracker.run_granian HOST PORT WORKERS`.

Each process has threads to spare for the readers who wait for news; `tracker.turns` sees that no
more are at work than before. The server's own command would warn of so many at each start.

The program is read once, before the processes part: they share its memory, and one that took the
place of a dead one answers at once.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import sys
from pathlib import Path

import django
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from negotiations import typesetting
from tracker.environ import waiters
from tracker.local_place import data_folder
from tracker.turns import READERS


def preload() -> None:
    """Read the program and what is derived from it alone; nothing that a process has for itself."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    # Nearly all of it stays: to look for what does not would take a tenth of the time (190 ms of
    # 1.7 s) and free half a megabyte.
    gc.disable()
    django.setup()
    # Here, where there are settings.
    from django.urls import get_resolver

    from negotiations.api.schema import representation
    from negotiations.pages.page import release

    _ = get_resolver().url_patterns
    representation(), release()
    connections.close_all()
    # What is there now stays: the collector would write to every page of it, and part it.
    gc.freeze()
    gc.enable()


def share_counts(port: int) -> None:
    """Give the processes of this server a folder to count in together, empty at its start.

    Before anything is read that counts: what counts looks for the folder then.
    """
    named = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    folder = Path(named) if named else data_folder(os.environ) / "metrics" / str(port)
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("*.db"):
        left.unlink()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def is_news(record: logging.LogRecord) -> bool:
    """Whether a line of the server is worth telling: threads that wait are no load."""
    return "Python threads, which seems quite high" not in record.getMessage()


def main(host: str, port: int, workers: int) -> None:
    """Serve until asked to end."""
    share_counts(port)
    preload()
    multiprocessing.set_start_method("fork")
    server = Granian(
        "tracker.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=workers,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        blocking_threads=READERS + waiters() + typesetting.PLACES,
        log_level=LogLevels.warning,
    )
    logging.getLogger("_granian").addFilter(is_news)
    server.serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
