"""What Django itself refuses is told in the form of the edge that was asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.pages.markup import parse

STRANGE = {"host": "elsewhere.example"}


@pytest.mark.parametrize("path", ["/api/v1/statements/", "/api/nowhere"])
def test_a_host_that_is_not_ours_is_a_problem_below_api(client: Client, path: str) -> None:
    answer = client.get(path, headers=STRANGE)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert (answer.json()["code"], answer["Cache-Control"]) == ("bad_request", "no-store")


def test_a_host_that_is_not_ours_has_a_page_elsewhere(client: Client) -> None:
    answer = client.get("/vocabulary/", headers=STRANGE)
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert parse(answer.content.decode()).one("h1").words


@pytest.mark.parametrize(
    ("error", "told"),
    [(OperationalError("refused"), (503, "unavailable", "5")),
     (RuntimeError("the password is 1234"), (500, "failed", None))],
)  # fmt: skip
def test_a_failure_before_the_route_is_a_problem_below_api(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, told: tuple[Any, ...]
) -> None:
    def fail(*_: Any) -> None:
        raise error

    client.raise_request_exception = False
    monkeypatch.setattr("django.urls.resolvers.URLResolver.resolve", fail)
    answer = client.get("/api/v1/statements/")
    assert (answer.status_code, answer.json()["code"], answer.headers.get("Retry-After")) == told
    assert "1234" not in answer.content.decode()
