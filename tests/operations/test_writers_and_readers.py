"""Who keeps the last number misses no act, while several officers publish at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from django.db import connection

from negotiations import operations
from negotiations.models import LedgerEntry
from negotiations.queries import deltas
from negotiations.queries.clocks import read_clocks
from negotiations.queries.shapes import Change
from negotiations.refusals import Refusal
from tests.operations.desk import Desk, open_desk
from tests.standing import lasting

WRITERS, EACH = 4, 3
NOUNS = ("source", "statement", "status_change", "position")


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """What is written is there for all writers."""
    with lasting(django_db_blocker):
        yield


@pytest.fixture
def open_for_all(db: None) -> Desk:  # noqa: ARG001
    """A desk that other connections see."""
    return open_desk()


def _write(desk: Desk, noun: str) -> None:
    """Publish, and take every second row back."""
    try:
        for number in range(EACH):
            row = _published(desk, noun, partial(desk.draft, noun))
            if number % 2:
                why = {"id": row, "correction_reason": "It is not so."}
                verb = operations.draft_retraction
                _published(desk, noun, partial(desk.act, verb, noun=noun, **why))
    finally:
        connection.close()


def _published(desk: Desk, noun: str, draft: Callable[[], Any]) -> int:
    drafted = _insist(draft).id
    return int(_insist(partial(desk.publish, noun, drafted)).id)


def _insist(act: Callable[[], Any]) -> Any:
    """Try again while others are in the way, as officers do."""
    while True:
        try:
            return act()
        except Refusal as refusal:
            if refusal.code not in ("busy", "stale"):
                raise


def _read(page: int, writers: list[Any]) -> list[Change]:
    """All acts, as one reader gets them who keeps the last number."""
    found: list[Change] = []
    now = datetime(2025, 10, 20, tzinfo=UTC)
    clocks = read_clocks(on=None, known_by=None, as_of=None, now=now, zone=UTC)  # type: ignore[arg-type]
    try:
        while True:
            ended = all(writer.done() for writer in writers)
            after = found[-1].number if found else 0
            results = deltas.changes(clocks=clocks, after=after, limit=page).results
            found += results
            if ended and not results:
                return found
    finally:
        connection.close()


def test_readers_miss_nothing_while_many_write(open_for_all: Desk) -> None:
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        writers = [pool.submit(_write, open_for_all, noun) for noun in NOUNS]
        readers = [pool.submit(_read, page, writers) for page in (1, 7)]
        for writer in writers:
            writer.result()
        told = [[change.number for change in reader.result()] for reader in readers]
    public = LedgerEntry.objects.filter(public=True).order_by("number")
    every = list(public.values_list("number", flat=True))
    assert told == [every, every]
    assert sum(entry.verb == "retract" for entry in public) == WRITERS * (EACH // 2)
