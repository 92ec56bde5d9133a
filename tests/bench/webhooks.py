"""`python -m tests.bench.webhooks`: how fast webhooks go out, with real processes.

Prints the seconds in which 1,000 events reach five well endpoints while five sick ones (two hang,
three answer 500) want them, too, and how long one publication takes to arrive when all is quiet.
EVENTS, IDLE (publications of the second part) and PARLEY_DATA come from the environment.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.databases import Bench
from tests.bench.processes import cpu_seconds
from tracker.run_commands import beat, dispatcher

NAME = "bench_webhooks"
WELL, HANG, FAIL = 5, 2, 3
EVENTS = int(os.environ.get("EVENTS", "1000"))
IDLE = int(os.environ.get("IDLE", "200"))


def main() -> None:
    """Measure and print."""
    bench = Bench()
    bench.drop(NAME)
    bench.create(NAME)
    with ExitStack() as stack:
        stack.callback(bench.drop, NAME)
        port = _free_port()
        os.environ.update(
            DATABASE_URL=bench.url(NAME), BROKER_URL=bench.broker, SECRET_KEY="bench",
            FETCH_ALLOW=f"127.0.0.1:{port}", DJANGO_SETTINGS_MODULE="tracker.settings",
        )  # fmt: skip
        _migrate()
        _start(stack, [sys.executable, "-m", "tests.bench.endpoints", str(port)])
        _measure(stack, port)


def _measure(stack: ExitStack, port: int) -> None:
    from negotiations import operations

    desk = _desk(port)
    began = time.monotonic()
    for number in range(EVENTS):
        desk.act(operations.check_track, now=_now(), track=_track(number))
    print(f"{EVENTS} acts written in {time.monotonic() - began:.1f} s", flush=True)
    began = time.monotonic()
    worker = _start(stack, dispatcher())
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    _start(stack, beat(Path(folder) / "schedule"))
    wanted = WELL * EVENTS
    while (have := sum(map(len, _seen(port).values()))) < wanted:
        if time.monotonic() - began > 300:
            sys.exit(f"only {have} of {wanted} came in 300 s")
        time.sleep(0.5)
    last = max(max(times.values()) for times in _seen(port).values())
    print(
        f"{EVENTS} events reached {WELL} well endpoints of {WELL + HANG + FAIL} in "
        f"{last - began:.1f} s, of which the worker's start is a part; "
        f"it took {cpu_seconds(worker.pid):.1f} s of processor time"
    )
    _idle(desk, port)


def _idle(desk: Any, port: int) -> None:
    from negotiations import operations
    from negotiations.models import LedgerEntry

    sent: dict[int, float] = {}
    for number in range(IDLE):
        time.sleep(0.2)
        begun = time.monotonic()
        receipt = desk.act(operations.check_track, now=_now(), track=_track(number))
        sent[receipt.number] = begun
    time.sleep(5)
    hashes = dict(LedgerEntry.objects.filter(number__in=sent).values_list("number", "hash"))
    ids = {f"msg_{number}_{hashes[number][:16]}": at for number, at in sent.items()}
    took = sorted(
        times[id] - at for times in _seen(port).values() for id, at in ids.items() if id in times
    )
    lost = WELL * IDLE - len(took)
    p99 = took[int(len(took) * 0.99) - 1]
    print(
        f"from the act to its arrival, idle: p50 {statistics.median(took) * 1000:.0f} ms, "
        f"p99 {p99 * 1000:.0f} ms, longest {took[-1] * 1000:.0f} ms; {lost} did not come"
    )


def _desk(port: int) -> Any:
    from negotiations.operations import webhooks
    from negotiations.operations.events import fan_out
    from tests.operations.desk import open_desk

    desk = open_desk()
    pairs = frozenset({("127.0.0.1", port)})
    kinds = ["well"] * WELL + ["hang"] * HANG + ["fail"] * FAIL
    for number, kind in enumerate(kinds):
        webhooks.subscribe(
            by=desk.drafter, now=_now(), name=f"{kind} {number}", secret=webhooks.new_secret(),
            url=f"http://127.0.0.1:{port}/{kind}/{number}", allow=pairs,
        )  # fmt: skip
    fan_out(now=_now(), render=lambda _numbers, _now: {})
    return desk


def _track(number: int) -> str:
    return ("talks/security", "talks/trade")[number % 2]


def _now() -> datetime:
    return datetime.now(UTC)


def _seen(port: int) -> dict[str, dict[str, float]]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/seen", timeout=10) as answer:
        told: dict[str, dict[str, float]] = json.load(answer)
        return told


def _migrate() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _start(stack: ExitStack, command: list[str]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command, env={**os.environ})
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
