"""A linkage as a sentence, by kind, standing and voice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from negotiations.pages.ties import tie
from negotiations.queries.shapes import LinkageRecord, TrackRef
from negotiations.vocabulary import LinkageKind, LinkageStanding
from tests.pages.shapes import KR, SECURITY, statement

TARIFFS = TrackRef(negotiation="rok-us", slug="tariffs", title_en="Tariffs", title_ko="관세")
LINKAGE = LinkageRecord(
    id=1,
    effective_on="2025-10-01",
    effective_lower=date(2025, 10, 1),
    effective_upper=date(2025, 10, 1),
    known_on=date(2025, 10, 1),
    published_at=datetime(2025, 10, 2, tzinfo=UTC),
    ledger_number=5,
    waiver="",
    supersedes=None,
    correction_reason="",
    superseded_by=None,
    retracted=False,
    note_en="",
    note_ko="",
    basis=(statement(),),
    thinly_sourced=False,
    corroboration=1,
    from_track=SECURITY,
    to_track=TARIFFS,
    according_to=KR,
    kind="decoupled_from",
    standing="asserted",
)


@pytest.mark.parametrize(
    ("standing", "by_party", "english", "korean"),
    [
        (
            "asserted",
            True,
            "Seoul says that Security is decoupled from Tariffs.",
            "서울은 안보가 관세와 분리돼 있다고 밝혔다.",
        ),
        (
            "denied",
            True,
            "Seoul denies that Security is decoupled from Tariffs.",
            "서울은 안보가 관세와 분리돼 있다는 점을 부인했다.",
        ),
        (
            "ended",
            True,
            "Seoul says it no longer holds that Security is decoupled from Tariffs.",
            "서울은 안보가 관세와 분리돼 있다는 관계가 끝났다고 밝혔다.",
        ),
        ("asserted", False, "Security is decoupled from Tariffs.", "안보가 관세와 분리돼 있다."),
        (
            "denied",
            False,
            "It is not the case that Security is decoupled from Tariffs.",
            "안보가 관세와 분리돼 있다는 것은 사실이 아니다.",
        ),
        (
            "ended",
            False,
            "It no longer holds that Security is decoupled from Tariffs.",
            "안보가 관세와 분리돼 있다는 관계는 끝났다.",
        ),
    ],
)
def test_standing_and_voice(standing: str, by_party: bool, english: str, korean: str) -> None:
    linkage = replace(LINKAGE, standing=standing, according_to=KR if by_party else None)
    assert tie(linkage, language="en", links={}) == english
    assert tie(linkage, language="ko", links={}) == korean


def test_a_precondition_changes_its_ending_in_reported_speech() -> None:
    own = replace(LINKAGE, kind="precondition_for", according_to=None)
    assert tie(own, language="ko", links={}) == "안보가 관세의 선결 조건이다."
    reported = replace(LINKAGE, kind="precondition_for")
    assert tie(reported, language="ko", links={}) == "서울은 안보가 관세의 선결 조건이라고 밝혔다."


@pytest.mark.parametrize("kind", list(LinkageKind))
@pytest.mark.parametrize("standing", list(LinkageStanding))
def test_every_kind_is_a_whole_sentence(kind: str, standing: str) -> None:
    linkage = replace(LINKAGE, kind=kind, standing=standing)
    for language, names in (("en", ("Security", "Tariffs")), ("ko", ("안보", "관세"))):
        told = tie(linkage, language=language, links={})
        assert told.endswith(".")
        assert all(name in told for name in names)
        assert "{" not in told


def test_tracks_are_linked_and_their_titles_escaped() -> None:
    odd = replace(LINKAGE, to_track=replace(TARIFFS, title_en="A <b>&"))
    told = tie(odd, language="en", links={"tariffs": "/rok-us/tariffs/?on=2025-10-05"})
    assert told == (
        "Seoul says that Security is decoupled from "
        '<a href="/rok-us/tariffs/?on=2025-10-05">A &lt;b&gt;&amp;</a>.'
    )
