"""What connections to PostgreSQL are asked to keep to."""

from __future__ import annotations

import pytest

from tracker.environ import database

URL = "postgres://parley@localhost/parley"
PLANS = "-c random_page_cost=1.1 -c jit=off"
LIMITS = "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s"


@pytest.mark.parametrize(("asked", "options"), [("1", f"{PLANS} {LIMITS}"), ("0", PLANS)])
def test_plans_are_for_few_rows_with_limits_and_without(
    monkeypatch: pytest.MonkeyPatch, asked: str, options: str
) -> None:
    monkeypatch.setenv("DATABASE_LIMITS", asked)
    assert database(URL)["OPTIONS"]["options"] == options


def test_options_of_an_address_win() -> None:
    found = database(f"{URL}?options=-c%20work_mem%3D8MB")
    assert found["OPTIONS"]["options"] == "-c work_mem=8MB"
