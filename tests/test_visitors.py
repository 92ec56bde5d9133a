"""From where somebody asks: nobody's word is taken, save a proxy's."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from negotiations.visitors import address_of


@pytest.fixture
def behind_a_proxy(settings: Any) -> None:
    """As with BEHIND_HTTPS."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def _asked(**headers: str) -> Any:
    return RequestFactory().get("/", **headers)


def test_nobody_is_believed_about_their_address() -> None:
    asked = _asked(HTTP_X_FORWARDED_FOR="203.0.113.9", REMOTE_ADDR="192.0.2.1")
    assert address_of(asked) == "192.0.2.1"


@pytest.mark.usefixtures("behind_a_proxy")
def test_a_proxy_is_believed_about_the_last_address_only() -> None:
    asked = _asked(HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9", REMOTE_ADDR="192.0.2.1")
    assert address_of(asked) == "203.0.113.9"


def test_a_household_s_addresses_count_as_one() -> None:
    assert address_of(_asked(REMOTE_ADDR="2001:db8:1:2:3:4:5:6")) == "2001:db8:1:2::"


@pytest.mark.parametrize(
    "told",
    [
        "203.0.113.9",
        " 203.0.113.9 ",
        "203.0.113.9:4711",
        "[2001:db8::9]:4711",
        "2001:db8::9",
        "x",
        "",
    ],
)
@pytest.mark.usefixtures("behind_a_proxy")
def test_addresses_are_read_as_allauth_reads_them(told: str) -> None:
    """Which counts codes and passkeys by them."""
    asked = _asked(HTTP_X_FORWARDED_FOR=f"10.0.0.1,{told}", REMOTE_ADDR="192.0.2.1")
    try:
        theirs = DefaultAccountAdapter(asked).get_client_ip(asked)
    except PermissionDenied:
        theirs = None
    assert address_of(asked) == (theirs.replace("::9", "::") if theirs else None)


@pytest.mark.parametrize("address", ["", "nonsense"])
def test_an_address_that_cannot_be_read_is_none(address: str) -> None:
    assert address_of(_asked(REMOTE_ADDR=address)) is None


def test_an_address_of_ipv4_told_as_one_of_ipv6_is_that_of_ipv4() -> None:
    assert address_of(_asked(REMOTE_ADDR="::ffff:203.0.113.9")) == "203.0.113.9"
