"""Several drafts judged as one, and who wins when two publish at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import LedgerEntry, StatusChange
from negotiations.operations import Actor
from negotiations.operations.verifying import verify_ledger
from tests.operations.desk import Desk, open_desk
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.conftest import signed_in
from tests.standing import our_tables, unguarded


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
    at.press(path, "publish", items=[f"statement:{statement}:1", f"status_change:{change}:1"])
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


@pytest.fixture
def open_for_all(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:  # noqa: ARG001
    """A desk that other connections see; what is written is thrown away after the test."""
    with django_db_blocker.unblock():
        yield open_desk()
        with unguarded() as cursor:
            tables = [*our_tables(), "django_session"]
            cursor.execute(";".join(f"DELETE FROM {name}" for name in tables))  # noqa: S608


def test_of_eight_reviewers_who_publish_at_once_one_wins(open_for_all: Desk) -> None:
    desk, barrier = open_for_all, threading.Barrier(8, timeout=20)
    draft = desk.draft("status_change").id
    path = f"/desk/drafts/status-changes/{draft}/"
    browsers = [Browser(signed_in(desk.reviewer)) for _ in range(8)]
    typed = [{**browser.filled(path), "action": "publish"} for browser in browsers]

    def press(number: int) -> Any:
        barrier.wait()
        try:
            return browsers[number].client.post(path, typed[number]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(press, range(8)))
    assert statuses == [303, *[409] * 7]
    assert LedgerEntry.objects.filter(noun="status_change", public=True).count() == 1
    assert verify_ledger()[1] is None


def test_eight_copies_of_one_press_lead_to_one_place(open_for_all: Desk) -> None:
    desk, barrier = open_for_all, threading.Barrier(8, timeout=20)
    draft = desk.draft("status_change").id
    path = f"/desk/drafts/status-changes/{draft}/"
    browser = Browser(signed_in(desk.reviewer))
    typed = {**browser.filled(path), "action": "publish"}

    def press(_number: int) -> Any:
        barrier.wait()
        try:
            return browser.client.post(path, typed)["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        places = set(pool.map(press, range(8)))
    number = StatusChange.objects.get(pk=draft).ledger_number
    assert places == {f"/talks/security/#n{number}"}
