"""Search: what is found, by which words, in which order, and what never is."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries.search import Asked, search
from negotiations.queries.statements import StatementFilters
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db


def found(q: str, *, clocks: Clocks, noun: str = "statement", **filters: Any) -> list[int | str]:
    """The ids of what a search finds, in its order."""
    sort = filters.pop("sort", None)
    asked = Asked(q=q, noun=noun, sort=sort, filters=StatementFilters(**filters))
    return [
        int(one.id) if one.id.isdecimal() else one.id
        for one in search(asked, clocks=clocks).results
    ]


def said(text: str = "", ko: str = "말했다.", **members: Any) -> int:
    """A published statement with this paraphrase."""
    members.setdefault("tracks", [make.TrackFactory()])
    row = make.StatementFactory(paraphrase_en=text or "They spoke.", paraphrase_ko=ko, **members)
    return int(row.pk)


SENTENCE = (
    "The U.S. side agreed to lower tariffs on cars to 15%, and to keep negotiating a "
    "currency swap worth $350 billion or 1,000,000 won; the café talks went on."
)


@pytest.mark.parametrize(
    "q",
    [
        "tariff", "TARIFFS", "tariffs cars", "cars tariffs", "negotiation", "agree",
        '"currency swap"', '"currency swaps"', '"lower tariffs on cars"', "tariff*", "negotiat*",
        "curr* swa*", "tariff -rice", 'swap -"car swap"', "US", "u.s.", "350", "$350", "1000000",
        "1,000,000", "15%", "cafe", "café", "currency-swap", "“currency swap”", "ｔａｒｉｆｆ",
        "the tariff", '"currency swap', "tariff -", "- tariff", "tariff ~ ! & | ( ) : * ' \\",
    ],
)  # fmt: skip
def test_english_is_found(clocks: Clocks, q: str) -> None:
    """Stemmed, all words, phrases, beginnings, exclusions, numbers, accents, odd punctuation."""
    assert found(q, clocks=clocks) == []
    statement = said(SENTENCE)

    assert found(q, clocks=clocks) == [statement]


@pytest.mark.parametrize(
    "q",
    [
        "rice", "tariff rice", '"swap currency"', '"tariffs cars"', "tarif", "tarifx*", "ariff*",
        "tariff -cars", 'tariff -"currency swap"', "tariff -curr*", "negotiable*",
        '"going on said"',
    ],
)  # fmt: skip
def test_what_is_not_meant_is_not_found(clocks: Clocks, q: str) -> None:
    said(SENTENCE)

    assert found(q, clocks=clocks) == []


KOREAN = "조현 외교부 장관은 통화스와프와 25% 관세를, 그리고 한ㆍ미 통화 협정을 논의했다고 밝혔다."


@pytest.mark.parametrize("nfd_text", [False, True])
@pytest.mark.parametrize("nfd_query", [False, True])
@pytest.mark.parametrize(
    "q",
    [
        "조현", "관세", "통화스와프", "화스", "스와프와", "관세를", "외교부 장관", '"외교부 장관"',
        '"통화 협정"', "통화스와프 관세", "관세 -일본", '"장관은 통화스와프와"', "25 관세", "25%",
        '"한 미 통화"', "통화스와프*", '관세 -"통화 스와프"', "했다고 -했다는", '"25% 관세를"',
    ],
)  # fmt: skip
def test_any_part_of_a_korean_word_is_found(
    clocks: Clocks, q: str, nfd_text: bool, nfd_query: bool
) -> None:
    """Two syllables or more, composed or decomposed on either side."""
    text = unicodedata.normalize("NFD", KOREAN) if nfd_text else KOREAN
    statement = said(ko=text)

    asked = unicodedata.normalize("NFD", q) if nfd_query else q
    assert found(asked, clocks=clocks) == [statement]


@pytest.mark.parametrize(
    "q",
    [
        "와프와프", "관세율", "화스화", "세를그", "통화협정", '"통화 스와프"', "관세 -조현", "일본",
        "스와 통화스와프를", '"관세 장관"', "현외",
    ],
)  # fmt: skip
def test_scattered_syllables_are_not_found(clocks: Clocks, q: str) -> None:
    """Pairs of syllables that stand apart make no word."""
    said(ko=KOREAN + " 관세 세율 와프 프와.")

    assert found(q, clocks=clocks) == []


def test_words_of_different_texts_are_no_phrase(clocks: Clocks) -> None:
    said("They spoke of a swap", ko="통화", note_en="Deal of the year.", voice_en="A currency")

    for q in ('"swap deal"', '"currency deal"', '"swap currency"'):
        assert found(q, clocks=clocks) == [], q


def test_all_texts_of_a_statement_are_searched(clocks: Clocks) -> None:
    source = make.SourceFactory()
    snapshot = make.SnapshotFactory(source=source, text="“Wording verbatim” he said.")
    statement = said(
        "A paraphrase", ko="의역문",
        source=source, snapshot=snapshot, quotation="Wording verbatim", start=1, end=17,
        voice_en="A spokesperson", voice_ko="대변인이", place_en="Gyeongju", place_ko="경주시",
        note_en="Remarkable", note_ko="주석문", said_phrase="the other day",
    )  # fmt: skip
    for q in (
        *("verbatim", "paraphrase", "의역", "spokesperson", "대변인", "gyeongju", "경주"),
        *("remarkable", "주석", '"other day"'),
    ):
        assert found(q, clocks=clocks) == [statement], q


def test_statements_are_found_by_who_speaks_and_publishes(clocks: Clocks) -> None:
    """A name may stand for one of the words, beside those of the text; it is the present name."""
    person = make.PersonFactory(name_en="Wi Sung-lac", name_ko="위성락", aliases=["위 실장"])
    office = make.OfficeFactory(title_en="Chief negotiator", title_ko="수석대표")
    publisher = make.PublisherFactory(name_en="Hankyoreh", name_ko="한겨레")
    source = make.SourceFactory(publisher=publisher)
    statement = said("On tariffs.", speaker=person, office=office, source=source)
    said("On tariffs.")
    for q in (
        *("위성락", "성락", "wi tariffs", '"Wi Sung-lac"', "sung-lac", "실장", "한겨레"),
        *("negotiator", "수석대표 tariff", "hankyoreh -rice", "hanky*"),
    ):
        assert found(q, clocks=clocks) == [statement], q
    assert found("tariffs -위성락", clocks=clocks) != [statement]
    assert len(found("tariffs -위성락", clocks=clocks)) == 1

    person.name_ko, person.aliases = "이순신", []
    person.save()
    assert found("위성락", clocks=clocks) == []
    assert found("이순신", clocks=clocks) == [statement]


def test_newest_first_or_most_relevant(clocks: Clocks) -> None:
    once = said("A tariff and much else besides.", said_on="2025-10-03")
    often = said("Tariff on tariff on tariff.", said_on="2025-10-02")
    beside = said("Much else.", said_on="2025-10-04", note_en="Of the tariff.")

    assert found("tariff", clocks=clocks) == [beside, once, often]
    assert found("tariff", clocks=clocks, sort="date") == [beside, once, often]
    assert found("tariff", clocks=clocks, sort="relevance") == [often, once, beside]


def test_sources_are_found_by_title_and_publisher(clocks: Clocks) -> None:
    publisher = make.PublisherFactory(name_en="Hankyoreh", name_ko="한겨레")
    old = make.SourceFactory(title="통화스와프 타결", publisher=publisher)
    new = make.SourceFactory(title="Swap talks resume", published_on="2025-10-05")
    make.SourceFactory(title="Swap talks", published_at=None)
    for q, ids in {
        "화스": [old.pk], "한겨레 타결": [old.pk], "swap": [new.pk], '"swap talks"': [new.pk],
    }.items():  # fmt: skip
        assert found(q, clocks=clocks, noun="source") == ids, q
    assert found("hankyoreh", clocks=clocks, noun="source", publisher=publisher.slug) == [old.pk]
    assert found("swap", clocks=clocks, noun="source", publisher=publisher.slug) == []


def test_tracks_and_people_are_found_by_their_names(clocks: Clocks) -> None:
    talks = make.NegotiationFactory(slug="rok-us")
    make.TrackFactory(
        negotiation=talks, slug="swap", title_en="Currency swap", title_ko="통화스와프"
    )
    make.TrackFactory(
        slug="later", title_en="Currency swap", registered_at=datetime(2026, 2, 1, tzinfo=UTC)
    )
    make.PersonFactory(slug="cho-hyun", name_en="Cho Hyun", name_ko="조현", aliases=["Jo Hyeon"])
    assert found("스와", clocks=clocks, noun="track") == ["rok-us/swap"]
    assert found("currency -rice", clocks=clocks, noun="track") == ["rok-us/swap"]
    assert found("swaps", clocks=clocks, noun="track", negotiation="rok-us") == ["rok-us/swap"]
    for q in ("조현", "cho", "hyeon", "hyeo*", '"Cho Hyun"'):
        assert found(q, clocks=clocks, noun="person") == ["cho-hyun"], q
    assert found("장관", clocks=clocks, noun="person") == []


def _page(asked: Asked, *, clocks: Clocks, **paging: Any) -> tuple[list[str], str | None]:
    page = search(asked, clocks=clocks, **paging)
    return [one.id for one in page.results], page.next


@pytest.mark.parametrize(
    ("noun", "sort"),
    [("statement", "date"), ("statement", "relevance"), ("source", "date"),
     ("source", "relevance"), ("track", None), ("person", None)],
)  # fmt: skip
def test_pages_neither_repeat_nor_lose(clocks: Clocks, noun: str, sort: str | None) -> None:
    track = make.TrackFactory(title_en="Tariffs")
    for n in range(7):
        said("tariff " * (1 + n % 3), said_on=f"2025-10-0{1 + n // 3}", tracks=[track])
        make.SourceFactory(title="tariff " * (1 + n % 2))
        make.TrackFactory(title_en="Tariffs")
        make.PersonFactory(name_en="Tariff Man")
    asked = Asked(q="tariff", noun=noun, sort=sort)
    whole, end = _page(asked, clocks=clocks)
    assert (end, len(set(whole)), len(whole)) == (None, len(whole), 8 if noun == "track" else 7)

    pieces: list[str] = []
    cursor = None
    while True:
        ids, cursor = _page(asked, clocks=clocks, limit=2, cursor=cursor)
        pieces += ids
        if cursor is None:
            break
        # What is published meanwhile moves nothing that was there.
        said("tariff tariff tariff tariff", said_on="2025-10-09")
    assert pieces == whole


def test_a_cursor_belongs_to_its_search(clocks: Clocks) -> None:
    for _ in range(3):
        said("tariff")
    cursor = search(Asked(q="tariff"), clocks=clocks, limit=1).next
    with pytest.raises(Refusal) as refused:
        search(Asked(q="tariff", sort="relevance"), clocks=clocks, cursor=cursor)
    assert refused.value.code == "bad_cursor"


@pytest.mark.parametrize(
    ("q", "part"),
    [
        ("", "no word"), ("   ", "no word"), ("-", "no word"), ('"', "no word"), ('""', "no word"),
        ("!?%&", "no word"), ("\N{EM DASH}", "no word"), ("-tariff", "leave out"),
        ('-"a b" -c', "leave out"), ("관", "one syllable"), ("관세 율", "one syllable"),
        ("ab*", "at least 3 letters"), ("the", "rarer"), ('"of the"', "rarer"),
        ("the -tariff", "rarer"),
        ("x" * 301, "300"), ("관" * 10_000, "300"), ("a " * 17, "16"),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_for_is_refused_in_words(clocks: Clocks, q: str, part: str) -> None:
    with pytest.raises(Refusal) as refused:
        found(q, clocks=clocks)
    assert (refused.value.code, refused.value.at) == ("bad_parameter", "q")
    assert part in refused.value.sentence("en")
    assert refused.value.sentence("ko") != refused.value.sentence("en")


@pytest.mark.parametrize(
    ("noun", "members"),
    [("source", {"track": "x"}), ("track", {"publisher": "x"}), ("person", {"said_from": "x"}),
     ("track", {"sort": "date"}), ("person", {"sort": "relevance"})],
)  # fmt: skip
def test_what_a_noun_does_not_have_is_refused(
    clocks: Clocks, noun: str, members: dict[str, Any]
) -> None:
    with pytest.raises(Refusal) as refused:
        found("tariff", clocks=clocks, noun=noun, **members)
    assert (refused.value.code, refused.value.at) == ("bad_parameter", next(iter(members)))


@pytest.mark.parametrize("limit", [0, 201])
def test_a_limit_is_from_1_to_200(clocks: Clocks, limit: int) -> None:
    with pytest.raises(Refusal) as refused:
        search(Asked(q="tariff"), clocks=clocks, limit=limit)
    assert (refused.value.code, refused.value.at) == ("bad_parameter", "limit")


@pytest.mark.parametrize("sort", ["date", "relevance"])
@pytest.mark.parametrize("noun", ["statement", "source", "track", "person"])
def test_a_search_costs_the_same_for_one_and_for_three(
    query_count: Callable[[Callable[[], Any]], int], noun: str, sort: str
) -> None:
    def ask() -> None:
        by = sort if noun in ("statement", "source") else None
        asked = Asked(q="tariffs 관세", noun=noun, sort=by)
        assert len(search(asked, clocks=clocks_at("2025-10-14")).results) == made

    made, costs = 0, []
    for upto in (1, 3):
        while made < upto:
            made += 1
            track = make.TrackFactory(title_en="Tariff", title_ko="관세")
            said("Tariffs.", ko="관세", tracks=[track])
            make.SourceFactory(title="Tariffs 관세")
            make.PersonFactory(name_en="Tariff", name_ko="관세")
        costs.append(query_count(ask))
    assert costs[0] == costs[1] <= 10
