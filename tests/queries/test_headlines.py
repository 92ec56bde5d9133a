"""One line for each kind of entry, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.models import Clocks, Track
from negotiations.queries import record
from negotiations.queries.headlines import headline
from negotiations.queries.statements import statement
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_position(clocks: Clocks) -> None:
    row = make.PositionFactory(according_to=make.PartyFactory(code="US"), standing="agreed")
    assert headline(record.position(row.pk, clocks=clocks)) == (
        "Washington: Car tariff 15 % – agreed",
        "워싱턴: 자동차 관세 15% – 합의",
    )


def test_a_position_in_words(clocks: Clocks) -> None:
    term = make.TermFactory(name_en="Rice market", name_ko="쌀 시장", unit="none")
    said = {"amount": None, "text_en": "no further opening", "text_ko": "추가 개방 없음"}
    row = make.PositionFactory(
        term=term, according_to=make.PartyFactory(code="KR"), standing="in_document", **said
    )
    assert headline(record.position(row.pk, clocks=clocks)) == (
        "Seoul: Rice market: no further opening – in a document",
        "서울: 쌀 시장: 추가 개방 없음 – 문서 명시",
    )


@pytest.mark.parametrize(
    ("members", "en", "ko"),
    [
        ({}, "Security – decoupled from – Tariffs", "안보 – 분리 – 관세"),
        (
            {"standing": "denied"},
            "Security – decoupled from – Tariffs (denied)",
            "안보 – 분리 – 관세 (부인)",
        ),
        (
            {"standing": "ended", "kind": "traded_against"},
            "Security – traded against – Tariffs (ended)",
            "안보 – 맞교환 – 관세 (해소)",
        ),
    ],
)
def test_a_tie(clocks: Clocks, members: dict[str, Any], en: str, ko: str) -> None:
    security: Track = make.TrackFactory(title_en="Security", title_ko="안보")
    tariffs = make.TrackFactory(title_en="Tariffs", title_ko="관세")
    pair = {"from_track": security, "to_track": tariffs, **members}
    desk = make.LinkageFactory(**pair)
    party = make.LinkageFactory(**pair, according_to=make.PartyFactory(code="KR"))
    assert headline(record.linkage(desk.pk, clocks=clocks)) == (en, ko)
    assert headline(record.linkage(party.pk, clocks=clocks)) == (f"Seoul: {en}", f"서울: {ko}")


def test_a_milestone(clocks: Clocks) -> None:
    assert headline(record.milestone(make.MilestoneFactory().pk, clocks=clocks)) == (
        "Due 31 October 2025: Announcement before APEC – open",
        "2025년 10월 31일 예정: APEC 전 발표 – 결과 미정",
    )


def test_a_statement(clocks: Clocks) -> None:
    row = make.StatementFactory(kind="claims_agreement")
    assert headline(statement(row.pk, clocks=clocks).statement) == (
        "Cho Hyun – Claims agreement",
        "조현 – 합의 주장",
    )


def test_a_status_change_is_as_the_desk_wrote_it(clocks: Clocks) -> None:
    row = make.StatusChangeFactory()
    told = record.status_change(row.pk, clocks=clocks)
    assert headline(told) == ("They negotiate", "협상 중이다")
