"""How often somebody may ask, counted together by all processes of all nodes.

Windows are fixed: with `600/min` a new allowance of 600 begins with every minute of the clock. Its
edge: who asks late in one window and early in the next is answered up to twice the quota within
one window's length; never more, and never more than the quota between two edges.

Asking the shared counter costs more than most answers do. So a process takes a handful of a
client's allowance at once, a lease, and spends it from memory: the counter gives out no unit
twice, so all processes together never exceed the quota. Leases grow with how much a client asks
and shrink towards the end of the allowance, where they are single units; what a process took and
did not spend is lost to the client until the window ends.
"""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from dataclasses import dataclass
from math import ceil
from threading import Lock
from typing import Protocol

from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as OutOfReach
from redis.exceptions import NoScriptError, RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)
_SECONDS = {"s": 1, "min": 60, "h": 3600}
# How long an answer waits for the counter, and how long nobody asks it after it failed.
_PATIENCE, _PAUSE = 0.1, 5.0
# A lease is a hundredth of the quota at first, then doubles up to a twentieth.
_FIRST, _LARGEST = 100, 20
# Clients that one process remembers, and how long their keys outlive a window (clocks differ).
_MOST = 4096
_GRACE = 60
_ADD = (
    "local n = redis.call('INCRBY', KEYS[1], ARGV[1]) "
    "if n == tonumber(ARGV[1]) then redis.call('EXPIRE', KEYS[1], ARGV[2]) end "
    "return n"
)
_DIGEST = hashlib.sha1(_ADD.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Policy:
    """So many requests (`quota`) in a window of so many seconds."""

    name: str
    quota: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """What became of one request: `granted` or not, what remains, seconds until the next window.

    `remaining` is as far as this process knows: others may have taken more since it last asked.
    """

    policy: Policy
    granted: bool
    remaining: int
    reset: int


def read_policy(name: str, text: str) -> Policy | None:
    """`600/min` (or `/s`, `/h`) as a policy of this name; None for `0`, no limit; ValueError."""
    if text.strip() in ("", "0"):
        return None
    quota, _, unit = text.strip().partition("/")
    if unit not in _SECONDS or not (quota.isascii() and quota.isdecimal() and int(quota)):
        raise ValueError(f"a limit is written 600/min, 10/s, 5000/h or 0, not {text!r}")
    return Policy(name=name, quota=int(quota), seconds=_SECONDS[unit])


class Counter(Protocol):
    """What all processes count with."""

    def add(self, key: str, units: int, *, seconds: int) -> int:
        """The sum under this key with `units` more; it may be forgotten after `seconds`.

        RedisError where it is out of reach.
        """


class SharedCounter:
    """Counts in Valkey or Redis, in one round trip that is not waited for longer than 0.1 s."""

    def __init__(self, url: str) -> None:
        """Connect at first use, once per thread that asks at the same time."""
        once = Retry(NoBackoff(), 0)
        self._pool = ConnectionPool.from_url(
            url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE, retry=once
        )

    def add(self, key: str, units: int, *, seconds: int) -> int:
        """See Counter."""
        told = (1, key, units, seconds)
        try:
            return self._ask("EVALSHA", _DIGEST, *told)
        except NoScriptError:
            return self._ask("EVAL", _ADD, *told)
        except OutOfReach:
            # A connection that the server has closed meanwhile is opened anew, once.
            return self._ask("EVAL", _ADD, *told)

    def _ask(self, *command: str | int) -> int:
        # A client of the package costs twice what its connection does.
        connection = self._pool.get_connection()
        try:
            connection.send_command(*command)
            return int(connection.read_response())
        finally:
            self._pool.release(connection)


@dataclass(slots=True)
class _Lease:
    """What is left to spend here, what the counter has left to give, and how much to ask for."""

    left: int
    open: int
    size: int
    ends: float


class Leases:
    """The allowances of the clients of one process, for any number of threads."""

    def __init__(self, counter: Counter | None, *, most: int = _MOST) -> None:
        """Take leases from `counter`; without one this process counts for itself."""
        self._counter, self._most = counter, most
        self._held: OrderedDict[tuple[str, str, int], _Lease] = OrderedDict()
        self._lock = Lock()
        self._resumes = 0.0

    def __len__(self) -> int:
        """How many leases are held."""
        return len(self._held)

    def spend(self, policy: Policy, who: str, *, now: float) -> Allowance | None:
        """Count one request of `who` at `now` (seconds since 1970).

        None while the counter is out of reach: then nobody is refused.
        """
        number = int(now // policy.seconds)
        key = (policy.name, who, number)
        ends = (number + 1) * policy.seconds
        with self._lock:
            lease = self._held.get(key)
            if lease is not None and (lease.left or not lease.open):
                self._held.move_to_end(key)
                return _spent(lease, policy, now)
            size = min(lease.size * 2, policy.quota // _LARGEST) if lease else 0
            size = max(size, policy.quota // _FIRST, 1)
            size = max(1, min(size, lease.open // 8)) if lease else size
        given = self._take(policy, key, size, now=now)
        if given is None:
            return None
        granted, still_open = given
        with self._lock:
            lease = self._held.setdefault(key, _Lease(0, policy.quota, size, ends))
            lease.left, lease.size = lease.left + granted, size
            lease.open = min(lease.open, still_open)
            self._held.move_to_end(key)
            self._forget(now)
            return _spent(lease, policy, now)

    def _take(
        self, policy: Policy, key: tuple[str, str, int], size: int, *, now: float
    ) -> tuple[int, int] | None:
        """How many units were granted, and how many there are still; None out of reach."""
        if self._counter is None:
            return policy.quota, 0
        if now < self._resumes:
            return None
        try:
            name = "parley:rate:{}:{}:{}".format(*key)
            total = self._counter.add(name, size, seconds=policy.seconds + _GRACE)
        except (RedisError, OSError) as error:
            with self._lock:
                fresh, self._resumes = not self._resumes, now + _PAUSE
            if fresh:
                log.warning("requests are not counted, the counter is out of reach: %s", error)
            return None
        if self._resumes:
            self._resumes = 0.0
            log.warning("requests are counted again")
        return max(0, size - max(0, total - policy.quota)), max(0, policy.quota - total)

    def _forget(self, now: float) -> None:
        """Drop what is over, and the longest unused beyond the bound."""
        while self._held:
            oldest = next(iter(self._held.values()))
            if oldest.ends > now and len(self._held) <= self._most:
                return
            self._held.popitem(last=False)


def _spent(lease: _Lease, policy: Policy, now: float) -> Allowance:
    granted = lease.left > 0
    if granted:
        lease.left -= 1
    return Allowance(policy, granted, lease.left + lease.open, max(1, ceil(lease.ends - now)))
