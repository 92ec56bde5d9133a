"""A copy that is kept in step, by the README's own words, holds what the exports tell.

Set PARLEY_HYPOTHESIS=deep, or run the drill, for hundreds more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from pytest_django import DjangoDbBlocker

from negotiations import operations
from negotiations.memory import answers
from tests.api.conftest import staying_connected
from tests.api.copies import Reader
from tests.api.histories import ACTS, History, histories
from tests.operations.desk import Desk, open_desk
from tests.reading import ReadingClient
from tests.standing import undone

EXAMPLES = 300 if os.environ.get("PARLEY_HYPOTHESIS") == "deep" else 4
CALM = settings(
    deadline=None,
    database=None,
    # A failing history is told as it is: each try at a shorter one takes a second.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:  # noqa: ARG001
    """A desk with two publishers."""
    with staying_connected(), undone(django_db_blocker):
        desk = open_desk()
        desk.act(
            operations.register_publisher, slug="wire", name_en="W", name_ko="W", tier="mirror"
        )
        desk.act(operations.appoint, person="cho", office="minister")
        yield desk


@pytest.fixture
def db(opened: Desk, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """In place of pytest-django's, which would close the module's transaction."""
    with undone(django_db_blocker):
        yield


@settings(CALM, max_examples=EXAMPLES)
@given(steps=histories)
@pytest.mark.usefixtures("db")
def test_random_histories_read_in_random_pages_end_as_the_exports_tell(
    steps: list[Any], opened: Desk, django_db_blocker: DjangoDbBlocker
) -> None:
    with undone(django_db_blocker):
        _play(steps, History(deepcopy(opened)), ReadingClient())


@pytest.mark.drill
@settings(CALM, max_examples=60)
@given(steps=histories)
@pytest.mark.usefixtures("db")
def test_so_do_hundreds_of_them(
    steps: list[Any], opened: Desk, django_db_blocker: DjangoDbBlocker
) -> None:
    with undone(django_db_blocker):
        _play(steps, History(deepcopy(opened)), ReadingClient())


def _play(steps: list[Any], history: History, client: Client) -> None:
    # Another history had other answers under the same numbers.
    answers.cache_clear()
    early, late = Reader(client), Reader(client)
    for step in steps:
        if isinstance(step, int):
            early.read(step)
        else:
            history.do(*step)
    early.catch_up()
    late.catch_up()
    assert early.held() == early.present()
    assert late.held() == early.held()
    assert early.after == late.after


@pytest.mark.parametrize("act", ACTS)
def test_each_act_alone(opened: Desk, client: Client, db: None, act: str) -> None:  # noqa: ARG001
    """Every choice that an act can take, one after the other."""
    answers.cache_clear()
    history, reader = History(deepcopy(opened)), Reader(client)
    for number in range(2):
        history.do("publish", [0, 0, 0, 1, number])
        reader.catch_up()
        history.do(act, [number, 1, 0, number, number])
        reader.catch_up()
    assert reader.held() == reader.present()
