"""One load of W7, in a process of its own: `python -m tests.bench.load_once NAME LINES`."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.bench.processes import spent

LINES = int(os.environ.get("LINES_IN", "100000"))
_BATCH = 10_000


def _through_checks(lines: Path) -> int:
    """Read, check and draft all lines, in batches; returns how many."""
    import orjson
    from django.utils import timezone

    from negotiations import operations
    from negotiations.models import Officer

    by = operations.Actor(officer=Officer.objects.get(username="bench-drafter").pk)
    done, batch = 0, []
    with lines.open("rb") as file:
        for line in file:
            batch.append(orjson.loads(line))
            if len(batch) == _BATCH:
                done += len(_draft(by, timezone.now(), batch).ids)
                batch = []
    return done + (len(_draft(by, timezone.now(), batch).ids) if batch else 0)


def _draft(by: Any, now: datetime, lines: list[Any]) -> Any:
    from negotiations.operations.batches import draft_batch

    return draft_batch(by=by, now=now, lines=lines)


def _raw(lines: Path) -> int:
    """The same rows by COPY into the same tables with their indexes, read from finished text."""
    from django.db import connection

    connection.ensure_connection()
    own, texts = connection.connection, sorted(lines.parent.glob("raw-*.copy"))
    with own.transaction(), own.cursor() as cursor:
        for text in texts:
            head, _, body = text.read_text().partition("\n")
            with cursor.copy(f"COPY {head} FROM STDIN") as copy:
                copy.write(body)
    return LINES


def _prepare_raw(lines: Path) -> None:
    """The lines as COPY reads them, made before anything is measured."""
    from django.db import connection

    from tests.bench.raw import write_raw

    write_raw(connection, lines, count=LINES)


def main(name: str, lines: Path) -> None:
    """Load in this process; prints the processor time spent, and how many rows."""
    import django

    django.setup()
    from django.db import connection

    if name == "copy":
        _prepare_raw(lines)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    pids = [os.getpid(), backend]
    before = spent(pids)
    done = _raw(lines) if name == "copy" else _through_checks(lines)
    after = spent(pids)
    print(sum(after.values()) - sum(before.values()), done)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
