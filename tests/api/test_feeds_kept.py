"""What a feed costs: copies that still hold, queries, limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from negotiations.rates import Policy
from tests.api.feed_desk import PLACES, fill
from tests.api.office import Office, code_of
from tests.operations.desk import Desk
from tests.reading import ReadingClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(office: Office) -> Desk:
    """A desk with one published statement."""
    return office.desk


@pytest.mark.parametrize(
    "address", ["/feed.atom", "/ko/talks/security/feed.json", "/talks/milestones.ics"]
)
def test_nothing_new_is_a_304_and_a_new_act_an_answer(desk: Desk, address: str) -> None:
    client = ReadingClient()
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]
    assert first["Cache-Control"].startswith("public, max-age=")
    desk.published("status_change")
    later = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (later.status_code, later["ETag"] == first["ETag"]) == (200, False)


@pytest.mark.usefixtures("desk")
def test_nothing_new_costs_one_query(
    query_count: Callable[[Callable[[], Any]], int],
) -> None:
    client = ReadingClient()
    tag = client.get("/talks/security/feed.atom")["ETag"]
    asked = {"If-None-Match": tag}
    assert query_count(lambda: client.get("/talks/security/feed.atom", headers=asked)) == 1


def test_cost_does_not_grow_with_the_acts(
    desk: Desk, query_count: Callable[[Callable[[], Any]], int]
) -> None:
    client = ReadingClient()
    asked = [f"{place}feed.atom" for place in PLACES]
    asked += ["/feed.json?verb=publish&noun=statement", "/talks/milestones.ics",
              "/talks/security/milestones.ics"]  # fmt: skip

    def costs() -> dict[str, int]:
        return {one: query_count(lambda one=one: client.get(one)) for one in asked}  # type: ignore[misc]

    fill(desk, 1)
    once = costs()
    fill(desk, 3)
    assert costs() == once
    assert max(once.values()) <= 16


def test_feeds_count_towards_the_limits_and_a_304_does_not(settings: Any) -> None:
    settings.RATE_ANONYMOUS = Policy("anonymous", 2, 60)
    client = ReadingClient(REMOTE_ADDR="fd00:feed::1")
    tag = client.get("/feed.atom")["ETag"]
    unchanged = client.get("/feed.atom", headers={"If-None-Match": tag})
    second, third = client.get("/feed.rss"), client.get("/feed.json")
    assert [unchanged.status_code, second.status_code] == [304, 200]
    assert (third.status_code, code_of(third)) == (429, "too_many_requests")
    assert "Retry-After" in third
