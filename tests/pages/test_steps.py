"""Links from change to change, beside the date at the head of a page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories as make
from tests.pages.scenes import Scene, scene

pytestmark = pytest.mark.django_db
BOARD, TRACK = "/rok-us/", "/rok-us/tariffs/"


@pytest.fixture
def shown() -> Scene:
    """Security is known since 1 October; tariffs since the 5th, and again on the 10th."""
    shown = scene()
    for day in (5, 10):
        make.StatusChangeFactory(track=shown.tariffs, known_on=date(2025, 10, day))
    return shown


def steps(page: Any) -> dict[str, str]:
    """The links by their words."""
    links = page.all("a", class_="clock-step")
    return {link.words: link.attributes["href"] for link in links}


def ways(reader: Any, path: str) -> dict[str, str]:
    """The links of a page."""
    return steps(reader.read(path))


@pytest.mark.usefixtures("shown")
def test_a_board_steps_along_all_its_tracks(reader: Any) -> None:
    assert ways(reader, BOARD) == {
        "First": "/rok-us/?known_on=2025-10-01",
        "‹ Earlier change: 10 Oct 2025": "/rok-us/?known_on=2025-10-10",
    }
    assert ways(reader, f"{BOARD}?known_on=2025-10-05") == {
        "‹ Earlier change: 1 Oct 2025": "/rok-us/?known_on=2025-10-01",
        "Later change: 10 Oct 2025 ›": "/rok-us/?known_on=2025-10-10",
    }


@pytest.mark.usefixtures("shown")
def test_a_track_steps_along_itself(reader: Any) -> None:
    assert ways(reader, f"{TRACK}?known_on=2025-10-10")["‹ Earlier change: 5 Oct 2025"] == (
        "/rok-us/tariffs/?known_on=2025-10-05"
    )


@pytest.mark.usefixtures("shown")
def test_what_else_was_asked_is_kept_but_for_the_page_of_the_list(reader: Any) -> None:
    asked = "kind=statement&as_of=2026-01-01"
    links = ways(reader, f"{BOARD[:-1]}/security/?known_on=2025-10-05&{asked}")
    assert links["‹ Earlier change: 1 Oct 2025"] == (
        f"/rok-us/security/?known_on=2025-10-01&{asked}"
    )


@pytest.mark.usefixtures("shown")
def test_the_clock_of_the_public_says_from_where(reader: Any) -> None:
    links = ways(reader, f"{BOARD}?known_by=2025-10-03")
    assert links["Later change: 5 Oct 2025 ›"] == "/rok-us/?known_on=2025-10-05"


@pytest.mark.usefixtures("shown")
def test_they_say_which_way_they_lead(reader: Any) -> None:
    page = reader.read(f"{BOARD}?known_on=2025-10-05")
    links = page.all("a", class_="clock-step")
    assert [link.attributes.get("rel") for link in links] == ["prev", "next"]


@pytest.mark.usefixtures("shown")
def test_in_korean(reader: Any) -> None:
    assert ways(reader, f"/ko{BOARD}?known_on=2025-10-05") == {
        "‹ 이전 변화: 2025. 10. 1.": "/ko/rok-us/?known_on=2025-10-01",
        "다음 변화: 2025. 10. 10. ›": "/ko/rok-us/?known_on=2025-10-10",
    }


@pytest.mark.parametrize("path", ["/", "/corrections/", "/people/cho-hyun/"])
@pytest.mark.usefixtures("shown")
def test_pages_of_no_negotiation_have_none(reader: Any, path: str) -> None:
    assert ways(reader, path) == {}


def test_where_nothing_is_known_there_are_none(reader: Any) -> None:
    make.NegotiationFactory(slug="rok-us")
    assert ways(reader, BOARD) == {}
