"""A linkage as a sentence, by kind, standing and voice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from negotiations.pages.ties import tie
from negotiations.queries.shapes import LinkageRecord, PartyRef, TrackRef
from negotiations.vocabulary import LinkageKind, LinkageStanding
from tests.pages.shapes import CHO, KR, SECURITY, statement

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
            "서울은 안보가 관세와 분리돼 있다고 밝혔습니다.",
        ),
        (
            "denied",
            True,
            "Seoul denies that Security is decoupled from Tariffs.",
            "서울은 안보가 관세와 분리돼 있다는 점을 부인했습니다.",
        ),
        (
            "ended",
            True,
            "Seoul says that Security is no longer decoupled from Tariffs.",
            "서울은 안보가 더는 관세와 분리돼 있지 않다고 밝혔습니다.",
        ),
        (
            "asserted",
            False,
            "By the desk’s reading, Security is decoupled from Tariffs.",
            "데스크는 안보가 관세와 분리돼 있다고 판단합니다.",
        ),
        (
            "denied",
            False,
            "By the desk’s reading, it is not the case that Security is decoupled from Tariffs.",
            "데스크는 안보가 관세와 분리돼 있지 않다고 판단합니다.",
        ),
        (
            "ended",
            False,
            "By the desk’s reading, Security is no longer decoupled from Tariffs.",
            "데스크는 안보가 더는 관세와 분리돼 있지 않다고 판단합니다.",
        ),
    ],
)
def test_standing_and_voice(standing: str, by_party: bool, english: str, korean: str) -> None:
    linkage = replace(LINKAGE, standing=standing, according_to=KR if by_party else None)
    assert tie(linkage, language="en", links={}) == english
    assert tie(linkage, language="ko", links={}) == korean


def test_a_precondition_changes_its_ending_in_reported_speech() -> None:
    own = replace(LINKAGE, kind="precondition_for", according_to=None)
    assert tie(own, language="ko", links={}) == "데스크는 안보가 관세의 선결 조건이라고 판단합니다."
    ended = replace(LINKAGE, kind="precondition_for", standing="ended")
    assert (
        tie(ended, language="ko", links={})
        == "서울은 안보가 더는 관세의 선결 조건이 아니라고 밝혔습니다."
    )


@pytest.mark.parametrize("kind", list(LinkageKind))
@pytest.mark.parametrize("standing", list(LinkageStanding))
@pytest.mark.parametrize("party", [KR, None])
@pytest.mark.parametrize("former", [False, True])
@pytest.mark.parametrize("by_name", [False, True])
def test_every_kind_is_a_whole_sentence(
    kind: str, standing: str, party: PartyRef | None, former: bool, by_name: bool
) -> None:
    linkage = replace(LINKAGE, kind=kind, standing=standing, according_to=party)
    for language, names, end in (
        ("en", ("Security", "Tariffs"), "."),
        ("ko", ("안보", "관세"), "니다."),
    ):
        told = tie(linkage, language=language, links={}, former=former, by_name=by_name)
        assert told.endswith(end)
        assert all(name in told for name in names)
        assert not set("{}") & set(told)
        assert "  " not in told


@pytest.mark.parametrize(
    ("standing", "english", "korean"),
    [
        (
            "asserted",
            "Cho Hyun (Seoul) said that Security is decoupled from Tariffs.",
            "조현(서울)은 안보가 관세와 분리돼 있다고 밝혔습니다.",
        ),
        (
            "denied",
            "Cho Hyun (Seoul) denied that Security is decoupled from Tariffs.",
            "조현(서울)은 안보가 관세와 분리돼 있다는 점을 부인했습니다.",
        ),
        (
            "ended",
            "Cho Hyun (Seoul) said that Security is no longer decoupled from Tariffs.",
            "조현(서울)은 안보가 더는 관세와 분리돼 있지 않다고 밝혔습니다.",
        ),
    ],
)
def test_who_spoke_is_named(standing: str, english: str, korean: str) -> None:
    linkage = replace(LINKAGE, standing=standing)
    assert tie(linkage, language="en", links={}, by_name=True) == english
    assert tie(linkage, language="ko", links={}, by_name=True) == korean


@pytest.mark.parametrize(
    ("standing", "english", "korean"),
    [
        (
            "asserted",
            "Seoul said that Security came before Tariffs.",
            "서울은 안보가 관세보다 먼저 진행된다고 밝힌 바 있습니다.",
        ),
        (
            "denied",
            "Seoul denied that Security came before Tariffs.",
            "서울은 안보가 관세보다 먼저 진행된다는 점을 부인한 바 있습니다.",
        ),
        (
            "ended",
            "Seoul said that Security no longer came before Tariffs.",
            "서울은 안보가 더는 관세보다 먼저 진행되지 않는다고 밝힌 바 있습니다.",
        ),
    ],
)
def test_what_a_later_word_replaced_is_past(standing: str, english: str, korean: str) -> None:
    linkage = replace(LINKAGE, kind="sequenced_before", standing=standing)
    assert tie(linkage, language="en", links={}, former=True) == english
    assert tie(linkage, language="ko", links={}, former=True) == korean


def test_nobody_is_named_whose_statement_is_not_the_partys() -> None:
    told = replace(LINKAGE, basis=(statement(parties=()),))
    assert (
        tie(told, language="en", links={}, by_name=True)
        == "Seoul says that Security is decoupled from Tariffs."
    )


def test_an_office_that_names_its_capital_is_not_told_it_twice() -> None:
    office = replace(CHO, person=None, name_en="", office_en="Seoul city hall")
    told = replace(LINKAGE, basis=(statement(speaker=office),))
    assert tie(told, language="en", links={}, by_name=True).startswith("Seoul city hall said that")


def test_a_title_with_braces_is_a_title() -> None:
    odd = replace(LINKAGE, to_track=replace(TARIFFS, title_en="{who} {0}"))
    assert tie(odd, language="en", links={}).endswith("decoupled from {who} {0}.")


def test_tracks_are_linked_and_their_titles_escaped() -> None:
    odd = replace(LINKAGE, to_track=replace(TARIFFS, title_en="A <b>&"))
    told = tie(odd, language="en", links={"rok-us/tariffs": "/rok-us/tariffs/?on=2025-10-05"})
    assert told == (
        "Seoul says that Security is decoupled from "
        '<a href="/rok-us/tariffs/?on=2025-10-05">A &lt;b&gt;&amp;</a>.'
    )


def test_a_track_of_the_same_slug_elsewhere_is_another() -> None:
    tokyo = replace(TARIFFS, negotiation="japan-us", title_en="Tariffs (Tokyo)")
    between = replace(LINKAGE, from_track=TARIFFS, to_track=tokyo)
    told = tie(between, language="en", links={"japan-us/tariffs": "/japan-us/tariffs/"})
    assert told == (
        "Seoul says that Tariffs is decoupled from "
        '<a href="/japan-us/tariffs/">Tariffs (Tokyo)</a>.'
    )
