"""Made records are records: the product's own checks hold, and the same size is the same record."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from negotiations.models import LedgerEntry, Snapshot, Statement
from negotiations.operations.texts import check_quotation
from negotiations.operations.verifying import verify_ledger
from tests.bench.making.loading import load_record, restart_ids
from tests.bench.making.plan import Plan
from tests.bench.making.words import rare_pair

SIZE = 300


def _load(**how: Any) -> None:
    load_record(SIZE, processes=0, say=lambda _: None, **how)


def _rows() -> dict[str, Any]:
    """Every row of every table of the record, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND table_name LIKE 'negotiations\\_%' AND table_name NOT LIKE '%officer%'"
        )
        tables = sorted(name for (name,) in cursor.fetchall())
        found = {}
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t) - 'id' FROM {table} t ORDER BY 1")
            found[table] = cursor.fetchall()
        return found


@pytest.mark.django_db
def test_a_made_record_holds_before_the_checks_of_the_product() -> None:
    _load()
    checked, fault = verify_ledger()
    assert fault is None
    assert checked == LedgerEntry.objects.count() > SIZE * 5 / 4
    texts = dict(Snapshot.objects.values_list("pk", "text"))
    quoted = Statement.objects.exclude(quotation="")
    assert quoted.count() > SIZE / 2
    for row in quoted:
        check_quotation(texts[row.snapshot_id], row.quotation, row.start, row.end)


@pytest.mark.django_db
def test_the_same_rows_load_with_and_without_triggers() -> None:
    at = connection.settings_dict
    with psycopg.connect(host=at["HOST"], dbname="postgres", user="postgres") as owner:
        owner.execute(f"GRANT SET ON PARAMETER session_replication_role TO {at['USER']}")
    loaded = []
    for triggers in (True, False):
        save = transaction.savepoint()
        restart_ids()
        _load(triggers=triggers)
        loaded.append(_rows())
        transaction.savepoint_rollback(save)
    assert loaded[0] == loaded[1]
    assert len(loaded[0]["negotiations_statement"]) == SIZE


def test_a_larger_record_has_as_many_events_over_the_same_three_years() -> None:
    small, large = Plan(10_000, before=5), Plan(1_000_000, before=5)
    assert len(small.events) == len(large.events)
    assert large.at(large.last) - large.at(large.before) == small.at(small.last) - small.at(5)


def test_numbers_have_no_gap() -> None:
    plan = Plan(SIZE, before=7)
    numbers = [plan.source_number(group) for group in range(plan.groups)]
    numbers += [plan.number(place) for place in range(SIZE)]
    numbers += [number for group in range(plan.groups) for number, _ in plan.events_of(group)]
    assert sorted(numbers) == list(range(8, plan.last + 1))


def test_rare_words_come_in_pairs_that_no_other_pair_shares() -> None:
    pairs = [rare_pair(number, language) for number in range(100) for language in ("en", "ko")]
    assert len({word for pair in pairs for word in pair}) == 400
