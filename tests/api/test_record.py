"""The nouns of the record: filters, pages, clocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import factories
from tests.api.conftest import standing_record
from tests.api.rows import NAMES, Rows

NOUNS = [
    "statements", "status-changes", "positions", "linkages", "milestones", "accounts", "sources"
]  # fmt: skip


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Rows]:  # noqa: ARG001
    """Three rows of every kind."""
    with standing_record(django_db_blocker, size=3) as rows:
        yield rows


def _results(reader: Client, noun: str, **query: str) -> list[dict[str, Any]]:
    response = reader.get(f"/api/v1/{noun}/", query)
    assert response.status_code == 200, response.content
    return list(response.json()["results"])


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    "noun", [*NOUNS, "people", "parties", "publishers", "negotiations", "changes", "corrections"]
)
def test_pages_neither_repeat_nor_lose(reader: Client, noun: str) -> None:
    """Following `next` one by one gives the whole list, in its order."""
    whole = _results(reader, noun)
    found, address = [], f"/api/v1/{noun}/?limit=1"
    while address:
        response = reader.get(address)
        found += response.json()["results"]
        assert len(response.json()["results"]) == 1
        address = response.json()["next"]
        assert response.headers.get("Link") == (f'<{address}>; rel="next"' if address else None)
        assert not address or address.startswith("http://testserver/api/v1/")

    assert found == whole
    assert len(found) > 1


def test_next_keeps_the_question(reader: Client, rows: Rows) -> None:
    """Filters and clocks stay in the address of the next page, in one form."""
    query = "track=currency-swap&known_by=2025-10-05T09:00:00+09:00&limit=1"
    following = reader.get(f"/api/v1/statements/?{query}").json()["next"]

    assert "known_by=2025-10-05T09:00:00%2B09:00" in following
    assert "track=currency-swap" in following
    assert "limit=1" in following
    assert reader.get(following).status_code == 200
    assert rows.tracks


@pytest.mark.parametrize(
    ("noun", "filters"),
    [
        ("statements", {"party": "KR"}),
        ("statements", {"about": "US"}),
        ("statements", {"speaker": NAMES["slug"]}),
        ("statements", {"publisher": NAMES["slug"]}),
        ("statements", {"source": "{source}"}),
        ("sources", {"publisher": NAMES["slug"]}),
        ("status-changes", {"stage": "exploratory"}),
        ("status-changes", {"party": "KR"}),
        ("status-changes", {"party": "KR", "stage": "exploratory", "momentum": "steady"}),
        ("positions", {"party": "US"}),
    ],
)
def test_filters_narrow(reader: Client, rows: Rows, noun: str, filters: dict[str, str]) -> None:
    """Some rows are left, and fewer than without the filter."""
    filled = {name: text.format(source=rows.ids["sources"]) for name, text in filters.items()}

    assert 0 < len(_results(reader, noun, **filled)) < len(_results(reader, noun))


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("noun", "filters"),
    [
        ("statements", {"kind": "demands"}),
        ("statements", {"said_from": "2025-10-02"}),
        ("statements", {"said_to": "2025-09-30"}),
        ("status-changes", {"momentum": "stalled"}),
        ("status-changes", {"effective_from": "2025-10-02"}),
        ("positions", {"standing": "void"}),
        ("linkages", {"kind": "affects"}),
        ("linkages", {"standing": "denied"}),
        ("milestones", {"outcome": "met"}),
        ("milestones", {"kind": "target"}),
        ("sources", {"language": "ko"}),
        *((noun, {"known_by": "2025-08-31"}) for noun in NOUNS),
        *((noun, {"on": "2025-09-30"}) for noun in NOUNS if noun != "sources"),
        *((noun, {"as_of": "2025-10-13"}) for noun in NOUNS),
    ],
)
def test_filters_and_clocks_exclude(reader: Client, noun: str, filters: dict[str, str]) -> None:
    """Nothing answers to what no row has."""
    if "as_of" in filters:
        response = reader.get(f"/api/v1/{noun}/", filters)
        assert response.json()["results"] == []
        return
    assert _results(reader, noun, **filters) == []


def test_the_desks_own_readings(reader: Client, rows: Rows) -> None:
    """`desk` stands for according_to null."""
    found = _results(reader, "status-changes", party="desk", negotiation="rok-us")

    assert found
    assert all(change["according_to"] is None for change in found)
    assert rows.tracks


@pytest.mark.parametrize("noun", [noun for noun in NOUNS if noun != "sources"])
def test_a_shared_track_slug_needs_the_negotiation(reader: Client, rows: Rows, noun: str) -> None:
    """Alone while it is unique; refused with a clear sentence when it is not."""
    alone = _results(reader, noun, track="currency-swap")
    factories.enter(tracks=[factories.TrackFactory(slug="currency-swap")], verb="register_track")

    refused = reader.get(f"/api/v1/{noun}/", {"track": "currency-swap"})
    assert (refused.status_code, refused.json()["at"]) == (400, "track")
    assert "negotiation" in refused.json()["detail"]
    assert _results(reader, noun, track="currency-swap", negotiation="rok-us") == alone
    assert rows.tracks


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("noun", "name"),
    [
        ("statements", "negotiation"),
        ("statements", "track"),
        ("statements", "party"),
        ("statements", "about"),
        ("statements", "speaker"),
        ("statements", "publisher"),
        ("statements", "source"),
        ("status-changes", "track"),
        ("positions", "party"),
        ("sources", "publisher"),
    ],
)
def test_a_filter_that_names_nothing_is_refused(reader: Client, noun: str, name: str) -> None:
    """A misspelt name is no empty list."""
    response = reader.get(f"/api/v1/{noun}/", {name: "404404"})

    assert (response.status_code, response.json()["at"]) in {(400, name)}


@pytest.mark.usefixtures("rows")
def test_cursor_of_another_list_is_refused(reader: Client) -> None:
    """A cursor belongs to its list."""
    make = reader.get("/api/v1/statements/?limit=1").json()["next"]
    cursor = make.rpartition("cursor=")[2]

    response = reader.get("/api/v1/positions/", {"cursor": cursor})
    assert (response.status_code, response.json()["code"]) == (400, "bad_cursor")


def test_corrected_row_answers_at_its_own_address(reader: Client, rows: Rows) -> None:
    """It is out of the list, and still there for who cites it."""
    correction = reader.get("/api/v1/corrections/").json()["results"][0]
    old = correction["before"]["status_change"]["id"]

    assert old not in [change["id"] for change in _results(reader, "status-changes")]
    assert reader.get(f"/api/v1/status-changes/{old}/").status_code == 200
    assert rows.tracks
