"""One view of the database: what comes later is not in it, whoever looks."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import InternalError, connection
from pytest_django import DjangoDbBlocker

from negotiations.models import Party
from negotiations.queries.standstill import Standstill
from tests import factories
from tests.standing import lasting


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """What is written is committed."""
    with lasting(django_db_blocker):
        factories.PartyFactory(code="KR")
        yield


pytestmark = pytest.mark.usefixtures("db")


def _codes(view: Standstill) -> list[str]:
    with view.within():
        return list(Party.objects.order_by("code").values_list("code", flat=True))


def test_what_is_committed_later_is_not_seen() -> None:
    with Standstill() as view:
        factories.PartyFactory(code="US")
        assert _codes(view) == ["KR"]
        assert Party.objects.count() == 2
        with Standstill() as later:
            assert _codes(later) == ["KR", "US"]
        assert _codes(view) == ["KR"]


def test_another_thread_may_go_on() -> None:
    with Standstill() as view, ThreadPoolExecutor(1) as pool:
        factories.PartyFactory(code="US")
        assert pool.submit(_codes, view).result() == _codes(view) == ["KR"]


def test_nothing_can_be_written_in_it() -> None:
    with (
        Standstill() as view,
        view.within(),
        pytest.raises(InternalError, match="read-only transaction"),
    ):
        Party.objects.update(name_en="Somebody else")


def test_the_usual_connection_is_back_after_a_step_that_fails() -> None:
    usual = connection.connection
    with Standstill() as view:
        with pytest.raises(ZeroDivisionError), view.within():
            raise ZeroDivisionError
        with view.within():
            assert connection.connection is not usual
    assert connection.connection is usual


def test_its_limits_are_its_own() -> None:
    with Standstill() as view, view.within(), connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("1min",)
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("repeatable read",)


def test_it_ends_with_its_block() -> None:
    with Standstill() as view:
        pass
    view.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
