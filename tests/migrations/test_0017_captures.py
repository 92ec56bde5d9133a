"""Captures that were over before they became work like all other are not taken up again."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.db import connection

from negotiations.models import Capture
from negotiations.operations.captures import claim
from tests import factories as make

NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)


@pytest.mark.django_db
def test_what_was_over_is_not_due_afterwards() -> None:
    officer = make.OfficerFactory()
    for state in ("done", "failed", "waiting"):
        Capture.objects.create(
            url=f"https://a.example/{state}",
            asked_by=officer,
            asked_at=NOW,
            due_at=NOW,
            state=state,
        )
    with connection.cursor() as cursor:
        cursor.execute(import_module("negotiations.migrations.0017_captures").NOT_DUE)
    job = claim(now=NOW)
    assert job is not None
    assert job.url == "https://a.example/waiting"
    assert claim(now=NOW) is None
