"""What changed, as people read it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.models import Account
from tests import factories as make
from tests.pages.parts import section
from tests.pages.scenes import Scene

pytestmark = pytest.mark.django_db
DAYS = "?from=2025-10-05&to=2025-10-14"
PATH = f"/rok-us/compare/{DAYS}"
LATER = {"known_on": date(2025, 10, 10), "effective_on": "2025-10-10"}


def lines(page: Any, slug: str) -> list[str]:
    """The rows of a track's table, without its head."""
    assert page.one("h2", id=f"t-{slug}")
    return [row.words for row in page.within("tbody", "tr")]


def test_before_and_after_in_words_and_in_mark_up(reader: Any, shown: Scene) -> None:
    make.StatusChangeFactory(
        track=shown.track, stage="signed", documentary_basis="joint_document",
        headline_en="Security signed", **LATER,
    )  # fmt: skip
    page = reader.read(PATH)
    assert lines(page, "security") == [
        "Stage 5 Oct 2025 was Agreed in principle 14 Oct 2025 now Signed",
        "Documentary basis 5 Oct 2025 was Oral 14 Oct 2025 now Joint document",
        "The desk’s reading changed 5 Oct 2025 was Security agreed in principle"
        " 14 Oct 2025 now Security signed since 10 Oct 2025 · Cho Hyun, The Paper Paraphrase –2",
    ]
    table = [e.words for e in page.within("table", "del")]
    assert table == ["was Agreed in principle", "was Oral", "was Security agreed in principle"]
    assert "Nothing changed on: Tariffs" in page.words


def test_terms_ties_dates_and_parties(reader: Any, shown: Scene) -> None:
    us = make.PartyFactory(code="US")
    make.StatusChangeFactory(track=shown.track, according_to=us, headline_en="We talk", **LATER)
    make.PositionFactory(
        term=shown.term, according_to=make.PartyFactory(code="KR"), amount="9",
        standing="announced", **LATER,
    )  # fmt: skip
    make.LinkageFactory(
        from_track=shown.track, to_track=shown.tariffs, standing="denied",
        according_to=make.PartyFactory(code="KR"), **LATER,
    )  # fmt: skip
    common = {"tracks": [shown.track], "slug": "announcement"}
    make.MilestoneFactory(due_on="2025-11-30", **common, **LATER)
    rows = lines(reader.read(PATH), "security")
    for words in (
        "Agreement of the parties 5 Oct 2025 was One-sided 14 Oct 2025 now Contested",
        "Washington new 5 Oct 2025 no stage stated 14 Oct 2025 now Negotiating Steady We talk",
        "Defence budget growth · Seoul changed 5 Oct 2025 was 8.2 % Announced"
        " 14 Oct 2025 now 9 % Announced",
        "Linkage denied 5 Oct 2025 was Seoul says that Security is decoupled from Tariffs."
        " 14 Oct 2025 now Seoul denies that Security is decoupled from Tariffs.",
        "Announcement before APEC moved 5 Oct 2025 was 31 October 2025 Open"
        " 14 Oct 2025 now 30 November 2025 Open",
    ):
        assert any(row.startswith(words) for row in rows), (words, rows)


def test_what_a_capital_says_of_a_meeting(reader: Any, shown: Scene) -> None:
    us = make.PartyFactory(code="US")
    make.AccountFactory(track=shown.tariffs, text_en="Nothing more.", text_ko="더는 없다.", **LATER)
    make.AccountFactory(track=shown.tariffs, according_to=us, bearing="omits", **LATER)
    page = reader.read(PATH)
    rows = lines(page, "tariffs")
    for row, words in zip(rows, (
        "Rice market · Seoul’s account changed Summit 5 Oct 2025 was Nothing was opened."
        " 14 Oct 2025 now Nothing more. 10 Oct 2025 · ",
        "Rice market · Washington’s account changed Summit 5 Oct 2025 was All of it was opened."
        " contradicts another account 14 Oct 2025 now Left out: read and confirmed by an officer.",
    ), strict=True):  # fmt: skip
        assert row.startswith(words), row
    link = page.within("tbody", "a")[0].attributes["href"]
    assert link == "/rok-us/meetings/summit/#topic-rice-market"
    told = lines(reader.read(f"/ko{PATH}"), "tariffs")[0]
    assert told.startswith("쌀 시장 · 서울 측 설명 바뀜 정상회담 ")


