"""The form of a position."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from negotiations.models import Position
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals, words

NEW = "/desk/positions/new/"


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def complete(desk: Desk, **typed: Any) -> dict[str, Any]:
    """What an officer types for a whole position."""
    return {
        "term": "talks/trade/car-tariff", "according_to": "US", "standing": "announced",
        "amount": "15", "qualifier": "up_to", "effective_on": "2025-10-02",
        "basis": desk.ids["statement"], **typed,
    }  # fmt: skip


def test_a_position_is_drafted_from_its_form(desk: Desk, at: Browser) -> None:
    at.press(NEW, "save", **complete(desk, amount_to="20"))
    row = Position.objects.get()
    assert (row.amount, row.amount_to, row.qualifier) == (15, 20, "up_to")
    assert (row.text_en, row.according_to.code, row.term.slug) == ("", "US", "car-tariff")


def test_a_position_in_words_has_no_figure(desk: Desk, at: Browser) -> None:
    at.press(NEW, "save", **complete(desk, amount="", text_ko="낮춘다", text_en="Lower it"))
    assert (Position.objects.get().amount, Position.objects.get().text_ko) == (None, "낮춘다")


def test_the_unit_stands_beside_the_term(at: Browser) -> None:
    assert "Tariff on cars (%)" in words(at.get(NEW))


def test_begun_at_a_track_its_statements_are_offered_at_once(at: Browser) -> None:
    assert "They are close." in words(at.get(f"{NEW}?track=talks/security"))


def test_a_figure_and_words_at_once_are_refused_at_the_figure(desk: Desk, at: Browser) -> None:
    response = at.press(NEW, "save", status=422, **complete(desk, text_en="Lower it"))
    assert "Figure: A position is either a figure or a text." in refusals(response)


def test_check_first_shows_what_the_party_said_before(desk: Desk, at: Browser) -> None:
    desk.published("position", amount="25")
    typed = complete(desk, effective_on="2025-10-05", qualifier="exactly")
    told = words(at.press(NEW, "check", status=200, **typed))
    assert "Before United States: Tariff on cars 25 %" in told
    assert "After United States: Tariff on cars 15 %" in told


def test_a_position_is_corrected_with_its_figure(desk: Desk, at: Browser) -> None:
    before = desk.published("position", amount="25.5")
    path = f"/desk/positions/{before}/correction/"
    assert 'value="25.5"' in at.get(path).content.decode()
    at.press(path, "save", amount="15", correction_reason="Misread.")
    assert Position.objects.get(supersedes=before).amount == 15
