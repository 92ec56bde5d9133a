"""What holds what up, as JSON."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.api.rows import Rows

WEB = "/api/v1/negotiations/rok-us/linkages/"
pytestmark = pytest.mark.usefixtures("rows")


def test_a_tie_tells_its_voices_and_who_is_silent(reader: Client, rows: Rows) -> None:
    told = reader.get(WEB).json()
    (tie,) = [
        tie for tie in told["ties"] if tie["voices"][0]["latest"]["id"] == rows.ids["linkages"]
    ]
    assert tie["agreement"] == "unknown"
    assert tie["voices"][0]["party"] is None
    assert tie["voices"][0]["latest"]["basis"][0]["quotation"]
    assert (told["cycles"], told["knots"]) == ([], [])


def test_it_is_the_same_with_pieces_and_without(reader: Client) -> None:
    from tests import factories

    before = reader.get(WEB).json()
    factories.pieces()
    after = reader.get(WEB, {"as_of": before["clocks"]["as_of"]}).json()
    assert after["ties"] == before["ties"]


@pytest.mark.parametrize(("name", "value"), [("track", "nowhere"), ("party", "XX"), ("kind", "x")])
def test_a_filter_that_names_nothing_is_refused(reader: Client, name: str, value: str) -> None:
    response = reader.get(WEB, {name: value})
    assert (response.status_code, response.json()["at"]) == (400, name)


def test_filters(reader: Client) -> None:
    assert reader.get(WEB, {"party": "desk"}).json()["ties"]
    assert reader.get(WEB, {"party": "KR"}).json()["ties"] == []
    assert reader.get(WEB, {"track": "currency-swap"}).json()["ties"]


def test_a_negotiation_that_is_not_there_is_not_found(reader: Client) -> None:
    assert reader.get("/api/v1/negotiations/nowhere/linkages/").status_code == 404
