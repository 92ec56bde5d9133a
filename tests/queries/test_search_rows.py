"""How searches reach their rows: by which index, unprepared, from ids, within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from negotiations.models import Clocks, Searchable
from negotiations.queries import search_rows
from negotiations.queries.search import Asked, search
from negotiations.queries.statements import StatementFilters
from tests import factories as make
from tests.standing import undone

pytestmark = pytest.mark.django_db
IN_TALKS = StatementFilters(negotiation="talks")
# Every day one row in ten is about tariffs; of all one in four hundred about swaps, one about rice.
FILL = """
    INSERT INTO negotiations_searchable (noun, object_id, negotiation_id, foremost, lower, upper,
        ledger_number, published_at, known_on, chain, words)
    SELECT 'statement', 1000000 + n, %(talks)s, true, day, day, 1000000 + n, '2025-01-01',
        '2025-01-01', gen_random_uuid(),
        array_to_tsvector(array_remove(ARRAY['talk', 'day' || n %% 500,
            CASE WHEN (n + n / 900) %% 10 = 0 THEN 'tariff' END,
            CASE WHEN n %% 400 = 0 THEN 'swap' END,
            CASE WHEN n = 7 THEN 'rice' END,
            '#n' || %(talks)s, '#m' || negotiations_month(day)], NULL))
    FROM generate_series(1, %(rows)s) n, LATERAL (SELECT date '2023-01-01' + n %% 900 AS day) d
"""


def fill(rows: int) -> None:
    """Rows as the trigger writes them, many at once, of statements that are nowhere else."""
    talks = make.NegotiationFactory(slug="talks")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(FILL, {"talks": talks.pk, "rows": rows})
        cursor.execute("ANALYZE negotiations_searchable")
        cursor.execute("SET LOCAL statement_timeout = DEFAULT")


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """Twelve thousand rows."""
    with undone(django_db_blocker):
        fill(12_000)
        yield


@contextmanager
def plans() -> Iterator[list[str]]:
    """The plan of every query of a search."""
    told: list[str] = []

    def explain(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if " FROM negotiations_searchable" in str(sql):
            execute(f"EXPLAIN {sql}", params, many, context)
            told.append("\n".join(line for (line,) in context["cursor"].fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield told


def rows_of(q: str, clocks: Clocks, *, filters: StatementFilters, need: int = 51) -> list[Any]:
    """The rows that a search reaches, as far as a page needs them."""
    from negotiations.queries.search_filters import wanted_by
    from negotiations.queries.search_names import look_up, tsquery_of
    from negotiations.queries.search_terms import read_terms

    words = tsquery_of(look_up(read_terms(q), nouns=["statement"]), noun="statement")
    wanted = wanted_by(filters, noun="statement", words=words, clocks=clocks)
    return search_rows.newest(wanted, after=None, need=need)


def indexes(plan: str) -> set[str]:
    """The indexes that a plan reads."""
    return set(re.findall(r"searchable_\w+", plan))


CASES = [
    # A frequent word: the walk alone, within the negotiation or through all.
    ("talk", IN_TALKS, [{"searchable_in_negotiation"}]),
    ("talk", StatementFilters(), [{"searchable_newest"}]),
    # One that is less frequent: a further walk.
    ("tariff", IN_TALKS, [{"searchable_in_negotiation"}, {"searchable_in_negotiation"}]),
    # A rare one: after the first walk the inverted index.
    ("rice", StatementFilters(), [{"searchable_newest"}, {"searchable_words"}]),
    ("rice swap", IN_TALKS, [{"searchable_in_negotiation"}, {"searchable_words"}]),
]


@pytest.mark.parametrize(("q", "filters", "shape"), CASES)
@pytest.mark.usefixtures("filled")
def test_plans_keep_their_shape(
    clocks: Clocks, q: str, filters: StatementFilters, shape: list[set[str]]
) -> None:
    """The index for the walk or for the words, never all rows; corrections by their chain."""
    with plans() as told:
        rows_of(q, clocks, filters=filters)

    assert [indexes(plan) - {"searchable_chain"} for plan in told] == shape
    assert not [plan for plan in told if "Seq Scan on negotiations_searchable" in plan]


@pytest.mark.drill
def test_plans_keep_their_shape_on_a_large_record(clocks: Clocks) -> None:
    """The same with a hundred thousand rows."""
    fill(100_000)
    for q, filters, shape in CASES:
        with plans() as told:
            rows_of(q, clocks, filters=filters)
        assert [indexes(plan) - {"searchable_chain"} for plan in told] == shape, q
        assert not [plan for plan in told if "Seq Scan on negotiations_searchable" in plan], q


@pytest.mark.usefixtures("filled")
def test_names_are_ids_before_the_search(clocks: Clocks) -> None:
    """No search joins its way to a slug: that would lose the order of the index."""
    with plans() as told:
        rows_of("tariff", clocks, filters=IN_TALKS)

    assert told
    assert not [plan for plan in told if "negotiations_negotiation" in plan or "Join" in plan]


@pytest.mark.usefixtures("filled")
def test_no_search_is_prepared(clocks: Clocks) -> None:
    """A prepared one would get one plan for all words."""
    for _ in range(12):
        search(Asked(q="xylophone"), clocks=clocks)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements"
            " WHERE statement ~ 'negotiations_searchable'"
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.usefixtures("filled")
def test_the_walk_ends_with_the_page(clocks: Clocks) -> None:
    """Of a frequent word hardly more rows are read than are shown."""
    read: list[int] = []

    def count(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if "searchable" in str(sql):
            execute(f"EXPLAIN (ANALYZE, FORMAT TEXT) {sql}", params, many, context)
            told = "\n".join(line for (line,) in context["cursor"].fetchall())
            scans = re.findall(r"Index Scan using searchable_newest.*actual .*rows=([\d.]+)", told)
            read.extend(round(float(rows)) for rows in scans)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        assert len(rows_of("talk", clocks, filters=StatementFilters())) == 51
    assert read == [51]


@pytest.mark.usefixtures("filled")
def test_a_page_costs_no_more_deep_in_the_list(clocks: Clocks) -> None:
    """Each further page begins where the last one ended, by the index."""
    first = rows_of("talk", clocks, filters=IN_TALKS, need=2_000)
    talks = Searchable.objects.values_list("negotiation", flat=True)[0]
    with plans() as told:
        wanted = search_rows.Wanted(
            words="'talk'", noun="statement", clocks=clocks,
            negotiation=talks,
        )  # fmt: skip
        deep = search_rows.newest(wanted, after=first[1_000][1], need=50)
    assert deep == first[1_001:1_051]
    (plan,) = told
    assert "Index Cond" in plan
    assert "ROW(lower, upper, ledger_number) <" in plan
