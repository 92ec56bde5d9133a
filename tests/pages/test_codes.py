"""The second factor: a code from the officer's device, or one of the kept ones, once."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from tests.pages.accounts import HASHERS, PASSWORD, account, signed_in, try_password
from tests.pages.markup import parse

pytestmark = pytest.mark.django_db
FACTOR = "/desk/account/2fa/"
ASKED = f"{FACTOR}authenticate/"


@pytest.fixture(autouse=True)
def _fast_hashes(settings: Any) -> None:
    settings.PASSWORD_HASHERS = HASHERS


def device(secret: str, *, steps: int = 0) -> str:
    """What the device shows, so many half minutes from now."""
    *_, now, _later = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now + steps))


def set_up(client: Client) -> tuple[str, list[str]]:
    """Turn the second factor on as an officer does; the secret, and the codes to keep."""
    account()
    try_password(client, "kim")
    asked = client.get(f"{FACTOR}totp/activate/")["Location"]
    assert asked.startswith("/desk/account/reauthenticate/")
    client.post(asked, {"password": PASSWORD})
    response = client.get(f"{FACTOR}totp/activate/")
    page = parse(response.content.decode())
    assert page.mistakes == []
    secret = page.one("code", class_="address").words
    assert len(base64.b32decode(secret)) == 20
    wrong = client.post(f"{FACTOR}totp/activate/", {"code": "000000"})
    assert "That code is not right" in wrong.content.decode()
    done = client.post(f"{FACTOR}totp/activate/", {"code": device(secret)})
    assert done.status_code == 302
    kept = client.get(f"{FACTOR}recovery-codes/download/").content.decode().split()
    assert len(kept) == 10
    return secret, kept


@pytest.fixture
def factor() -> tuple[str, list[str]]:
    """The secret and the kept codes of an officer whose second factor is on."""
    return set_up(Client())


def at_the_code() -> Client:
    """A browser in which the password was right."""
    client = Client()
    response = try_password(client, "kim", PASSWORD)
    assert (response.status_code, response["Location"]) == (302, ASKED)
    assert not signed_in(client)
    return client


def test_the_password_alone_does_not_sign_in(factor: tuple[str, list[str]]) -> None:
    client = at_the_code()
    assert client.get(ASKED).status_code == 200, factor
    assert "/account/login/" in client.get("/desk/")["Location"]


def test_the_password_and_a_code_sign_in(factor: tuple[str, list[str]]) -> None:
    client = at_the_code()
    response = client.post(ASKED, {"code": device(factor[0])})
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert signed_in(client)


def test_a_code_is_good_once(factor: tuple[str, list[str]]) -> None:
    code = device(factor[0], steps=1)
    at_the_code().post(ASKED, {"code": code})
    again = at_the_code()
    assert "was used already" in again.post(ASKED, {"code": code}).content.decode()
    assert not signed_in(again)


@pytest.mark.parametrize("code", ["", "000000", "abcdef", "kim"])
def test_a_wrong_code_is_refused(factor: tuple[str, list[str]], code: str) -> None:
    client = at_the_code()
    response = client.post(ASKED, {"code": code})
    assert response.status_code == 200, factor
    assert not signed_in(client)


def test_a_code_of_long_ago_is_refused(factor: tuple[str, list[str]]) -> None:
    client = at_the_code()
    client.post(ASKED, {"code": device(factor[0], steps=-5)})
    assert not signed_in(client)


def test_a_code_alone_leads_nowhere(factor: tuple[str, list[str]]) -> None:
    client = Client()
    response = client.post(ASKED, {"code": device(factor[0])})
    assert "/account/login/" in response["Location"]
    assert not signed_in(client)


def test_a_kept_code_signs_in_once(factor: tuple[str, list[str]]) -> None:
    first, second = at_the_code(), at_the_code()
    first.post(ASKED, {"code": factor[1][0]})
    second.post(ASKED, {"code": factor[1][0]})
    assert (signed_in(first), signed_in(second)) == (True, False)
    second.post(ASKED, {"code": factor[1][1]})
    assert signed_in(second)


def test_codes_are_not_guessed_for_long(factor: tuple[str, list[str]]) -> None:
    client = at_the_code()
    for _ in range(12):
        client.post(ASKED, {"code": "000000"})
    client.post(ASKED, {"code": device(factor[0])})
    assert not signed_in(client)
