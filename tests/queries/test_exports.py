"""All rows of a noun: the same as in its list, in order, a piece at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings

from negotiations.api.rendering import encode
from negotiations.models import Clocks
from negotiations.queries import exports, negotiations, people, record, sources, statements
from negotiations.queries.clocks import read_clocks
from negotiations.queries.exports import RECORD, REFERENCE, chunks, reached, slugs
from negotiations.queries.record import RecordFilters
from negotiations.queries.statements import StatementFilters
from negotiations.refusals import Refusal
from tests import factories as make
from tests.queries import oracle
from tests.queries.histories import NOW, histories, questions
from tests.queries.oracle import Fact, Question
from tests.queries.test_clocks_oracle import CALM

pytestmark = pytest.mark.django_db
FACTORIES: dict[str, Any] = {
    "statement": make.StatementFactory,
    "source": make.SourceFactory,
    "status_change": make.StatusChangeFactory,
    "position": make.PositionFactory,
    "linkage": make.LinkageFactory,
    "account": make.AccountFactory,
    "milestone": make.MilestoneFactory,
}
_DATES = {"statement": "said", "source": "published"}
_FIRST = 100_000  # ids and numbers beyond those of the examples


def _page(noun: str, clocks: Clocks, cursor: str | None) -> Any:
    paging: dict[str, Any] = {"limit": 5, "cursor": cursor}
    match noun:
        case "statement":
            wanted = StatementFilters()
            return statements.list_statements(clocks=clocks, filters=wanted, **paging)
        case "source":
            return sources.list_sources(clocks=clocks, **paging)
        case "negotiation":
            return negotiations.list_negotiations(clocks=clocks, **paging)
        case "person":
            return people.list_people(**paging)
        case "party":
            return people.list_parties(**paging)
        case "publisher":
            return people.list_publishers(**paging)
    ask = getattr(record, f"list_{noun}s")
    return ask(clocks=clocks, filters=RecordFilters(), **paging)


def _pages(noun: str, clocks: Clocks) -> Iterator[Any]:
    """The concatenation of the pages of a list."""
    cursor = None
    while True:
        page = _page(noun, clocks, cursor)
        yield from page.results
        if (cursor := page.next) is None:
            return


def _exported(noun: str, clocks: Clocks, **more: Any) -> list[Any]:
    return [row for some in chunks(noun, clocks=clocks, **more) for row in some]


def _like(prototype: Any, noun: str, fact: Fact, chain: Any) -> Any:
    """A row as the history tells it, in all else like one that is there."""
    given = {field.attname: getattr(prototype, field.attname) for field in prototype._meta.fields}
    dates = _DATES.get(noun, "effective")
    given |= {
        "id": _FIRST + fact.number,
        "ledger_number": _FIRST + fact.number,
        "published_at": fact.published_at,
        "known_on": fact.source_day,
        "known_at": fact.source_instant,
        "chain": chain,
        "supersedes_id": fact.replaces and _FIRST + fact.replaces,
        "correction_reason": "A correction." if fact.replaces else "",
        "withdrawn": fact.withdrawn,
        f"{dates}_lower": fact.lower,
        f"{dates}_upper": fact.upper,
    }
    if noun == "source":
        given["url_sha256"] = str(uuid4())
    return type(prototype)(**given)


@pytest.fixture
def prototypes(db: None) -> dict[str, Any]:  # noqa: ARG001  the fixture that opens the database
    """One row of every noun, which the histories are like."""
    return {noun: factory() for noun, factory in FACTORIES.items()}


def _agrees(prototypes: dict[str, Any], facts: list[Fact], question: Question) -> None:
    clocks = read_clocks(
        on=question.on, known_by=question.known_by, as_of=question.as_of, now=NOW, zone=oracle.SEOUL
    )
    with transaction.atomic():
        for noun, prototype in prototypes.items():
            chains: dict[int, Any] = {}
            for fact in facts:
                chains[fact.number] = chains.get(fact.replaces or 0, uuid4())
            rows = [_like(prototype, noun, fact, chains[fact.number]) for fact in facts]
            type(prototype).objects.bulk_create(rows)
        for noun in (*RECORD, *REFERENCE):
            found, listed = _exported(noun, clocks), list(_pages(noun, clocks))
            if noun in RECORD:
                listed.sort(key=lambda row: row.ledger_number)
            assert [*map(encode, found)] == [*map(encode, listed)]
        transaction.set_rollback(True)


@settings(CALM, max_examples=8)
@given(facts=histories, question=questions)
def test_an_export_is_the_pages_of_the_list(
    prototypes: dict[str, Any], facts: list[Fact], question: Question
) -> None:
    _agrees(prototypes, facts, question)


@pytest.mark.drill
@settings(CALM, max_examples=300)
@given(facts=histories, question=questions)
def test_an_export_is_the_pages_of_the_list_over_hundreds(
    prototypes: dict[str, Any], facts: list[Fact], question: Question
) -> None:
    _agrees(prototypes, facts, question)


@pytest.mark.parametrize("noun", RECORD)
def test_pieces_are_bounded_and_in_order(
    noun: str, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "CHUNK", 2)
    numbers = [FACTORIES[noun](ledger_number=n).ledger_number for n in (9005, 9001, 9004)]
    found = [row.ledger_number for some in chunks(noun, clocks=clocks) for row in some]
    assert found == sorted(found)
    assert set(numbers) <= set(found)
    sizes = [len(some) for some in chunks(noun, clocks=clocks)]
    assert set(sizes[:-1]) <= {2}
    assert sum(sizes) == len(found)


@pytest.mark.parametrize("noun", [*RECORD, *REFERENCE])
def test_cost_does_not_grow_with_the_rows(
    noun: str, clocks: Clocks, query_count: Callable[[Callable[[], Any]], int]
) -> None:
    costs = []
    for _ in range(2):
        for factory in FACTORIES.values():
            factory()
        costs.append(query_count(lambda: _exported(noun, clocks)))
    assert costs[0] == costs[1]


def test_the_sources_of_a_negotiation_are_those_of_its_statements(clocks: Clocks) -> None:
    """As corrected, where they were; without those of others, of drafts and of retractions."""
    track = make.TrackFactory()
    said: Any = make.StatementFactory(tracks=[track])
    mended: Any = make.SourceFactory(supersedes=said.source)
    make.StatementFactory(tracks=[track], published_at=None)
    gone: Any = make.StatementFactory(tracks=[track])
    make.StatementFactory(tracks=[track], supersedes=gone, source=gone.source, withdrawn=True)
    make.StatementFactory(tracks=[make.TrackFactory(negotiation=make.NegotiationFactory())])
    found = _exported("source", clocks, negotiation=track.negotiation.slug)
    assert [row.id for row in found] == [mended.pk]


@pytest.mark.parametrize("noun", [noun for noun in RECORD if noun != "source"])
def test_rows_of_days_to_come_are_told_where_they_are_asked_for(noun: str, clocks: Clocks) -> None:
    date = {f"{_DATES.get(noun, 'effective')}_on": "2099-01-01"}
    row = FACTORIES[noun](**date)
    told = [
        _exported(noun, clocks),
        list(_pages(noun, clocks)),
        _exported(noun, clocks, ahead=True),
    ]
    assert [row.pk in {one.id for one in rows} for rows in told] == [False, False, True]


@pytest.mark.parametrize("noun", RECORD)
def test_an_unknown_negotiation_is_refused_before_anything_is_told(
    noun: str, clocks: Clocks
) -> None:
    with pytest.raises(Refusal) as refused:
        chunks(noun, clocks=clocks, negotiation="nowhere")
    assert refused.value.code == "not_found"


def test_a_negotiation_is_there_from_its_registration_on(clocks: Clocks) -> None:
    make.NegotiationFactory(slug="b")
    make.NegotiationFactory(slug="a")
    late = clocks.as_of + timedelta(days=1)
    make.NegotiationFactory(slug="c", registered_at=late)
    assert slugs(clocks=clocks) == ("a", "b")


def test_the_number_reached_is_that_of_the_newest_public_act_by_then() -> None:
    first, second = datetime(2025, 10, 1, tzinfo=UTC), datetime(2025, 10, 2, tzinfo=UTC)
    assert reached(second) == 0
    numbers = [make.enter(at=at).number for at in (first, second)]
    make.enter(at=second, public=False)
    assert reached(first - timedelta(microseconds=1)) == 0
    assert reached(first) == numbers[0]
    assert reached(second + timedelta(days=9)) == numbers[1]
