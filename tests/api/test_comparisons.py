"""What changed, for machines."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from tests.api.rows import Rows

TALKS = "/api/v1/negotiations/rok-us/comparison/"
TRACK = "/api/v1/negotiations/rok-us/tracks/currency-swap/comparison/"
pytestmark = pytest.mark.usefixtures("rows")


def told(reader: Client, path: str, **asked: str) -> Any:
    """What is answered."""
    answer = reader.get(path, asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("path", [TALKS, TRACK])
def test_before_and_after_stand_side_by_side(reader: Client, path: str) -> None:
    found = told(reader, path, **{"from": "2025-08-01", "to": "2025-10-14"})
    assert found["before"]["on"] == found["before"]["known_by"] == "2025-08-01"
    assert found["after"]["on"] == found["after"]["known_by"] == "2025-10-14"
    track = found["tracks"][0]
    assert track["track"]["slug"] == "currency-swap"
    assert track["stage"] == {"before": None, "after": "mooted"}
    assert {pair["before"] for pair in track["readings"]} == {None}
    assert track["statements"]["count"] > 0


def test_the_same_day_twice_has_no_differences(reader: Client) -> None:
    found = told(reader, TALKS, **{"from": "2025-10-14", "to": "2025-10-14"})
    assert found["tracks"] == []
    assert {ref["slug"] for ref in found["unchanged"]} > {"currency-swap"}


def test_since_a_number(reader: Client) -> None:
    assert told(reader, TALKS, since="0")["tracks"] != []
    newest = told(reader, TALKS)["ledger_number"]
    found = told(reader, TALKS, since=str(newest))
    assert (found["since"], found["before"]["on"]) == (newest, found["after"]["on"])


def test_the_clocks_stand_for_to(reader: Client) -> None:
    found = told(reader, TALKS, on="2025-09-15", known_by="2025-09-15")
    assert found["after"]["on"] == found["after"]["known_by"] == "2025-09-15"


@pytest.mark.parametrize(
    ("asked", "code", "at"),
    [
        ("from=2025-10-02&to=2025-10-01", "bad_parameter", "from"),
        ("from=2025-10-2", "bad_parameter", "from"),
        ("to=2999-01-01", "clock_in_future", "to"),
        ("to=2025-10-01&on=2025-10-01", "bad_parameter", "to"),
        ("since=1&from=2025-10-01", "bad_parameter", "since"),
        ("since=x", "bad_parameter", "since"),
        ("since=999999", "number_ahead", "since"),
        ("until=2025-10-01", "unknown_parameter", "until"),
    ],
)
def test_what_cannot_be_compared_is_refused(reader: Client, asked: str, code: str, at: str) -> None:
    answer = reader.get(f"{TALKS}?{asked}")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, code)
    assert at in str(problem)


@pytest.mark.parametrize("path", [TALKS, TRACK])
def test_what_is_not_there_is_not_found(reader: Client, path: str) -> None:
    for name in ("rok-us", "currency-swap"):
        if name in path:
            assert reader.get(path.replace(name, "nowhere")).status_code == 404


def test_an_unchanged_record_is_told_once(reader: Client) -> None:
    path = f"{TALKS}?from=2025-08-01"
    tag = reader.get(path)["ETag"]
    assert reader.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_draft_is_told_to_nobody(reader: Client, rows: Rows) -> None:
    before = told(reader, TALKS, since="0")
    make.StatusChangeFactory(
        track=rows.tracks[0], headline_en="Secret", known_on=None, published_at=None
    )
    after = told(reader, TALKS, since="0")
    # The moment of asking is told in both.
    del before["after"], after["after"]
    assert after == before
