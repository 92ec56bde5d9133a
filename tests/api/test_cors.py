"""Who may read from where."""

from __future__ import annotations

import pytest
from django.test import Client

ADDRESS = "/api/v1/vocabulary/"


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reads_are_open_to_any_page(reader: Client, method: str) -> None:
    """Any origin, and scripts may see ETag and Link."""
    response = getattr(reader, method)(ADDRESS, headers={"Origin": "https://paper.example"})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Expose-Headers"] == "ETag, Link"


def test_refusals_are_readable_too(reader: Client) -> None:
    """A script can read why it was refused."""
    assert reader.get("/api/v1/nope/")["Access-Control-Allow-Origin"] == "*"


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
