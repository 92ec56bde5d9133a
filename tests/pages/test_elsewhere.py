"""Which date a statement's day was for the other party."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from negotiations.pages.elsewhere import dates_elsewhere
from negotiations.queries.shapes import PartyRef
from tests.pages.shapes import KR, statement

SEOUL = replace(KR, zone="Asia/Seoul")
WASHINGTON = PartyRef(
    code="US",
    name_en="United States",
    name_ko="미국",
    capital_en="Washington",
    capital_ko="워싱턴",
    zone="America/New_York",
)


@pytest.mark.parametrize(
    ("said_on", "lower", "upper", "zone", "expected"),
    [
        (
            "2025-10-01",
            date(2025, 10, 1),
            date(2025, 10, 1),
            "Asia/Seoul",
            [("US", "2025-09-30/2025-10-01")],
        ),
        (
            "2025-10-01",
            date(2025, 10, 1),
            date(2025, 10, 1),
            "America/New_York",
            [("KR", "2025-10-01/2025-10-02")],
        ),
        (
            "2025-10-01T09:00:00+09:00",
            date(2025, 10, 1),
            date(2025, 10, 1),
            "Asia/Seoul",
            [("US", "2025-09-30")],
        ),
        ("2025-10-01T22:00:00+09:00", date(2025, 10, 1), date(2025, 10, 1), "Asia/Seoul", []),
        ("2025-10", date(2025, 10, 1), date(2025, 10, 31), "Asia/Seoul", []),
        ("2025-10-01~", date(2025, 10, 1), date(2025, 10, 1), "Asia/Seoul", []),
        ("../2025-10-01", date.min, date(2025, 10, 1), "Asia/Seoul", []),
    ],
)
def test_dates(
    said_on: str, lower: date, upper: date, zone: str, expected: list[tuple[str, str]]
) -> None:
    said = statement(said_on=said_on, said_lower=lower, said_upper=upper, zone=zone)
    told = dates_elsewhere(statement=said, parties=(SEOUL, WASHINGTON))
    assert [(one.party.code, one.on) for one in told] == expected


def test_a_party_without_a_zone_is_left_out() -> None:
    assert dates_elsewhere(statement=statement(), parties=(replace(WASHINGTON, zone=""),)) == ()
