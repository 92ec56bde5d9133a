"""Heads of ranges: the same from kept subtrees and from entries, at the price of a few queries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from negotiations import merkle
from negotiations.models import Subtree
from negotiations.operations.subtrees import keep_subtrees
from negotiations.queries import subtrees
from negotiations.queries.subtrees import heads
from negotiations.refusals import Refusal
from tests.queries.ledgers import fill_ledger, leaves
from tests.queries.test_clocks_oracle import CALM
from tests.standing import undone

LAST = 66_300  # beyond a subtree of level 16
LEAVES = leaves(LAST)
SIZES = st.integers(1, LAST) | st.integers(1, 300) | st.integers(65_000, LAST)


@pytest.fixture(scope="module")
def ledger(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """A long one."""
    with undone(django_db_blocker):
        fill_ledger(last=LAST)
        yield


@pytest.fixture
def kept(ledger: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """With every subtree that can be kept of it."""
    with undone(django_db_blocker):
        while keep_subtrees():
            pass
        yield


def asked(drawn: tuple[int, int]) -> list[merkle.Range]:
    """What checkpoints and both proofs of these two sizes need."""
    old, new = sorted(drawn)
    proofs = merkle.inclusion(old - 1, new), merkle.consistency(old, new)
    return [(0, old), (0, new), *proofs[0], *proofs[1]]


def expected(ranges: list[merkle.Range]) -> list[bytes]:
    """The same from the leaves themselves."""
    return [merkle.head(LEAVES[begin:end]) for begin, end in ranges]


@pytest.mark.parametrize("size", [*range(80), 255, 256, 257, 511, 512, 513])
@pytest.mark.usefixtures("ledger")
def test_heads_are_those_of_the_leaves(size: int) -> None:
    ranges = [(0, size), *(merkle.inclusion(size // 2, size) if size else [])]
    assert heads(ranges) == expected(ranges)


@pytest.mark.usefixtures("kept")
@settings(parent=CALM, max_examples=8)
@given(st.tuples(SIZES, SIZES))
def test_kept_subtrees_change_nothing(drawn: tuple[int, int]) -> None:
    ranges = asked(drawn)
    assert heads(ranges) == expected(ranges)


@pytest.mark.drill
@pytest.mark.usefixtures("kept")
@settings(parent=CALM, max_examples=40)
@given(st.tuples(SIZES, SIZES))
def test_nor_do_they_for_many_more_sizes(drawn: tuple[int, int]) -> None:
    ranges = asked(drawn)
    assert heads(ranges) == expected(ranges)


@pytest.mark.parametrize("lost", [{"level": 16}, {"level": 8, "index": 3}, {"index__gte": 0}])
@pytest.mark.usefixtures("kept")
def test_subtrees_that_are_missing_are_made_of_what_is_below(lost: dict[str, int]) -> None:
    assert Subtree.objects.filter(**lost).delete()[0]
    ranges = asked((1_000, LAST))
    assert heads(ranges) == expected(ranges)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(("size", "most"), [(3, 1), (200, 1), (700, 2), (65_536, 3), (LAST, 3)])
def test_a_question_costs_a_query_for_each_level(size: int, most: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        heads(asked((size - 1, size)))
    assert len(queries) <= most


@pytest.mark.usefixtures("kept")
def test_a_question_reads_some_hundreds_of_rows_however_long_the_ledger_is() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE negotiations_ledgerentry")
    read: list[int] = []

    def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        found = execute(sql, params, many, context)
        read.append(context["cursor"].rowcount)
        return found

    with connection.execute_wrapper(count):
        heads(asked((40_000, LAST)))
    assert sum(read) < 1_300


@pytest.mark.usefixtures("ledger")
def test_more_than_can_be_read_while_somebody_waits_is_put_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(subtrees, "_MOST", 1_000)
    assert heads([(0, 1_000)]) == expected([(0, 1_000)])
    with pytest.raises(Refusal) as refused:
        heads([(0, 2_000)])
    assert refused.value.code == "unavailable"
