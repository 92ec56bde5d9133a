"""Which drafts belong together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from negotiations.queries.belonging import rest_on_it, rests_on
from tests import factories as make

pytestmark = pytest.mark.django_db
DRAFT = {"published_at": None, "known_on": None}


def _source() -> Any:
    return make.SourceFactory(**DRAFT)


def _statement(**members: Any) -> Any:
    return make.StatementFactory(**DRAFT, **members)


def test_a_change_rests_on_its_draft_statements_and_their_draft_sources() -> None:
    source = _source()
    first, against = _statement(source=source), _statement()
    change = make.StatusChangeFactory(basis=first, dissent=[against], **DRAFT)
    assert rests_on([("status_change", change.pk)]) == (
        ("source", source.pk), ("statement", first.pk), ("statement", against.pk),
    )  # fmt: skip


def test_what_is_published_is_not_named() -> None:
    change = make.StatusChangeFactory(further_basis=[make.StatementFactory()], **DRAFT)
    assert rests_on([("status_change", change.pk)]) == ()


def test_what_a_statement_repeats_or_translates_is_named_as_well() -> None:
    original = _statement(source=_source())
    translated = _statement(translates=original)
    position = make.PositionFactory(basis=translated, **DRAFT)
    assert set(rests_on([("position", position.pk)])) == {
        ("source", original.source_id), ("statement", original.pk), ("statement", translated.pk),
    }  # fmt: skip


def test_what_is_given_is_not_named_again() -> None:
    statement = _statement()
    milestone = make.MilestoneFactory(basis=statement, **DRAFT)
    given = [("milestone", milestone.pk), ("statement", statement.pk)]
    assert rests_on(given) == ()


def test_what_rests_on_a_source_could_go_with_it() -> None:
    source = _source()
    statement = _statement(source=source)
    linkage = make.LinkageFactory(basis=statement, **DRAFT)
    assert rest_on_it([("source", source.pk)]) == (
        ("statement", statement.pk), ("linkage", linkage.pk),
    )  # fmt: skip


def test_what_rests_on_yet_another_draft_is_not_proposed() -> None:
    statement = _statement()
    make.StatusChangeFactory(basis=statement, further_basis=[_statement()], **DRAFT)
    make.StatusChangeFactory(basis=statement, dissent=[_statement()], **DRAFT)
    assert rest_on_it([("statement", statement.pk)]) == ()


def test_three_statements_cost_as_many_queries_as_one(
    query_count: Callable[[Callable[[], Any]], int],
) -> None:
    one = make.StatusChangeFactory(basis=_statement(source=_source()), **DRAFT)
    three = make.StatusChangeFactory(
        basis=_statement(source=_source()),
        further_basis=[_statement(source=_source()) for _ in range(2)], **DRAFT,
    )  # fmt: skip
    counts = [query_count(lambda c=c: rests_on([("status_change", c.pk)])) for c in (one, three)]
    assert counts[0] == counts[1]
