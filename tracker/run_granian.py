"""The web server: `python -m tracker.run_granian HOST PORT WORKERS`.

Each process has threads to spare for the readers who wait for news; `tracker.turns` sees that they
are no more at work than before. The server's own command would warn of so many at each start.
"""

from __future__ import annotations

import logging
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tracker.environ import waiters
from tracker.turns import READERS


def is_news(record: logging.LogRecord) -> bool:
    """Whether a line of the server is worth telling: threads that wait are no load."""
    return "Python threads, which seems quite high" not in record.getMessage()


def main(host: str, port: int, workers: int) -> None:
    """Serve until asked to end."""
    server = Granian(
        "tracker.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=workers,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        blocking_threads=READERS + waiters(),
        log_level=LogLevels.warning,
    )
    logging.getLogger("_granian").addFilter(is_news)
    server.serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
