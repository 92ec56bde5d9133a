"""Several drafts judged as one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import StatusChange
from negotiations.operations import Actor
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.conftest import signed_in


@pytest.fixture
def at(reviewer: Client) -> Browser:
    """The second officer's browser."""
    return Browser(reviewer)


def path_of(*items: str) -> str:
    """The page on which these drafts are judged."""
    return f"/desk/publication/?items={','.join(items)}"


def test_drafts_ticked_together_are_published_as_one_act(desk: Desk, at: Browser) -> None:
    one, other = desk.draft("statement").id, desk.draft("status_change").id
    path = path_of(f"statement:{one}", f"status_change:{other}")
    assert "2 drafts, as one act" in words(at.get(path))
    response = at.press(path, "publish")
    first, second = desk.row("statement", one), desk.row("status_change", other)
    assert first.published_at == second.published_at
    assert second.ledger_number == first.ledger_number + 1
    assert response["Location"] == f"/talks/security/#n{second.ledger_number}"


def test_what_they_rest_on_goes_along_unasked(desk: Desk, at: Browser) -> None:
    statement = desk.draft("statement").id
    change = desk.draft("status_change", basis=[statement]).id
    at.press(path_of(f"status_change:{change}"), "publish")
    assert desk.row("statement", statement).published_at is not None


def test_what_rests_on_a_draft_can_be_ticked_to_go_along(desk: Desk, at: Browser) -> None:
    statement = desk.draft("statement").id
    change = desk.draft("status_change", basis=[statement]).id
    path = f"/desk/drafts/statements/{statement}/"
    page = at.get(path).content.decode()
    assert f'type="checkbox" name="items" value="status_change:{change}:1"' in page
    both = [f"statement:{statement}:1", f"status_change:{change}:1"]
    assert (
        "Talks go on"
        in words(at.press(path, "look", status=200, items=both)).partition(
            "The evidence in its place"
        )[0]
    )
    at.press(path, "publish", items=both)
    assert desk.row("status_change", change).published_at is not None


def test_one_that_is_refused_keeps_all_back_and_the_ticks_stay(desk: Desk, at: Browser) -> None:
    one, other = desk.draft("statement").id, desk.draft("status_change").id
    path = path_of(f"statement:{one}", f"status_change:{other}")
    typed = at.filled(path, waiver="Kept words")
    desk.draft("status_change", amends=other, version=1, momentum="stalled")
    response = at.send(path, {**typed, "action": "publish"}, status=412)
    assert "it is at version 2 now" in refusals(response)
    assert "Kept words" in words(response)
    assert desk.row("statement", one).published_at is None
    at.press(path, "publish")
    assert desk.row("status_change", other).momentum == "stalled"


def test_a_set_whose_drafts_are_published_says_so(desk: Desk, at: Browser) -> None:
    change = desk.published("status_change")
    assert "No drafts any longer" in words(at.get(path_of(f"status_change:{change}")))


@pytest.mark.parametrize("items", ["", "status_change", "status_change:x", "x:1:1"])
def test_a_set_that_names_no_draft_is_refused(items: str, at: Browser) -> None:
    assert "Name each draft once" in words(at.get(path_of(items), status=422))


def test_an_officer_sees_the_set_and_cannot_publish_it(
    desk: Desk, hire: Callable[[str], Actor]
) -> None:
    officer = Browser(signed_in(hire("officer")))
    path = path_of(f"status_change:{desk.draft('status_change').id}")
    assert "takes the role of a reviewer" in words(officer.get(path))
    change = StatusChange.objects.get()
    typed = {"items": [f"status_change:{change.pk}:1"], "seen": "1", "action": "publish"}
    assert officer.client.post(path, typed).status_code == 403


def test_drafts_of_other_negotiations_are_not_shown(
    desk: Desk, hire: Callable[[str], Actor]
) -> None:
    path = path_of(f"status_change:{desk.draft('status_change').id}")
    response = signed_in(hire("")).get(path)
    assert response.status_code == 403


def test_three_drafts_cost_as_many_queries_as_two(desk: Desk, at: Browser) -> None:
    drafts = [desk.draft("status_change").id for _ in range(4)]
    counts = []
    for some in (drafts[:2], drafts):
        path = path_of(*(f"status_change:{id}" for id in some))
        at.get(path)
        with CaptureQueriesContext(connection) as captured:
            at.get(path)
        counts.append(len(captured))
    # Each draft that is published in rehearsal is written one by one.
    assert counts[1] - counts[0] <= 2 * 22
