"""The deadline ledger as JSON."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.pages.promises import promises

LEDGER = "/api/v1/negotiations/talks/milestones/"
THEN = {"on": "2025-10-14", "known_by": "2025-10-14"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def promised() -> Any:
    """Two milestones, one of which moved."""
    return promises()


@pytest.mark.usefixtures("promised")
def test_a_milestone_tells_how_far_it_moved(reader: Client) -> None:
    told = reader.get(LEDGER, THEN).json()
    visit, paper = told["milestones"]
    assert visit["moved"] == {"least": 30, "most": 30, "exact": True, "direction": "later"}
    assert visit["days_left"] == {"least": 17, "most": 17, "exact": True}
    assert [slip["due_on"] for slip in visit["slips"]] == ["2025-10-01"]
    assert (paper["moved"], paper["moves"]) == (None, [])
    assert told["counts"]["later_days"] == 30


@pytest.mark.usefixtures("promised")
@pytest.mark.parametrize(
    ("asked", "slugs"),
    [({"kind": "target"}, ["paper"]), ({"party": "KR"}, ["visit", "paper"]),
     ({"track": "swap"}, ["visit", "paper"])],
)  # fmt: skip
def test_it_is_narrowed(reader: Client, asked: dict[str, str], slugs: list[str]) -> None:
    told = reader.get(LEDGER, {**THEN, **asked}).json()["milestones"]
    assert [state["latest"]["slug"] for state in told] == slugs


@pytest.mark.usefixtures("promised")
@pytest.mark.parametrize(
    ("name", "value"), [("track", "nowhere"), ("party", "XX"), ("kind", "x"), ("colour", "red")]
)
def test_what_names_nothing_is_refused(reader: Client, name: str, value: str) -> None:
    response = reader.get(LEDGER, {name: value})
    assert (response.status_code, response.json()["at"]) == (400, name)


def test_a_negotiation_that_is_not_there_is_not_found(reader: Client) -> None:
    assert reader.get(LEDGER).status_code == 404
