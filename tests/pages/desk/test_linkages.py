"""The form of a linkage."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from negotiations.models import Linkage
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals, words

NEW = "/desk/linkages/new/?track=talks/security"


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def complete(desk: Desk, **typed: Any) -> dict[str, Any]:
    """What an officer types for a whole linkage."""
    return {
        "to_track": "talks/trade", "kind": "packaged_with", "according_to": "KR",
        "effective_on": "2025-10-02", "basis": desk.ids["statement"], **typed,
    }  # fmt: skip


def test_a_tie_is_drafted_from_the_track_it_was_begun_at(desk: Desk, at: Browser) -> None:
    at.press(NEW, "save", **complete(desk))
    row = Linkage.objects.get()
    assert (row.from_track.slug, row.kind, row.to_track.slug) == (
        "security", "packaged_with", "trade",
    )  # fmt: skip
    assert (row.standing, row.according_to.code) == ("asserted", "KR")


def test_a_track_is_not_tied_to_itself(desk: Desk, at: Browser) -> None:
    response = at.press(NEW, "save", status=422, **complete(desk, to_track="talks/security"))
    assert "To track: A track cannot be tied to itself." in refusals(response)


def test_check_first_shows_the_tie_on_both_tracks(desk: Desk, at: Browser) -> None:
    told = words(at.press(NEW, "check", status=200, **complete(desk)))
    assert told.count("stands, before and after") == 2
    assert told.count("Linkage Before — After Korea: Talks – packaged with – Talks") == 2


def test_a_tie_is_corrected_with_its_ends(desk: Desk, at: Browser) -> None:
    before = desk.published("linkage")
    path = f"/desk/linkages/{before}/correction/"
    at.press(path, "save", standing="denied", correction_reason="Misread.")
    row = Linkage.objects.get(supersedes=before)
    assert (row.standing, row.from_track.slug, row.to_track.slug) == ("denied", "security", "trade")
