"""What pickers of the desk offer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import Person
from negotiations.queries import choices
from negotiations.queries.seats import Seat, seat
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import Desk

__all__ = ["db", "desk", "opened_desk"]

STRANGER = Seat(officer=0, name="", superuser=False, roles={})


@pytest.mark.usefixtures("desk")
def test_people_are_offered_with_all_their_names() -> None:
    Person.objects.filter(slug="cho").update(aliases=["Jo"])
    (cho,) = choices.people()
    assert (cho.value, cho.name_en, cho.name_ko, cho.others) == ("cho", "Cho", "조", ("Jo",))


def test_tracks_are_those_of_the_seats_negotiations_and_what_stands_already(desk: Desk) -> None:
    every = [t.path for t in choices.tracks(seat(desk.reviewer.officer))]
    assert every == ["talks/security", "talks/trade"]
    assert choices.tracks(STRANGER) == ()
    (stood,) = choices.tracks(STRANGER, also=["talks/trade"])
    assert (stood.path, stood.depth) == ("talks/trade", 0)


def test_parties_of_the_seats_negotiations_come_first(desk: Desk) -> None:
    console = {"zone": "UTC", "capital_en": "A", "capital_ko": "가"}
    desk.act(operations.register_party, code="AU", name_en="A", name_ko="가", **console)
    assert [p.code for p in choices.parties(seat(desk.reviewer.officer))] == ["KR", "US", "AU"]
    assert [p.code for p in choices.parties(STRANGER)] == ["AU", "KR", "US"]


@pytest.mark.parametrize(
    ("held_from", "held_to", "day", "held"),
    [
        ("2025-06", "", "2025-06-01", True),
        ("2025-06", "", "2025-05-31", False),
        ("", "2025-06~", "2025-06-30", True),
        ("", "2025-06~", "2025-07-01", False),
        ("", "../2025-06-10", "2025-06-10", True),
        ("", "../2025-06-10", "2025-06-11", False),
        ("2025", "", "2025-01-01", True),
        ("", "", "1990-01-01", True),
    ],
)
def test_an_unknown_bound_of_a_tenure_excludes_nothing(
    desk: Desk, held_from: str, held_to: str, day: str, held: bool
) -> None:
    tenure = {"held_from": held_from, "held_to": held_to}
    desk.act(operations.appoint, person="cho", office="minister", **tenure)
    on = date.fromisoformat(day)
    found = choices.offices_held("cho", lower=on, upper=on)
    assert [office.value for office in found] == (["minister"] if held else [])


def test_each_list_is_one_question(desk: Desk, django_assert_num_queries: Any) -> None:
    here = seat(desk.reviewer.officer)
    for ask in (choices.people, choices.offices, choices.publishers):
        with django_assert_num_queries(1):
            ask()
    with django_assert_num_queries(1):
        choices.tracks(here)
    with django_assert_num_queries(2):
        choices.parties(here)
