"""Several writers at once, on connections of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from negotiations import operations
from negotiations.models import Capture, LedgerEntry
from negotiations.operations.captures import claim
from negotiations.operations.verifying import verify_ledger
from negotiations.refusals import Refusal
from tests.operations.desk import NOW, Desk, last_entry, open_desk
from tests.standing import lasting

WRITERS = 8


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """What is written is there for all writers."""
    with lasting(django_db_blocker):
        yield


@pytest.fixture
def open_for_all(db: None) -> Desk:  # noqa: ARG001
    """A desk that other connections see."""
    return open_desk()


def _at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    def outcome(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(outcome, calls))


def _entries() -> list[LedgerEntry]:
    entries = list(LedgerEntry.objects.order_by("number"))
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert verify_ledger() == (len(entries), None)
    return entries


def test_of_eight_who_publish_one_draft_one_wins(open_for_all: Desk) -> None:
    draft = open_for_all.draft("source").id
    before = last_entry().number
    outcomes = _at_once([lambda: open_for_all.publish("source", draft).number] * WRITERS)
    assert sorted(outcomes, key=str) == [before + 1, *["already_published"] * (WRITERS - 1)]
    assert len(_entries()) == before + 1


def test_of_two_who_saw_the_same_number_one_is_stale(open_for_all: Desk) -> None:
    drafts = [open_for_all.draft("status_change").id for _ in range(2)]
    seen = last_entry().number
    outcomes = _at_once(
        [lambda id=id: open_for_all.publish("status_change", id, seen=seen).id for id in drafts]
    )
    assert sorted(map(str, outcomes)) in [[str(id), "stale"] for id in drafts]


def test_publications_of_many_are_gapless_and_in_order(open_for_all: Desk) -> None:
    drafts = [open_for_all.draft("source").id for _ in range(WRITERS)]
    before = last_entry().number
    calls = [
        lambda id=id, n=n: open_for_all.publish(
            "source", id, now=NOW + timedelta(seconds=WRITERS - n)
        )
        for n, id in enumerate(drafts)
    ]
    numbers = {receipt.id: receipt.number for receipt in _at_once(calls)}
    assert sorted(numbers.values()) == list(range(before + 1, before + 1 + WRITERS))
    for entry in _entries()[before:]:
        row = open_for_all.row("source", entry.object_id)
        assert (row.ledger_number, row.published_at) == (entry.number, entry.at)


def test_who_cites_a_row_and_who_publishes_it_do_not_wait_in_a_circle(open_for_all: Desk) -> None:
    sources = [open_for_all.draft("source").id for _ in range(WRITERS)]
    calls: list[Callable[[], Any]] = []
    for id in sources:
        calls.append(lambda id=id: open_for_all.draft("statement", source=id).noun)
        calls.append(lambda id=id: open_for_all.publish("source", id).noun)
    assert sorted(_at_once(calls)) == ["source"] * WRITERS + ["statement"] * WRITERS


def test_one_row_is_corrected_by_one_of_many(open_for_all: Desk) -> None:
    before = open_for_all.ids["source"]
    outcomes = _at_once(
        [lambda: open_for_all.draft("source", supersedes=before, correction_reason="So.").noun]
        * WRITERS
    )
    assert sorted(outcomes) == ["already_corrected"] * (WRITERS - 1) + ["source"]


def test_one_name_is_registered_by_one_of_many(open_for_all: Desk) -> None:
    outcomes = _at_once(
        [
            lambda: (
                open_for_all.act(
                    operations.register_person, slug="kim", name_en="Kim", name_ko="김"
                ).noun
            )
        ]
        * WRITERS
    )
    assert sorted(outcomes) == ["duplicate"] * (WRITERS - 1) + ["person"]


def test_who_waits_too_long_is_told_so(open_for_all: Desk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [0x5041524C4559])

    def wait() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        return open_for_all.draft("source").noun

    assert _at_once([wait]) == ["busy"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [0x5041524C4559])
    assert open_for_all.draft("source").noun == "source"


def _wait_for_capture(desk: Desk) -> int:
    row = Capture.objects.create(
        url="https://paper.example/", asked_by_id=desk.drafter.officer, asked_at=NOW, due_at=NOW
    )
    return row.pk


def test_of_eight_workers_who_claim_one_capture_one_has_it(open_for_all: Desk) -> None:
    waiting = _wait_for_capture(open_for_all)
    jobs = _at_once([lambda: claim(now=NOW)] * WRITERS)
    assert [job.id for job in jobs if job] == [waiting]


def test_eight_workers_take_eight_captures(open_for_all: Desk) -> None:
    waiting = {_wait_for_capture(open_for_all) for _ in range(WRITERS)}
    jobs = _at_once([lambda: claim(now=NOW)] * WRITERS)
    assert {job.id for job in jobs} == waiting
