"""People, parties and publishers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from negotiations.queries import people
from negotiations.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "list_rows", "name"),
    [
        (make.PersonFactory, people.list_people, "slug"),
        (make.PartyFactory, people.list_parties, "code"),
        (make.PublisherFactory, people.list_publishers, "slug"),
    ],
)
def test_by_name_in_pages(factory: Any, list_rows: Callable[..., Any], name: str) -> None:
    for word in ("b", "a", "c"):
        factory(**{name: word})
    found, cursor = [], None
    for _ in range(3):
        page = list_rows(limit=1, cursor=cursor)
        found += [getattr(row, name) for row in page.results]
        cursor = page.next
    assert (found, cursor) == (["a", "b", "c"], None)


@pytest.mark.parametrize("one", [people.person, people.party, people.publisher])
@pytest.mark.parametrize("name", ["nobody", "", "a\0b", "\ud800"])
def test_what_is_not_there_is_not_found(one: Callable[[str], Any], name: str) -> None:
    with pytest.raises(Refusal, match="nothing here"):
        one(name)


def test_a_person_has_offices_newest_first() -> None:
    tenure = make.TenureFactory(office__party=make.PartyFactory(code="KR"))
    make.TenureFactory(person=tenure.person, held_from="2020-01-01", held_to="2022-05-10")
    found = people.person(tenure.person.slug)
    assert [held.held_from for held in found.tenures] == ["2025-07-19", "2020-01-01"]
    assert [held.party for held in found.tenures] == ["KR", None]
    assert people.list_people().results == (found,)


def test_a_publisher_has_its_newest_letter() -> None:
    publisher = make.PublisherFactory()
    assert people.publisher(publisher.slug).reliability is None
    make.GradeFactory(publisher=publisher, reliability="B", graded_on=date(2025, 2, 1))
    make.GradeFactory(publisher=publisher, reliability="C", graded_on=date(2025, 1, 1))
    assert people.publisher(publisher.slug).reliability == "B"


def test_a_party_has_its_capital() -> None:
    make.PartyFactory(code="KR", capital_ko="서울")
    assert people.party("KR").capital_ko == "서울"
