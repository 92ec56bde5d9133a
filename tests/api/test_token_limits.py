"""How often who has a token may ask."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

from negotiations.rates import Policy
from tests.api.office import Office, code_of


@pytest.mark.django_db
@time_machine.travel("2026-11-24T12:00:00Z", tick=False)
def test_tokens_count_by_their_account_and_to_a_limit_of_their_own(
    office: Office, settings: Any
) -> None:
    """Reading and writing, refused or not; two tokens of one account share."""
    settings.RATE_ANONYMOUS, settings.RATE_TOKEN = None, Policy("token", 10, 60)
    one, two = office.script("officer"), office.script("officer", ["read"])
    told = [
        one.send("GET", "/statements/"),
        two.send("GET", "/drafts/"),
        one.post("/negotiations/talks/tracks/security/checks/", {}),
        two.post("/negotiations/talks/tracks/security/checks/", {}),
    ]
    assert [answer.status_code for answer in told] == [200, 200, 201, 403]
    assert [answer["RateLimit"] for answer in told] == [f'"token";r={n};t=60' for n in (9, 8, 7, 6)]
    assert {answer["RateLimit-Policy"] for answer in told} == {'"token";q=10;w=60'}
    for _ in range(6):
        one.send("GET", "/drafts/")
    refused = one.post("/negotiations/talks/tracks/security/checks/", {})
    assert (code_of(refused), refused["Retry-After"]) == ("too_many_requests", "60")
    assert office.script("reviewer").send("GET", "/drafts/").status_code == 200
