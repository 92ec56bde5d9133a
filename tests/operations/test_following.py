"""The ledger read on: each public act once, and again only where it failed."""

from __future__ import annotations

import pytest

from negotiations.models import LedgerEntry
from negotiations.operations.following import reading_on
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import Desk

__all__ = ["db", "desk", "opened_desk"]


def _read() -> list[int]:
    with reading_on("test") as step:
        return [act.number for act in step.acts]


def test_a_new_reader_begins_with_the_acts_to_come(desk: Desk) -> None:
    desk.published("status_change")
    assert _read() == []
    desk.published("status_change")
    newest = LedgerEntry.objects.filter(public=True).order_by("-number").first()
    assert newest is not None
    assert _read()[-1] == newest.number
    assert _read() == []


def test_what_failed_is_read_again(desk: Desk) -> None:
    _read()
    desk.published("status_change")
    with pytest.raises(ZeroDivisionError), reading_on("test") as step:
        1 / len(step.acts[:0])
    assert _read() != []
