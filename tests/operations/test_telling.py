"""Whoever tells the outside is woken when a public act is committed, by whatever way it came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import TestCase

from negotiations import operations
from negotiations.models import Officer
from negotiations.operations import Actor, Role, operation
from tests.operations.desk import Desk


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Which tasks are woken by what is done."""
    found: list[str] = []
    monkeypatch.setattr(operation, "wake_soon", found.append)

    def run(act: Callable[..., Any], *args: Any, **fields: Any) -> list[str]:
        found.clear()
        with TestCase.captureOnCommitCallbacks(execute=True):
            act(*args, **fields)
            assert found == []
        return list(found)

    return run


def test_a_public_act_wakes_who_tells_it(desk: Desk, woken: Callable[..., list[str]]) -> None:
    check = operations.check_track
    told = woken(desk.act, check, track="talks/security")
    assert told == ["negotiations.tell", "negotiations.write_letters"]


def test_a_draft_wakes_nobody(desk: Desk, woken: Callable[..., list[str]]) -> None:
    assert woken(desk.draft, "status_change") == []


def test_seeds_wake_nobody(desk: Desk, woken: Callable[..., list[str]]) -> None:
    seeder = Actor(officer=Officer.objects.latest("pk").pk, role=Role.SEEDER)
    check = operations.check_track
    assert woken(desk.act, check, by=seeder, track="talks/security") == []