@pytest.mark.parametrize(("contradicts", "word"), [(True, "said anew"), (False, "changed")])
def test_an_account_in_the_same_words(
    reader: Any, shown: Scene, contradicts: bool, word: str
) -> None:
    theirs = Account.objects.get(contradicts__isnull=False)
    make.AccountFactory(
        track=shown.tariffs, according_to=theirs.according_to, text_en=theirs.text_en,
        text_ko=theirs.text_ko, contradicts=theirs.contradicts if contradicts else None, **LATER,
    )  # fmt: skip
    (row,) = lines(reader.read(PATH), "tariffs")
    assert f"Washington’s account {word} Summit 5 Oct 2025" in row


def test_an_account_of_a_meeting_that_is_no_longer_told_leads_nowhere(
    reader: Any, shown: Scene
) -> None:
    make.AccountFactory(track=shown.tariffs, meeting="gone", **LATER)
    page = reader.read(PATH)
    (row,) = lines(page, "tariffs")
    assert row.startswith("Rice market · Seoul’s account new 5 Oct 2025 not on record")
    assert not any("/meetings/gone/" in e.attributes["href"] for e in page.within("tbody", "a"))


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"outcome": "met"}, "met"),
        ({"outcome": "missed"}, "missed"),
        ({"due_on": "2025-12-01"}, "moved"),
        ({}, "said anew"),
        ({"title_en": "Another title"}, "said anew"),
    ],
)
def test_what_became_of_a_date(
    reader: Any, shown: Scene, members: dict[str, str], word: str
) -> None:
    common: dict[str, Any] = {"tracks": [shown.track], "slug": "announcement"}
    make.MilestoneFactory(**common, **LATER, **members)
    (row,) = lines(reader.read(PATH), "security")
    assert f" {word} 5 Oct 2025" in row


@pytest.mark.usefixtures("shown")
def test_a_day_that_passed_is_told(reader: Any) -> None:
    page = reader.read("/rok-us/compare/?from=2025-10-30&to=2025-11-02")
    (row,) = lines(page, "security")
    assert row == (
        "Announcement before APEC day passed 30 Oct 2025 was 31 October 2025 Open"
        " 2 Nov 2025 now 31 October 2025 day passed, no outcome recorded"
    )


def test_what_was_newly_said_with_its_words(reader: Any, shown: Scene) -> None:
    for number in range(4):
        make.StatementFactory(
            tracks=[shown.tariffs], known_on=date(2025, 10, 10), paraphrase_en=f"Word {number}."
        )
    words = section(reader.read(PATH), "t-tariffs")
    assert "4 new statements paraphrase Word 3." in words
    assert "Word 2." not in words
    more = reader.read(PATH).one("a", class_="compare-on")
    words = section(reader.read(more.attributes["href"]), "t-tariffs")
    assert [f"Word {number}." in words for number in range(4)] == [False, True, True, True]


@pytest.mark.usefixtures("shown")
def test_the_same_day_twice(reader: Any) -> None:
    page = reader.read("/rok-us/compare/?from=2025-10-05&to=2025-10-05")
    assert page.one("div", class_="empty").words.startswith("Nothing changed")
    assert page.all("table") == []


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("prefix", "asked", "sentence"),
    [
        ("", "from=2025-10-14&to=2025-10-05", "From: It is later than the day to compare with;"),
        ("/ko", "from=2025-10-14&to=2025-10-05", "앞 날짜: 비교할 날짜보다 늦습니다."),
        ("", "from=soon", "From: “soon” is not a date such as 2025-10-05."),
        ("", "to=2999-01-01", "The record of 2999-01-01 cannot be shown"),
        ("", "since=soon", "Since: It is a ledger number."),
        ("", "since=4&to=2025-10-05", "Since: It compares our record with itself;"),
        ("", "since=999999", "No act has been told here under that number yet"),
        ("", "to=2025-10-05&known_on=2025-10-05", "To: A clock sets that day already;"),
    ],
)
def test_what_cannot_be_compared_is_refused_beside_the_form(
    reader: Any, prefix: str, asked: str, sentence: str
) -> None:
    page = reader.read(f"{prefix}/rok-us/compare/?{asked}", status=400)
    assert page.one("div", id="problem").words.startswith(sentence)
    assert [e.attributes["name"] for e in page.within("form", "input")][:2] == ["from", "to"]
    assert page.mistakes == []


