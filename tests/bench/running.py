"""One run: servers on one record, the works over them, and what was found."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.bench.client import Ask
from tests.bench.copies import copy_to_sqlite, describe_to_datasette, prepare
from tests.bench.databases import Bench, ensure, stamp
from tests.bench.loads import export_costs, load_costs
from tests.bench.measure import (
    Cost,
    Queries,
    Unlike,
    ask_all,
    check_alike,
    measure,
    memory,
    offered,
)
from tests.bench.servers import DELIVERED, Place, Server, start
from tests.bench.works import API, NEGOTIATION, Work, Works
from tracker.local_place import CHECKOUT, data_folder

WORKS = ("W1", "W2", "W3", "W3-rare", "W3-korean", "W4", "W5-json", "W5-html", "W5-feed", "W6",
         "W7", "W8", "W9")  # fmt: skip


@dataclass
class Found:
    """What a run found on one record: costs by work and server, and facts of the servers."""

    size: str
    costs: dict[str, dict[str, Cost]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    first_answer: dict[str, float] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    # Works that no figure can be told of, since a server answered wrongly.
    failed: dict[str, str] = field(default_factory=dict)


def run(
    bench: Bench,
    size: str,
    *,
    works: Sequence[str],
    peers: Sequence[str],
    rounds: int,
    count: int,
    say: Callable[[str], None],
) -> Found:
    """Measure these works on the record of that size, side by side on these servers."""
    name, found = ensure(bench, size), Found(size)
    with _place(bench, name, peers) as place, bench.connect(name) as own:
        _bring_up_to_date(place)
        clear(own)
        servers = []
        try:
            for peer in peers:
                server = start(peer, place)
                if server is None:
                    found.skipped[peer] = "absent"
                else:
                    servers.append(server)
                    found.first_answer[peer] = server.first_answer
            run = _Run(own, place, servers, found, rounds=rounds, count=count, say=say)
            run.all(works)
            found.memory = memory(servers)
            run.as_delivered()
        finally:
            for server in servers:
                server.stop()
            clear(own)
    return found


class _Run:
    def __init__(
        self,
        own: psycopg.Connection[Any],
        place: Place,
        servers: list[Server],
        found: Found,
        *,
        rounds: int,
        count: int,
        say: Callable[[str], None],
    ) -> None:
        self.own, self.place, self.servers, self.found = own, place, servers, found
        self.rounds, self.say = rounds, say
        self.works = Works(own, place.name, count=count)  # fmt: skip

    def all(self, wanted: Sequence[str]) -> None:
        for key in wanted:
            self.say(f"  {self.found.size} {key}")
            try:
                self._one(key)
            except Unlike as error:
                self.found.failed[key] = str(error)
            else:
                if not self.found.costs.get(key):
                    self.found.skipped[key] = "no such route yet"

    def as_delivered(self) -> None:
        """Start the product as its users do, the middle one of three times, and use it a while."""
        begun = []
        for turn in range(3):
            server = start(DELIVERED, self.place)
            if server is None:
                return
            begun.append(server.first_answer)
            try:
                if turn == 0:
                    own = self.works
                    for work in (own.newest(), own.page(), own.search("W3"), own.board()):
                        ask_all(server, work.asks["parley"])
                    self.found.memory |= memory([server])
            finally:
                server.stop()
        self.found.first_answer[DELIVERED] = sorted(begun)[1]

    def _one(self, key: str) -> None:
        rounds = min(self.rounds, 3)
        match key:
            case "W7":
                self.found.costs[key] = load_costs(self.place, self.own, rounds=rounds)
            case "W9":
                self.found.costs[key] = export_costs(self.own, self.servers, rounds=rounds)
            case "W6":
                self._measure(self.works.write(0), renew=self.works.write)
                clear(self.own)
            case _:
                self._measure(self._work(key))

    def _work(self, key: str) -> Work:
        match key:
            case "W1":
                return self._with_files(self.works.newest())
            case "W2":
                return self.works.middle()
            case "W3" | "W3-rare" | "W3-korean":
                return self.works.search(key)
            case "W4":
                return self._with_files(self.works.page())
            case "W8":
                return self._with_files(self.works.board())
            case "W5-json":
                return self._unchanged(key, self.works.newest())
            case "W5-html":
                return self._unchanged(key, self.works.page())
            case _:
                feed = [Ask(f"/{NEGOTIATION}/{slug}/feed.atom") for _, slug in self.works.tracks]
                asks = {"parley": feed, "parley-kept": feed}
                return self._unchanged(key, Work(key, "feed", asks))

    def _measure(self, work: Work, renew: Callable[[int], Work] | None = None) -> None:
        able = [server for server in self.servers if offered(server, work)]
        if not any(server.name.startswith("parley") for server in able):
            return
        check_alike([server for server in able if server.name != "nginx"], work)
        costs = measure(self.own, able, work, rounds=self.rounds, renew=renew)
        with Queries(self.own, self.place.name) as queries:
            for place, server in enumerate(able):
                again = renew(1000 + place) if renew else work
                asks = again.asks[server.name]
                half = len(asks) // 2
                told = queries.of(server, asks[half:], first=asks[:half] if renew else ())
                costs[server.name].queries, costs[server.name].database = told
        self.found.costs[work.key] = costs

    def _with_files(self, work: Work) -> Work:
        """The same bytes as files behind nginx, as far as it is there."""
        product = next((s for s in self.servers if s.name.startswith("parley")), None)
        if product is None or not any(server.name == "nginx" for server in self.servers):
            return work
        folder = self.place.folder / "nginx"
        asks = []
        for place, answer in enumerate(ask_all(product, work.asks[product.name])):
            (folder / f"{work.key}-{place}.json").write_bytes(answer.body)
            asks.append(Ask(f"/{work.key}-{place}.json"))
        return Work(work.key, work.title, {**work.asks, "nginx": asks}, work.alike)

    def _unchanged(self, key: str, work: Work) -> Work:
        """The questions of a work by who has the answer already."""
        asks: dict[str, list[Ask]] = {}
        for server in self.servers:
            if server.name.startswith("parley") and offered(server, work):
                known = ask_all(server, work.asks[server.name])
                asks[server.name] = [
                    Ask(ask.path, {"If-None-Match": answer.headers["etag"]})
                    for ask, answer in zip(work.asks[server.name], known, strict=True)
                ]
                for answer in ask_all(server, asks[server.name]):
                    assert answer.status == 304, f"{server.name} {key}: {answer.status}"
        return Work(key, f"unchanged: {work.title}", asks)


def clear(own: psycopg.Connection[Any]) -> None:
    """Throw away the drafts that were written; what is published stays as it was made."""
    drafts = "(SELECT id FROM negotiations_statement WHERE published_at IS NULL)"
    for table in ("statementtrack", "statement_parties", "statement_about"):
        own.execute(f"DELETE FROM negotiations_{table} WHERE statement_id IN {drafts}")
    gone = own.execute("DELETE FROM negotiations_statement WHERE published_at IS NULL")
    own.execute("DELETE FROM negotiations_answer")
    if gone.rowcount > 1000:
        own.execute("VACUUM ANALYZE")


def _python(folder: Path) -> Path:
    """An interpreter with what requirements.txt lists."""
    wanted = (CHECKOUT / "requirements.txt").read_text()
    kept = folder / "requirements.txt"
    python = folder / "bin" / "python"
    if not kept.exists() or kept.read_text() != wanted:
        uv = str(Path(sys.executable).parent / "uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, folder],
                       check=True)  # fmt: skip
        subprocess.run(
            [uv, "pip", "sync", "--quiet", "--compile-bytecode", "--python", python,
             CHECKOUT / "requirements.txt"], check=True)  # fmt: skip
        kept.write_text(wanted)
    return python


@contextmanager
def _place(bench: Bench, name: str, peers: Sequence[str]) -> Iterator[Place]:
    kept = data_folder(os.environ) / "bench"
    with tempfile.TemporaryDirectory() as folder, bench.connect(name) as own:
        place = Place(bench, name, Path(folder), _python(kept / "python"))
        prepare(own)
        if "datasette" in peers:
            copy_to_sqlite(own, kept / f"{name}.db", mark=stamp())
            (Path(folder) / f"{name}.db").symlink_to(kept / f"{name}.db")
            describe_to_datasette(Path(folder) / "datasette.json", name)
        yield place


def _bring_up_to_date(place: Place) -> None:
    """What this release derives from the record, and the files of its pages."""
    environ = {
        **os.environ, "DATABASE_URL": place.url, "BROKER_URL": place.bench.broker,
        "DATABASE_LIMITS": "0", "STATIC_ROOT": str(place.folder / "static"),
    }  # fmt: skip
    for words in ("rebuild --follow --verbosity=0", "collectstatic --noinput --verbosity=0"):
        command = [sys.executable, "manage.py", *words.split()]
        subprocess.run(command, cwd=CHECKOUT, env=environ, check=True)


__all__ = ["API", "WORKS", "Found", "run"]
