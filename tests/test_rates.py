"""Allowances: never exceeded by all processes together, spent from leases, open in an outage."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.conf import settings
from redis import Redis
from redis.exceptions import ConnectionError as OutOfReach

from negotiations.rates import Allowance, Leases, Policy, SharedCounter, read_policy

NOON = 1_764_158_400.0  # 2025-11-26T12:00:00Z
MINUTE = Policy("test", 100, 60)


class Counting:
    """A counter in memory that knows how often it was asked; out of reach while `broken`."""

    def __init__(self) -> None:
        self.sums: dict[str, int] = {}
        self.calls: list[int] = []
        self.broken = False

    def add(self, key: str, units: int, *, seconds: int) -> int:
        """As negotiations.rates.Counter says."""
        assert seconds == 120
        self.calls.append(units)
        if self.broken:
            raise OutOfReach("nobody there")
        self.sums[key] = self.sums.get(key, 0) + units
        return self.sums[key]


def _spend(leases: Leases, times: int, *, who: str = "a", now: float = NOON) -> list[bool]:
    told = [leases.spend(MINUTE, who, now=now) for _ in range(times)]
    return [one is None or one.granted for one in told]


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("600/min", Policy("p", 600, 60)),
        ("10/s", Policy("p", 10, 1)),
        (" 5000/h ", Policy("p", 5000, 3600)),
        ("0", None),
        ("", None),
    ],
)
def test_a_limit_is_read(text: str, policy: Policy | None) -> None:
    assert read_policy("p", text) == policy


@pytest.mark.parametrize("text", ["600", "600/day", "many/min", "-1/s", "0/min", "１０/s", "1.5/s"])
def test_a_limit_that_cannot_be_read_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="a limit is written"):
        read_policy("p", text)


def test_what_remains_is_told() -> None:
    leases = Leases(Counting())
    told = [leases.spend(MINUTE, "a", now=NOON + 17.5) for _ in range(101)]
    assert told[0] == Allowance(MINUTE, True, 99, 43)
    assert [one.remaining for one in told if one] == [*range(99, -1, -1), 0]
    assert told[-1] == Allowance(MINUTE, False, 0, 43)


def test_the_next_window_brings_a_new_allowance() -> None:
    leases = Leases(Counting())
    assert _spend(leases, 101) == [True] * 100 + [False]
    assert _spend(leases, 1, now=NOON + 59.999) == [False]
    assert _spend(leases, 101, now=NOON + 60) == [True] * 100 + [False]


def test_each_client_and_each_policy_has_its_own() -> None:
    leases = Leases(Counting())
    other = Policy("other", 1, 60)
    assert _spend(leases, 101)[-1] is False
    assert _spend(leases, 1, who="b") == [True]
    told = leases.spend(other, "a", now=NOON)
    assert told == Allowance(other, True, 0, 60)


def test_leases_save_the_way_to_the_counter_and_end_in_single_units() -> None:
    counter = Counting()
    leases = Leases(counter)
    _spend(leases, 200)
    assert sum(counter.calls) == 100
    assert counter.calls[:4] == [1, 2, 4, 5]
    assert counter.calls[-8:] == [1] * 8
    assert len(counter.calls) < 45


def test_who_is_refused_is_refused_without_asking() -> None:
    counter = Counting()
    leases = Leases(counter)
    _spend(leases, 100)
    asked = len(counter.calls)
    assert _spend(leases, 50) == [False] * 50
    assert len(counter.calls) == asked


def test_what_another_process_took_is_not_given_again() -> None:
    counter = Counting()
    one, two = Leases(counter), Leases(counter)
    granted = [one.spend(MINUTE, "a", now=NOON), two.spend(MINUTE, "a", now=NOON)]
    for _ in range(200):
        granted += [one.spend(MINUTE, "a", now=NOON), two.spend(MINUTE, "a", now=NOON)]
    assert sum(told.granted for told in granted if told) == 100


def test_the_memory_is_bounded_and_forgets_what_is_over() -> None:
    leases = Leases(Counting(), most=10)
    for n in range(25):
        _spend(leases, 1, who=str(n))
    assert len(leases) == 10
    _spend(leases, 1, who="later", now=NOON + 60)
    assert len(leases) == 1


def test_without_a_counter_a_process_counts_for_itself() -> None:
    assert _spend(Leases(None), 101) == [True] * 100 + [False]


def test_nobody_is_refused_while_the_counter_is_out_of_reach(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Told once, and asked again only after a pause; afterwards requests count again."""
    counter = Counting()
    counter.broken = True
    leases = Leases(counter)
    with caplog.at_level(logging.WARNING, "negotiations.rates"):
        assert [leases.spend(MINUTE, "a", now=NOON) for _ in range(3)] == [None] * 3
        assert len(counter.calls) == 1
        assert leases.spend(MINUTE, "a", now=NOON + 5) is None
        assert len(counter.calls) == 2
        counter.broken = False
        assert leases.spend(MINUTE, "a", now=NOON + 10) == Allowance(MINUTE, True, 99, 50)
    told = [record.getMessage() for record in caplog.records]
    assert told == [
        "requests are not counted, the counter is out of reach: nobody there",
        "requests are counted again",
    ]


def test_threads_together_never_exceed_the_quota() -> None:
    leases = Leases(SharedCounter(settings.RATE_STORE))
    who, granted = uuid4().hex, []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        granted.extend(_spend(leases, 30, who=who))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(granted), sum(granted)) == (240, 100)


_ASKING = """
import sys
from negotiations.rates import Leases, Policy, SharedCounter
leases = Leases(SharedCounter(sys.argv[1]))
policy = Policy("test", 100, 60)
sys.stdin.readline()
told = [leases.spend(policy, sys.argv[2], now=float(sys.argv[3])) for _ in range(150)]
print(sum(one.granted for one in told))
"""


def test_two_processes_share_one_allowance() -> None:
    """Each asks more often than the quota is; together they are granted exactly the quota."""
    command = [sys.executable, "-c", _ASKING, settings.RATE_STORE, uuid4().hex, str(NOON)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, cwd=settings.BASE_DIR, **pipes) for _ in range(2)]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    counts = [int(process.communicate(timeout=60)[0]) for process in processes]
    assert sum(counts) == 100


@contextmanager
def _reaching() -> Iterator[Redis]:
    with Redis.from_url(settings.RATE_STORE) as reached:
        yield reached


def test_the_shared_counter_is_forgotten_after_its_time() -> None:
    """Also where the server has forgotten the script."""
    key = f"parley:rate:test:{uuid4().hex}:1"
    counter = SharedCounter(settings.RATE_STORE)
    with _reaching() as store:
        store.script_flush()
        assert [counter.add(key, 3, seconds=90), counter.add(key, 2, seconds=90)] == [3, 5]
        assert 80 < store.ttl(key) <= 90


def test_a_connection_that_was_cut_is_opened_anew() -> None:
    name, key = uuid4().hex, f"parley:rate:test:{uuid4().hex}:1"
    counter = SharedCounter(f"{settings.RATE_STORE}?client_name={name}")
    counter.add(key, 1, seconds=60)
    with _reaching() as store:
        (own,) = [one for one in store.client_list() if one["name"] == name]
        store.client_kill_filter(_id=own["id"])
    assert counter.add(key, 1, seconds=60) == 2


def test_a_counter_that_is_not_there_refuses_nobody() -> None:
    leases = Leases(SharedCounter("redis://127.0.0.1:1/0"))
    assert leases.spend(MINUTE, "a", now=NOON) is None
