"""Several officers press at once, on connections of their own: who wins, what others see."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from negotiations.models import LedgerEntry, StatusChange
from negotiations.operations.ledger import lock
from negotiations.operations.verifying import verify_ledger
from tests.operations.desk import Desk, open_desk
from tests.pages.desk.browsing import Browser, words
from tests.pages.desk.conftest import signed_in
from tests.standing import lasting


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """What is written is there for all writers."""
    with lasting(django_db_blocker):
        yield


@pytest.fixture
def open_for_all(db: None) -> Desk:  # noqa: ARG001
    """A desk that other connections see."""
    return open_desk()


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


def test_while_another_officer_writes_the_page_stands_without_its_preview(
    open_for_all: Desk,
) -> None:
    desk, holds, seen = open_for_all, threading.Event(), threading.Event()
    draft = desk.draft("status_change").id
    browser = Browser(signed_in(desk.reviewer))

    def write() -> None:
        with transaction.atomic():
            lock()
            holds.set()
            seen.wait(timeout=9)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(write)
        assert holds.wait(timeout=5)
        told = words(browser.get(f"/desk/drafts/status-changes/{draft}/"))
        seen.set()
    assert "Another officer is writing at this moment." in told
    assert "Publish now" in told
