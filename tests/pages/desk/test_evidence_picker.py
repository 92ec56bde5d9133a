"""Citing statements in the forms of the desk."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import StatusChange
from tests.operations.desk import Desk
from tests.pages.desk.browsing import NEW, Browser, refusals, words
from tests.pages.desk.test_statuses import complete


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def test_statements_of_the_track_are_offered_newest_first(desk: Desk, at: Browser) -> None:
    desk.published("statement", said_on="2025-10-05", paraphrase_en="The later one.")
    told = words(at.get(NEW))
    assert told.index("The later one.") < told.index("They are close.")


def test_the_desks_own_drafts_are_offered_and_marked(desk: Desk, at: Browser) -> None:
    desk.draft("statement", said_on="2025-10-05", paraphrase_en="Not out yet.")
    assert "5 Oct 2025 draft " in words(at.get(NEW))


def test_without_a_track_none_is_offered(at: Browser) -> None:
    assert "Choose what it is about" in words(at.get("/desk/status-changes/new/"))


def test_looking_for_statements_keeps_all_that_is_typed_and_chosen(desk: Desk, at: Browser) -> None:
    desk.published("statement", paraphrase_en="A hidden pearl.")
    typed = complete(desk, headline_en="", note_en="Half a thought", stage="")
    response = at.press(NEW, "find", status=200, **typed, find="pearl")
    told = words(response)
    assert "A hidden pearl." in told
    assert told.index("Chosen") < told.index("They are close.") < told.index("Found")
    assert "Half a thought" in told
    assert refusals(response) == ""
    assert not StatusChange.objects.exists()


def test_what_is_chosen_on_another_track_stays_listed(desk: Desk, at: Browser) -> None:
    typed = complete(desk, track="talks/trade")
    assert "They are close." in words(at.press(NEW, "find", status=200, **typed))


def test_one_ticked_statement_is_what_the_row_rests_on(desk: Desk, at: Browser) -> None:
    at.press(NEW, "save", **complete(desk, basis="", further=[desk.ids["statement"]]))
    assert StatusChange.objects.get().basis_id == desk.ids["statement"]


def test_of_several_ticked_the_officer_says_which_comes_first(desk: Desk, at: Browser) -> None:
    both = [desk.ids["statement"], desk.published("statement")]
    response = at.press(NEW, "save", status=422, **complete(desk, basis="", further=both))
    assert "Say which of the statements this rests on first." in refusals(response)


def test_a_row_without_evidence_is_refused_at_the_evidence(desk: Desk, at: Browser) -> None:
    response = at.press(NEW, "save", status=422, **complete(desk, basis=""))
    assert "Evidence : At least one statement must bear this out." in words(response)


@pytest.mark.parametrize("ids", [["x"], ["1", "-2"], ["9" * 30], ["١"]])
def test_what_is_no_statement_is_refused(ids: list[str], desk: Desk, at: Browser) -> None:
    response = at.press(NEW, "save", status=422, **complete(desk, further=ids))
    assert "That is no statement." in refusals(response)


def test_a_statement_that_there_is_not_is_refused(desk: Desk, at: Browser) -> None:
    response = at.press(NEW, "save", status=422, **complete(desk, further=[999_999]))
    assert "There is no statement 999999." in refusals(response)


def test_three_statements_cost_as_many_queries_as_one(desk: Desk, at: Browser) -> None:
    counts = []
    for _ in range(2):
        at.get(NEW)
        with CaptureQueriesContext(connection) as captured:
            at.get(NEW)
        counts.append(len(captured))
        for _more in range(2):
            desk.published("statement")
    assert counts[0] == counts[1]
