"""Work in rows: taken once, taken over when its worker dies, set aside when it kills three."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import QuerySet

from negotiations.models import Feed
from negotiations.operations.leases import LEASE, give_back, take
from tests.factories import NegotiationFactory, OfficerFactory

NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _work(**columns: object) -> QuerySet[Feed]:
    Feed.objects.create(
        negotiation=NegotiationFactory(), kind="feed", url="https://a.example/",
        url_sha256="a" * 64, added_by=OfficerFactory(), added_at=NOW, due_at=NOW, **columns,
    )  # fmt: skip
    return Feed.objects.all()


def test_what_is_due_is_taken_once() -> None:
    rows = _work()
    assert take(rows, now=NOW - timedelta(seconds=1)) is None
    assert take(rows, now=NOW) is not None
    assert take(rows, now=NOW + LEASE - timedelta(seconds=1)) is None


def test_a_lease_that_ran_out_is_taken_over_and_the_late_result_is_dropped() -> None:
    rows = _work()
    first = take(rows, now=NOW)
    second = take(rows, now=NOW + LEASE)
    assert first is not None
    assert second is not None
    assert not give_back(first, due_at=None, title="late")
    assert give_back(second, due_at=NOW + timedelta(days=1), title="in time")
    row = rows.get()
    assert (row.title, row.lost, row.leased_until) == ("in time", 0, None)


def test_what_killed_three_workers_is_set_aside_with_the_reason() -> None:
    rows = _work()
    for turn in range(3):
        assert take(rows, now=NOW + turn * LEASE) is not None
    assert take(rows, now=NOW + 3 * LEASE) is None
    row = rows.get()
    assert (row.aside, row.due_at, row.turn) == ("worker_lost", None, 3)