@pytest.mark.usefixtures("shown")
def test_the_form_keeps_the_days_that_are_compared(reader: Any) -> None:
    fields = reader.read(f"{PATH}&as_of=2026-01-01").within("form", "input")
    assert [(e.attributes["name"], e.attributes["value"]) for e in fields] == [
        ("from", "2025-10-05"),
        ("to", "2025-10-14"),
        ("as_of", "2026-01-01"),
    ]


def test_comparisons_at_hand_lead_back_from_the_newest_change(reader: Any, shown: Scene) -> None:
    make.StatusChangeFactory(track=shown.tariffs, **LATER)
    page = reader.read("/rok-us/compare/?known_on=2025-10-14")
    links = page.all("a", class_="compare-shortcut")
    assert [(e.words, e.attributes["href"].partition("from=")[2][:10]) for e in links] == [
        ("What the newest change brought", "2025-10-01"),
        ("The week before the newest change", "2025-10-03"),
        ("The month before it", "2025-09-10"),
        ("The quarter before it", "2025-07-11"),
    ]


def test_one_track_alone(reader: Any, shown: Scene) -> None:
    make.StatusChangeFactory(track=shown.tariffs, **LATER)
    page = reader.read(f"/rok-us/tariffs/compare/{DAYS}")
    assert [e.words for e in page.all("h2")] == ["Tariffs"]
    assert "Nothing changed" in reader.read(f"/rok-us/security/compare/{DAYS}").words


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("path", ["/rok-us/nowhere/compare/", "/nowhere/compare/?from=x"])
def test_what_is_not_there_is_not_found(reader: Any, path: str) -> None:
    reader.read(path, status=404)


def test_since_a_number_what_was_published_after_it(reader: Any, shown: Scene) -> None:
    first = datetime(2025, 10, 14, 2, tzinfo=UTC)
    make.enter(tracks=[shown.track], at=first)
    page = reader.read("/rok-us/compare/?since=1")
    lead = page.one("p", class_="lead").words
    assert lead == (
        "What this record published, corrected or withdrew after its entry № 1 of "
        "14 October 2025, 11:00 Seoul."
    )
    assert "Stage Before was not on record After now Agreed in principle" in page.words
    assert reader.read("/rok-us/compare/?since=0").one("p", class_="lead").words == (
        "All that this record has published so far."
    )


def test_corrections_meanwhile_and_since(reader: Any, shown: Scene) -> None:
    make.enter(at=datetime(2025, 10, 1, tzinfo=UTC))
    wrong = make.StatusChangeFactory(
        track=shown.tariffs, ledger_number=10_001, published_at=datetime(2025, 10, 2, tzinfo=UTC)
    )
    make.StatusChangeFactory(
        track=shown.tariffs, supersedes=wrong, ledger_number=10_002, stage="mooted"
    )
    told = "Status change corrected on Tariffs They negotiate"
    meanwhile = section(reader.read(PATH), "corrected")
    assert told in meanwhile
    assert "was Negotiating now Mooted" in meanwhile
    page = reader.read("/rok-us/compare/?from=2025-10-05&to=2025-10-09")
    assert "What this site told on 9 October 2025 was not in every point" in page.words
    assert told in section(page, "corrected-since")


def test_stored_text_is_escaped(reader: Any, shown: Scene) -> None:
    make.StatusChangeFactory(track=shown.track, headline_en='"><script>alert(1)</script>', **LATER)
    body = reader.get(PATH).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body


@pytest.mark.parametrize("path", ["/rok-us/", "/rok-us/security/"])
@pytest.mark.usefixtures("shown")
def test_a_page_of_today_has_a_place_for_what_is_new_since_the_last_visit(
    reader: Any, path: str
) -> None:
    (place,) = reader.read(path).all("p", class_="visit-line")
    told = {name: place.attributes[f"data-{name}"] for name in ("negotiation", "compare")}
    assert told == {"negotiation": "rok-us", "compare": f"{path}compare/"}
    assert place.attributes["role"] == "status"
    assert place.attributes["data-number"] == "0"
    assert reader.read(f"{path}?known_on=2025-10-14").all("p", class_="visit-line") == []
