"""Wrong passwords that come at the same time, on connections of their own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import user_login_failed
from django.db import connection
from django.test import Client

from tests.pages.accounts import HASHERS, account, try_password
from tests.standing import lasting


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any, settings: Any) -> Iterator[None]:  # noqa: ARG001
    """What is written is there for all connections."""
    settings.PASSWORD_HASHERS = HASHERS
    with lasting(django_db_blocker):
        yield


@pytest.mark.usefixtures("db")
def test_twenty_at_once_have_five_tries_and_then_the_right_password_is_refused() -> None:
    """Each password that is looked at and is wrong tells so once; a refusal looks at none."""
    account()
    looked: list[str] = []

    def looks(credentials: Any, request: Any, **_: Any) -> None:
        if not request.axes_locked_out or request.axes_failures_since_start == 5:
            looked.append(credentials["username"])

    user_login_failed.connect(looks)
    try:
        with ThreadPoolExecutor(20) as pool:
            statuses = list(pool.map(_try_alone, ["wrong"] * 20))
    finally:
        user_login_failed.disconnect(looks)
    assert sorted(statuses) == [200] * 4 + [429] * 16
    assert len(looked) == 5
    assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == 5
    assert try_password(Client(), "kim").status_code == 429


def _try_alone(password: str) -> int:
    try:
        return int(try_password(Client(), "kim", password).status_code)
    finally:
        connection.close()
