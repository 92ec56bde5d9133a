"""Wrong passwords: five per account and address in fifteen minutes, however they come."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client, RequestFactory

from negotiations.pages.tries import account_of
from tests.pages.accounts import HASHERS, PASSWORD, account, signed_in, try_password
from tests.pages.markup import parse

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T12:00:00Z"


@pytest.fixture(autouse=True)
def _fast_hashes(settings: Any) -> None:
    settings.PASSWORD_HASHERS = HASHERS


@pytest.fixture
def client() -> Client:
    """A browser that may sign in."""
    return Client()


def _wrong(client: Client, times: int, login: str = "kim", **extra: Any) -> list[int]:
    return [try_password(client, login, "wrong", **extra).status_code for _ in range(times)]


def test_the_fifth_wrong_password_locks_the_account_for_that_address(client: Client) -> None:
    account()
    assert _wrong(client, 6) == [200, 200, 200, 200, 429, 429]
    refused = try_password(client, "kim")
    assert (refused.status_code, refused["Retry-After"]) == (429, "900")
    assert not signed_in(client)


@pytest.mark.parametrize(("prefix", "words"), [("", "Wait 15 minutes"), ("/ko", "15분 뒤에")])
def test_the_lock_is_told_in_words(client: Client, prefix: str, words: str) -> None:
    account()
    _wrong(client, 5)
    page = parse(try_password(client, "kim", prefix=prefix).content.decode())
    assert words in page.one("p", class_="lead").words
    assert page.one("code").words == "locked_out"


def test_name_and_address_of_an_account_count_together(client: Client) -> None:
    account()
    assert _wrong(client, 3) + _wrong(client, 2, "KIM@example.org") == [200, 200, 200, 200, 429]


def test_the_browser_is_not_asked_who_it_is(client: Client) -> None:
    account()
    statuses = [_wrong(client, 1, HTTP_USER_AGENT=f"browser {n}")[0] for n in range(5)]
    assert statuses[-1] == 429


def test_other_accounts_and_other_addresses_stay_open(client: Client) -> None:
    account()
    account("lee")
    _wrong(client, 5)
    assert try_password(client, "lee").status_code == 302
    assert try_password(Client(REMOTE_ADDR="192.0.2.7"), "kim").status_code == 302


def test_the_lock_ends_after_fifteen_minutes(client: Client) -> None:
    account()
    with time_machine.travel(NOON, tick=False) as clock:
        _wrong(client, 5)
        clock.shift(14 * 60 + 59)
        assert try_password(client, "kim").status_code == 429
        clock.shift(2)
        assert try_password(client, "kim").status_code == 302


def test_a_try_while_locked_does_not_lengthen_the_lock(client: Client) -> None:
    account()
    with time_machine.travel(NOON, tick=False) as clock:
        _wrong(client, 5)
        clock.shift(10 * 60)
        _wrong(client, 3)
        clock.shift(5 * 60 + 1)
        assert try_password(client, "kim").status_code == 302


def test_the_right_password_starts_the_count_anew(client: Client) -> None:
    account()
    _wrong(client, 4)
    assert try_password(client, "kim").status_code == 302
    assert AccessAttempt.objects.count() == 0


def test_confirming_who_one_is_counts_as_well(client: Client) -> None:
    account()
    try_password(client, "kim")
    path = "/desk/account/reauthenticate/"
    statuses = [client.post(path, {"password": "wrong"}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]


def test_no_password_is_kept_of_a_try(client: Client) -> None:
    account()
    try_password(client, "kim", "a secret mistyped")
    (row,) = AccessAttempt.objects.values()
    assert not re.search("secret|mistyped|csrf[^*]*=[^*]", str(row))


def test_the_account_of_a_try_is_its_name() -> None:
    account()
    request = RequestFactory().post("/", {"login": " Kim@example.org "})
    assert account_of(request) == "kim"
    assert account_of(request, {"username": "x" * 300, "password": PASSWORD}) == "x" * 255
    assert account_of(request, {"email": "nobody@example.org"}) == "nobody@example.org"
