"""What acts on reference data mean for a copy of the present record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import Office, Person, Tenure, Term, Track
from negotiations.queries.shapes import Renewal
from tests.operations.desk import Desk
from tests.queries.one_act import SAYING, Told, db, desk, key_of, mend, now, opened, renewed, told

__all__ = ["db", "desk", "now", "opened", "told"]


REFERENCE: dict[str, tuple[Callable[[Desk], object], str | None, list[tuple[str, Any]]]] = {
    "a person": (
        lambda d: d.act(operations.register_person, slug="kim", name_en="Kim", name_ko="김"),
        "kim",
        [],
    ),
    "a publisher": (
        lambda d: d.act(
            operations.register_publisher, slug="wire", name_en="W", name_ko="W", tier="press"
        ),
        "wire",
        [],
    ),
    "a track": (
        lambda d: d.act(
            operations.register_track, negotiation="talks", slug="new", title_en="N", title_ko="N",
            procedure="treaty",
        ),
        None,
        [("negotiation", "talks")],
    ),
    "a term": (
        lambda d: d.act(
            operations.register_term, track="talks/trade", slug="rice", name_en="R", name_ko="쌀",
            unit="percent",
        ),
        None,
        [],
    ),
    "an office": (
        lambda d: d.act(operations.register_office, slug="envoy", title_en="E", title_ko="E"),
        None,
        [],
    ),
    "an appointment": (
        lambda d: d.act(operations.appoint, person="cho", office="minister"),
        None,
        [("person", "cho")],
    ),
    "a letter": (
        lambda d: d.act(
            operations.grade_publisher, publisher="paper", reliability="A",
            graded_on=date(2025, 10, 1),
        ),
        None,
        [("publisher", "paper"), *((noun, None) for noun in ("source", *SAYING))],
    ),
    "a look": (lambda d: d.act(operations.check_track, track="talks/trade"), None, []),
}  # fmt: skip


@pytest.mark.parametrize("what", REFERENCE)
def test_reference_data_is_told_by_its_own_act(desk: Desk, told: Told, what: str) -> None:
    do, key, renews = REFERENCE[what]
    change = told(lambda: do(desk))
    assert (key_of(change.record), renewed(change)) == (key, renews)


MENDED: dict[str, tuple[Any, str, dict[str, str], str | None, list[tuple[str, Any]]]] = {
    "person": (Person, "cho", {"name_en": "Jo"}, "cho", [(noun, None) for noun in SAYING]),
    "office": (
        Office,
        "minister",
        {"title_en": "FM"},
        None,
        [(noun, None) for noun in ("person", *SAYING)],
    ),
    "term": (Term, "car-tariff", {"name_en": "Cars"}, None, [("position", None)]),
    "track": (
        Track,
        "trade",
        {"title_en": "Goods"},
        None,
        [("negotiation", "talks"), *((noun, None) for noun in SAYING)],
    ),
}


@pytest.mark.parametrize("noun", MENDED)
def test_a_mended_name_is_told_wherever_it_stands(desk: Desk, told: Told, noun: str) -> None:
    model, slug, values, key, renews = MENDED[noun]
    row = model.objects.get(slug=slug)
    change = told(lambda: mend(desk, noun, row.pk, **values))
    assert (key_of(change.record), renewed(change)) == (key, renews)


def test_a_mended_tenure_is_told_with_its_person(desk: Desk, told: Told) -> None:
    desk.act(operations.appoint, person="cho", office="minister")
    tenure = Tenure.objects.get()
    change = told(lambda: mend(desk, "tenure", tenure.pk, held_from="2025-07-19"))
    assert renewed(change) == [("person", "cho")]


def test_a_letter_of_a_day_to_come_names_that_day(desk: Desk, told: Told) -> None:
    day = date(2025, 11, 1)
    change = told(
        lambda: desk.act(
            operations.grade_publisher, publisher="paper", reliability="A", graded_on=day
        )
    )
    whole = [one for one in change.renews if one.record is None]
    assert whole == [
        Renewal(noun=noun, record=None, address=None, on=day) for noun in ("source", *SAYING)
    ]
