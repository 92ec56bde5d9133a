"""The plans of the hot queries, as shapes: by which index, and how many rows they read.

On a made record of two thousand statements those that find rows, and as a drill all of them on one
of a hundred thousand. (With few rows, to fetch them by their ids may well mean to read a table.)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from negotiations.models import Clocks
from negotiations.queries.asked_spans import read_span
from negotiations.queries.boards import board
from negotiations.queries.layouts import layout
from negotiations.queries.state_comparisons import comparison
from negotiations.queries.statements import StatementFilters, list_statements
from negotiations.queries.steps import steps
from negotiations.queries.swimlanes import lanes_of
from negotiations.queries.timelines import timeline
from negotiations.queries.tracks import list_tracks, track
from tests.bench.making.loading import load_record
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db
# What grows with the record: nobody reads one of these from end to end.
FOUND = frozenset(
    {"statement", "statementtrack", "ledgerentry", "ledgertrack", "ledgernegotiation"}
)
# Pieces are not among them: none were made here, and an empty table is read as it comes.
GROWING = FOUND | {"source", "snapshot"}
NEGOTIATION = "bench"
ON_TRACK = StatementFilters(negotiation=NEGOTIATION, track="track-0")
QUESTIONS: dict[str, Clocks] = {
    "now": clocks_at("2026-11-01"),
    "on": clocks_at("2025-03-01", known_by="2026-11-01"),
    "known_by": clocks_at("2026-11-01", known_by="2025-03-01"),
    "known on": clocks_at("2025-03-01"),
    "early": clocks_at("2024-01-01"),
}


def _changed(clocks: Clocks, *, track: str | None = None) -> Any:
    asked = read_span(from_day=None, to_day=None, since=None, given=(), clocks=clocks)
    return comparison(NEGOTIATION, track=track, span=asked, zone=ZoneInfo("Asia/Seoul"))


def _steps(clocks: Clocks) -> Any:
    day = clocks.known_by
    return steps(NEGOTIATION, None, day=day, until=date(2026, 11, 1), as_of=clocks.as_of)


ASKS: dict[str, Callable[[Clocks], Any]] = {
    "board": lambda clocks: board(layout(NEGOTIATION, clocks=clocks)),
    "lanes": lambda clocks: lanes_of(layout(NEGOTIATION, clocks=clocks)),
    "lanes of a party": lambda clocks: lanes_of(layout(NEGOTIATION, clocks=clocks), party="KR"),
    "tracks": lambda clocks: list_tracks(NEGOTIATION, clocks=clocks),
    "track": lambda clocks: track(NEGOTIATION, "track-0", clocks=clocks),
    "timeline": lambda clocks: timeline(NEGOTIATION, "track-0", clocks=clocks),
    "quiet timeline": lambda clocks: timeline(NEGOTIATION, "track-47", clocks=clocks),
    "statements of a track": lambda clocks: list_statements(clocks=clocks, filters=ON_TRACK),
    "steps": _steps,
    "changed": _changed,
    "changed on a track": lambda clocks: _changed(clocks, track="track-0"),
    "statements": lambda clocks: list_statements(clocks=clocks, filters=StatementFilters()),
}
# So many rows are read from what grows, at most, for an answer: those that are shown, with their
# evidence and the marks of the lanes, however long the record is. For silences the days on which a
# party spoke are looked for further back than marks are drawn.
MOST_READ = {"lanes": 4000, "lanes of a party": 15_000, "changed": 15_000}
MOST_OF_A_PAGE = 2500


@contextmanager
def _record(size: int, blocker: DjangoDbBlocker) -> Iterator[None]:
    with blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            load_record(size, processes=0, say=lambda _: None)
            # Checked here, once: else each test would check all of it at its end.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; ANALYZE")
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def small(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """Two thousand statements."""
    with _record(2_000, django_db_blocker):
        yield


@pytest.fixture(scope="module")
def large(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """A hundred thousand statements."""
    with _record(100_000, django_db_blocker):
        yield


def scans_of(call: Callable[[], Any], *, whole: bool) -> list[dict[str, Any]]:
    """What the queries of a call read of tables: `whole` all of them, else those by hand."""
    nodes: list[dict[str, Any]] = []

    def explain(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not whole and (str(sql).startswith('SELECT "') or "negotiations_piece" in str(sql)):
            return execute(sql, params, many, context)
        execute(f"EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) {sql}", params, many, context)
        told = context["cursor"].fetchone()[0]
        nodes.extend(_walk((json.loads(told) if isinstance(told, str) else told)[0]["Plan"]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        call()
    return [node for node in nodes if "Relation Name" in node]


def _walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for part in node.get("Plans", ()):
        yield from _walk(part)


def read_of(node: dict[str, Any]) -> int:
    """How many rows a node took from its table: those it gave on and those it put aside."""
    aside = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return round((node["Actual Rows"] + aside) * node["Actual Loops"])


def check(name: str, clocks: Clocks, *, whole: bool) -> None:
    """No query of the answer reads a growing table through, nor more of it than there is to say."""
    tables = {f"negotiations_{table}" for table in (GROWING if whole else FOUND)}
    scans = scans_of(lambda: ASKS[name](clocks), whole=whole)
    scans = [node for node in scans if node["Relation Name"] in tables]
    assert {n["Relation Name"] for n in scans if n["Node Type"] == "Seq Scan"} == set()
    assert sum(read_of(node) for node in scans) <= MOST_READ.get(name, MOST_OF_A_PAGE)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_are_found_by_an_index_under_all_clocks(question: str) -> None:
    for name in ASKS:
        check(name, QUESTIONS[question], whole=False)


@pytest.mark.drill
@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("name", ASKS)
def test_nothing_that_grows_is_read_through(name: str, question: str) -> None:
    check(name, QUESTIONS[question], whole=True)
