"""Approvals under embargo, as the desk sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from negotiations.models import Release
from negotiations.queries.releases import releases, releases_of
from negotiations.queries.seats import Seat
from tests import factories as make
from tests.factories import PUBLISHED_AT

pytestmark = pytest.mark.django_db
DRAFT = {"published_at": None, "known_on": None}


@pytest.fixture
def track() -> Any:
    """A track of the talks."""
    return make.TrackFactory(negotiation=make.NegotiationFactory(slug="talks"))


def seat(officer: int = 0, **roles: str) -> Seat:
    """An account with these roles."""
    return Seat(officer=officer, name="A", superuser=False, roles=roles)


def approve(*rows: tuple[str, Any], hours: int = 1, state: str = "waiting") -> Release:
    """An approval of these drafts."""
    return Release.objects.create(
        items=[[noun, row.pk, 1] for noun, row in rows], approved_by=make.OfficerFactory(),
        approved_at=PUBLISHED_AT, release_at=PUBLISHED_AT + timedelta(hours=hours), seen=1,
        state=state,
    )  # fmt: skip


def test_what_waits_and_what_is_held_is_told_soonest_first(track: Any) -> None:
    change = make.StatusChangeFactory(track=track, **DRAFT)
    later = approve(("status_change", change), hours=2)
    held = approve(("status_change", change), state="held")
    for over in ("released", "cancelled"):
        approve(("status_change", change), state=over)
    told = releases(seat(talks="officer"))
    assert [one.id for one in told] == [held.pk, later.pk]
    assert [draft.id for draft in told[0].drafts] == [change.pk]


def test_what_is_no_draft_any_longer_is_counted(track: Any) -> None:
    change = make.StatusChangeFactory(track=track, **DRAFT)
    approve(("status_change", change), ("status_change", make.StatusChangeFactory(track=track)))
    assert releases(seat(talks="officer"))[0].lost == 1


def test_other_negotiations_are_told_nothing_though_a_source_belongs_to_all(track: Any) -> None:
    change, source = make.StatusChangeFactory(track=track, **DRAFT), make.SourceFactory(**DRAFT)
    approve(("status_change", change), ("source", source))
    assert releases(seat(other="officer")) == ()


def test_ones_own_approval_is_told_even_when_its_drafts_are_gone() -> None:
    gone = approve(state="held")
    assert [one.id for one in releases(seat(officer=gone.approved_by_id))] == [gone.pk]


def test_the_approvals_of_one_draft_are_found(track: Any) -> None:
    one, other = (make.StatusChangeFactory(track=track, **DRAFT) for _ in range(2))
    wanted = approve(("status_change", one))
    approve(("status_change", other))
    told = releases_of([("status_change", one.pk)], seat=seat(talks="officer"))
    assert [row.id for row in told] == [wanted.pk]


def test_three_cost_as_many_queries_as_one(track: Any, query_count: Callable[..., int]) -> None:
    counts = []
    for _ in range(3):
        approve(("status_change", make.StatusChangeFactory(track=track, **DRAFT)))
        counts.append(query_count(lambda: releases(seat(talks="officer"))))
    assert counts[0] == counts[2]
