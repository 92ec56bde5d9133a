"""The layers of the API: none of the desk's, and the same protection as everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import translation
from django.utils.module_loading import import_string

PROTECTION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
}  # fmt: skip
ADDRESSES = ("/api/v1/vocabulary/", "/api/v1/nope/", "/api/docs/", "/vocabulary/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_same_protection(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert {name: headers.get(name) for name in PROTECTION} == PROTECTION
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_behind_https_every_answer_holds_browsers_to_it(
    client: Client, settings: Any, address: str
) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 60, True
    assert client.get(address, secure=True)["Strict-Transport-Security"].startswith("max-age=60")
    plain = client.get(address)
    assert (plain.status_code, plain["Location"]) == (301, f"https://testserver{address}")


@pytest.mark.parametrize("address", ["/api/v1/vocabulary/", "/vocabulary/"])
def test_a_host_that_is_not_ours_is_refused(client: Client, address: str) -> None:
    assert client.get(address, headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.django_db
def test_scripts_have_no_session_and_pages_do(client: Client) -> None:
    asked = client.get("/api/v1/vocabulary/").wsgi_request
    assert [hasattr(asked, name) for name in ("session", "allauth", "_messages")] == [False] * 3
    assert hasattr(client.get("/vocabulary/").wsgi_request, "session")


@pytest.mark.django_db
def test_no_language_of_an_earlier_page_reaches_a_script(client: Client) -> None:
    client.get("/ko/vocabulary/")
    assert translation.get_language() == "ko"
    client.get("/api/v1/vocabulary/")
    assert translation.get_language() == "en"


def test_what_does_not_depend_on_a_language_does_not_say_so(client: Client) -> None:
    """A cache would keep it once for every Accept-Language of the world."""
    answers = {address: client.get(address) for address in ("/api/v1/schema/", "/api/docs/")}
    varies = [one["Vary"] for one in answers.values()]
    assert varies == ["Authorization, Accept-Encoding", "Accept-Encoding"]
    told = [one["Content-Language"] for one in answers.values()]
    assert told == ["en, ko", "en"]


def test_layers_of_the_api_have_no_hooks_that_would_be_passed_over() -> None:
    """`process_view` and its like are called by Django for pages alone."""
    hooks = ("process_view", "process_exception", "process_template_response")
    layers = [import_string(layer) for layer in site.API_MIDDLEWARE]
    assert [layer for layer in layers if any(hasattr(layer, hook) for hook in hooks)] == []
