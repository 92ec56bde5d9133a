"""Who may read from where."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.api.office import Office, Script

ADDRESS = "/api/v1/vocabulary/"


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reads_are_open_to_any_page(reader: Client, method: str) -> None:
    """Any origin, and scripts may see what steers them."""
    response = getattr(reader, method)(ADDRESS, headers={"Origin": "https://paper.example"})

    assert response["Access-Control-Allow-Origin"] == "*"
    limits = "RateLimit, RateLimit-Policy, Retry-After"
    exposed = f"ETag, Link, {limits}, Deprecation, Sunset, Parley-Ledger-Number, X-Request-ID"
    assert response["Access-Control-Expose-Headers"] == exposed


def test_refusals_are_readable_too(reader: Client) -> None:
    """A script can read why it was refused."""
    assert reader.get("/api/v1/nope/")["Access-Control-Allow-Origin"] == "*"


@pytest.mark.django_db
def test_what_takes_a_token_is_open_to_no_page(office: Office) -> None:
    """Neither with it nor without; and no cache keeps what was asked with one."""
    script = office.script("reader")
    with_it, without = script.send("GET", "/statements/"), Script().send("GET", "/statements/")

    assert "Access-Control-Allow-Origin" not in with_it
    assert (with_it["Cache-Control"], with_it["ETag"]) == ("private, no-store", without["ETag"])
    assert with_it.json()["results"] == without.json()["results"]
    assert "public" in without["Cache-Control"]
    for answer in (Script().send("GET", "/drafts/"), script.send("GET", "/drafts/")):
        assert "Access-Control-Allow-Origin" not in answer


def test_preflight(reader: Client) -> None:
    """204, reads only, any header, for a day."""
    response = reader.options(
        ADDRESS,
        headers={
            "Origin": "https://paper.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )

    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "*"
    assert response["Access-Control-Max-Age"] == "86400"


def test_options_tell_the_methods(reader: Client) -> None:
    """A plain OPTIONS is answered, with what is allowed."""
    response = reader.options(ADDRESS)

    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_writes_and_other_paths_are_not_opened(reader: Client) -> None:
    """Only reads, only the API."""
    assert "Access-Control-Allow-Origin" not in reader.post(ADDRESS)
    assert "Access-Control-Allow-Origin" not in reader.get("/apiary/")
