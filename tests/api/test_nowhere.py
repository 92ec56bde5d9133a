"""Addresses below /api/ where nothing is."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize(
    "path",
    ["/api/", "/api/v1/", "/api/v2/statements/", "/api/v1/nope", "/api/v1/%00/", "/api/%0A/"],
)
@pytest.mark.parametrize("method", ["get", "head", "post", "delete"])
def test_unknown_address_is_a_problem(reader: Client, path: str, method: str) -> None:
    """404 as a problem, whatever the method; nothing is allowed where nothing is."""
    response = getattr(reader, method)(path)

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert "Allow" not in response


def test_forgotten_slash_is_put_right(reader: Client) -> None:
    """308 keeps method and query."""
    response = reader.get("/api/v1/statements?limit=3&on=2025-10-05")

    assert response.status_code == 308
    assert response["Location"] == "/api/v1/statements/?limit=3&on=2025-10-05"


def test_only_json_is_given(reader: Client) -> None:
    """Who asks for something else is told what there is."""
    response = reader.get("/api/v1/vocabulary/", headers={"Accept": "text/html"})

    assert (response.status_code, response.json()["code"]) == (406, "not_acceptable")
    for fits in ("application/json", "*/*", "text/html,*/*;q=0.8", "application/*"):
        assert reader.get("/api/v1/vocabulary/", headers={"Accept": fits}).status_code == 200
