"""Measuring: interleaved rounds over the servers, in processor time of server and database."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import psycopg

from tests.bench.client import Answer, Ask
from tests.bench.processes import largest_pss
from tests.bench.servers import Server
from tests.bench.works import Work

# A server that answers fast is asked the same questions again, until it has worked this long.
_ENOUGH, _MOST_TURNS, _MOST_TRIES = 0.25, 20, 5
_LOOK = 1.0
_OK = {200, 201, 304}


@dataclass
class Cost:
    """What one work costs one server: seconds of processor time a request, one of each round."""

    seconds: list[float] = field(default_factory=list)
    queries: float | None = None
    database: float | None = None
    # What one request of W7 and W9 does a hundred thousand times, it does once elsewhere.
    share: float = 1.0

    @property
    def typical(self) -> float:
        """The middle one of the rounds."""
        return median(self.seconds)

    @property
    def spread(self) -> float:
        """Half the way from the cheapest to the dearest round, of the typical one."""
        return (max(self.seconds) - min(self.seconds)) / 2 / self.typical


class Unlike(RuntimeError):
    """A server answered something else than the others: what it costs would say nothing."""


class Round:
    """One server, one work, one turn."""

    def __init__(self, own: psycopg.Connection[Any]) -> None:
        """Sees the backends through a connection of its own."""
        self.own = own

    def spend(
        self,
        server: Server,
        asks: Sequence[Ask],
        anew: Callable[[int], Sequence[Ask]] | None = None,
    ) -> tuple[float, list[Answer]]:
        """The processor time that asking these costs, and the answers that it was spent on.

        Looked at every second: a backend that ended meanwhile (connections are kept for a minute)
        took its time along, and what was asked since the last look is left out. Where nothing is
        left, all is asked again: `anew` makes what cannot be asked twice.
        """
        for attempt in range(_MOST_TRIES):
            cost, answers = self._spend(server, anew(attempt) if attempt and anew else asks)
            if answers:
                return cost, answers
        raise Unlike(f"{server.name} does not keep its connections")

    def _spend(self, server: Server, asks: Sequence[Ask]) -> tuple[float, list[Answer]]:
        cost, at = 0.0, 0
        answers: list[Answer] = []
        while at < len(asks):
            before, begun, some = server.spent(self.own), time.monotonic(), []
            while at < len(asks) and time.monotonic() - begun < _LOOK:
                some += ask_all(server, asks[at : at + 1])
                at += 1
            after = server.spent(self.own)
            if before.keys() <= after.keys():
                cost += sum(after.values()) - sum(before.values())
                answers += some
        return cost, answers


def ask_all(server: Server, asks: Sequence[Ask]) -> list[Answer]:
    """Ask these, one after the other; every answer must be a good one."""
    answers = []
    for ask in asks:
        answer = server.client.ask(ask)
        if answer.status not in _OK:
            raise Unlike(f"{server.name}: {answer.status} to {ask.path}: {answer.body[:300]!r}")
        answers.append(answer)
    return answers


def offered(server: Server, work: Work) -> bool:
    """Whether the server does this work at all: a route that is not there yet is no failure."""
    asks = work.asks.get(server.name)
    return bool(asks) and server.client.ask(asks[0]).status != 404


def check_alike(servers: Sequence[Server], work: Work) -> None:
    """All servers answer all questions of a work with the same rows; raises Unlike."""
    told = {
        server.name: [
            work.alike(server.name, json.loads(answer.body))
            for answer in ask_all(server, work.asks[server.name])
        ]
        for server in servers
        if work.alike and work.asks.get(server.name)
    }
    first = next(iter(told), None)
    for name, rows in told.items():
        for place, (own, others) in enumerate(zip(rows, told[first or name], strict=True)):
            if own != others or not own:
                path = work.asks[name][place].path
                raise Unlike(f"{work.key}: {name} and {first} differ on {path}: {own} {others}")


def measure(
    own: psycopg.Connection[Any],
    servers: Sequence[Server],
    work: Work,
    *,
    rounds: int,
    renew: Callable[[int], Work] | None = None,
) -> dict[str, Cost]:
    """Cost of one work on each of these servers that does it.

    `renew` makes the work of each turn anew, where a question can be asked once only.
    """  # fmt: skip
    turn = Round(own)
    costs = {server.name: Cost() for server in servers}
    turns = dict.fromkeys(costs, 1)
    for server in servers:
        asks = work.asks[server.name]
        cost, _ = turn.spend(server, asks, _anew(renew, server, 0))
        if renew is None:
            turns[server.name] = min(max(math.ceil(_ENOUGH / max(cost, 1e-6)), 1), _MOST_TURNS)
    for number in range(rounds):
        now = renew(number + 1) if renew else work
        # Each begins a round in turn, so that none has the quiet moments to itself.
        for server in [*servers[number % len(servers) :], *servers[: number % len(servers)]]:
            asks = list(now.asks[server.name]) * turns[server.name]
            cost, answers = turn.spend(server, asks, _anew(renew, server, number + 1))
            costs[server.name].seconds.append(cost / len(answers))
    return costs


def _anew(
    renew: Callable[[int], Work] | None, server: Server, number: int
) -> Callable[[int], Sequence[Ask]] | None:
    if renew is None:
        return None
    return lambda attempt: renew(10_000 * attempt + number).asks[server.name]


class Queries:
    """Counts SQL statements, by the extension pg_stat_statements, while nothing is measured."""

    def __init__(self, own: psycopg.Connection[Any], name: str) -> None:
        """Of one database; none are counted until then, which would cost a little."""
        self.own, self.name = own, name
        self._track("none")

    def __enter__(self) -> Queries:
        """Begin to count."""
        self._track("top")
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self._track("none")

    def of(
        self, server: Server, asks: Sequence[Ask], *, first: Sequence[Ask] = ()
    ) -> tuple[float, float]:
        """SQL statements a request, and milliseconds of the database's own time.

        `first` is asked before, where no question can be asked twice.
        """
        ask_all(server, first or asks)  # Sessions take a new setting up between two commands.
        self.own.execute("SELECT pg_stat_statements_reset()")
        ask_all(server, asks)
        row = self.own.execute(
            "SELECT coalesce(sum(calls), 0)::float, coalesce(sum(total_exec_time), 0)"
            " FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid"
            " JOIN pg_roles r ON r.oid = s.userid"
            " WHERE d.datname = %s AND r.rolname = 'parley'",
            [self.name],
        ).fetchone()
        assert row is not None
        return row[0] / len(asks), row[1] / len(asks)

    def _track(self, which: str) -> None:
        self.own.execute(f"ALTER SYSTEM SET pg_stat_statements.track = '{which}'")
        self.own.execute("ALTER SYSTEM SET pg_stat_statements.track_utility = off")
        self.own.execute("SELECT pg_reload_conf()")
        time.sleep(0.2)


def memory(servers: Sequence[Server]) -> dict[str, float]:
    """Megabytes of each server's worker (PSS)."""
    return {server.name: largest_pss(server.process.pid) for server in servers}
