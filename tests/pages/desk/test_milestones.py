"""The form of a milestone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from negotiations.models import Milestone
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals, words

NEW = "/desk/milestones/new/?track=talks/security"


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def complete(desk: Desk, **typed: Any) -> dict[str, Any]:
    """What an officer types for a whole milestone."""
    return {
        "slug": "apec", "kind": "target", "title_en": "APEC", "title_ko": "아펙",
        "due_on": "2025-11-01", "effective_on": "2025-10-02", "basis": desk.ids["statement"],
        **typed,
    }  # fmt: skip


def test_a_milestone_is_drafted_on_the_track_it_was_begun_at(desk: Desk, at: Browser) -> None:
    at.press(NEW, "save", **complete(desk, place_en="Gyeongju"))
    row = Milestone.objects.get()
    assert (row.negotiation.slug, row.outcome, row.place_en) == ("talks", "open", "Gyeongju")
    assert [track.slug for track in row.tracks.all()] == ["security"]


def test_a_milestone_of_no_track_is_refused(desk: Desk, at: Browser) -> None:
    response = at.press(NEW, "save", status=422, **complete(desk, tracks=[]))
    assert "Tracks" in refusals(response)


def test_a_date_that_cannot_be_read_is_refused(desk: Desk, at: Browser) -> None:
    response = at.press(NEW, "save", status=422, **complete(desk, due_on="soon"))
    assert "“soon” is not an EDTF date" in refusals(response)


def test_known_milestones_are_proposed_by_name(desk: Desk, at: Browser) -> None:
    desk.published("milestone")
    assert '<option value="apec">APEC</option>' in at.get(NEW).content.decode()


def test_a_new_row_of_a_known_milestone_begins_as_it_stands(desk: Desk, at: Browser) -> None:
    desk.published("milestone", place_en="Gyeongju")
    begun = at.filled(f"{NEW}&slug=apec")
    assert (begun["title_ko"], begun["place_en"]) == ("아펙", "Gyeongju")
    assert (begun["kind"], begun["due_on"]) == ("target", "2025-10-31/2025-11-01")


def test_check_first_shows_the_date_that_slips(desk: Desk, at: Browser) -> None:
    desk.published("milestone", due_on="2025-10-31")
    typed = complete(desk, effective_on="2025-10-05", outcome="moved")
    told = words(at.press(NEW, "check", status=200, **typed))
    assert "Before Due 31 October 2025: APEC" in told
    assert "After Due 1 November 2025: APEC" in told


def test_a_milestone_is_corrected_with_its_tracks(desk: Desk, at: Browser) -> None:
    before = desk.published("milestone")
    path = f"/desk/milestones/{before}/correction/"
    at.press(path, "save", due_on="2025-10-30", correction_reason="Misread.")
    row = Milestone.objects.get(supersedes=before)
    assert (row.due_on, [t.slug for t in row.tracks.all()]) == ("2025-10-30", ["security"])
