"""Corrections and retractions beside what they replaced."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests import factories as make
from tests.pages.parts import facts
from tests.pages.scenes import Scene, quotation

pytestmark = pytest.mark.django_db


def sides(page: Any) -> tuple[str, str]:
    """What stands before and after."""
    return page.one("div", class_="before").words, page.one("div", class_="after").words


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(("path", "words"), [("/", "No corrections"), ("/ko/", "정정이 없습니다")])
def test_without_corrections(reader: Any, path: str, words: str) -> None:
    assert words in reader.read(f"{path}corrections/").words


def test_a_status_change_before_and_after(reader: Any, shown: Scene) -> None:
    make.StatusChangeFactory(
        track=shown.track,
        basis=shown.quoted,
        supersedes=shown.desk,
        stage="negotiating",
        headline_en="Still negotiating",
        headline_ko="협상 중",
    )
    page = reader.read("/corrections/")
    assert page.one("h2").words == "Status change corrected on Security"
    assert "Reason given: A slip of the pen." in page.words
    before, after = sides(page)
    assert "Security agreed in principle" in before
    assert "Still negotiating" in after
    told = facts(page)
    assert [e.words for e in page.all("del")] == [
        "was Security agreed in principle",
        "was Agreed in principle",
        f"was {shown.quoted.pk}, {shown.paraphrased.pk}",
    ]
    assert [e.words for e in page.all("ins")] == [
        "now Still negotiating",
        "now Negotiating",
        f"now {shown.quoted.pk}",
    ]
    assert "Evidence (statements)" in told


def test_in_korean(reader: Any, shown: Scene) -> None:
    make.MilestoneFactory(
        supersedes=shown.second_date,
        tracks=[shown.track],
        basis=shown.quoted,
        due_on="2025-10-31",
        outcome="missed",
    )
    page = reader.read("/ko/corrections/")
    assert page.one("h2").words == "일정 정정 – 안보"
    assert [e.words for e in page.all("del")] == ["이전: 결과 미정"]
    assert [e.words for e in page.all("ins")] == ["이후: 불발"]


def test_words_that_differ_in_the_other_language_only(reader: Any, shown: Scene) -> None:
    make.StatementFactory(
        supersedes=shown.paraphrased,
        paraphrase_en="They hope to announce it at APEC.",
        paraphrase_ko=shown.paraphrased.paraphrase_ko,
        speaker=shown.person,
        office=shown.paraphrased.office,
        parties=shown.paraphrased.parties.all(),
        tracks=(shown.track,),
        said_on="2025-09-30",
    )
    page = reader.read("/ko/corrections/")
    assert [e.words for e in page.all("ins")] == ["이후: They hope to announce it at APEC."]


def test_a_retraction_leaves_nothing_in_its_place(reader: Any, shown: Scene) -> None:
    make.StatementFactory(supersedes=shown.paraphrased, withdrawn=True, tracks=(shown.track,))
    page = reader.read("/corrections/")
    assert page.one("h2").words == "Statement retracted on Security"
    before, after = sides(page)
    assert "They hope to announce it before APEC." in before
    assert after == "AfterRetracted. Nothing stands in its place."
    assert page.all("del") == []


def test_a_source_before_and_after(reader: Any, shown: Scene) -> None:
    make.SourceFactory(
        supersedes=shown.source,
        title="Swap talks, mended",
        url=shown.source.url,
        publisher=shown.source.publisher,
    )
    page = reader.read("/corrections/")
    assert page.one("h2").words == "Source corrected"
    assert [e.words for e in page.all("del")] == ["was Swap talks"]
    assert [e.words for e in page.all("ins")] == ["now Swap talks, mended"]


@pytest.mark.parametrize(
    ("name", "made", "changes", "expected"),
    [
        ("position", make.PositionFactory, {"amount": "9"}, ("8.2 %", "9 %")),
        (
            "linkage",
            make.LinkageFactory,
            {"kind": "affects"},
            ("decoupled from", "affects"),
        ),
    ],
)
def test_other_kinds_are_shown(
    reader: Any,
    shown: Scene,
    name: str,
    made: Any,
    changes: dict[str, Any],
    expected: tuple[str, str],
) -> None:
    row = getattr(shown, name)
    same: dict[str, Any] = {"basis": row.basis, "according_to": row.according_to}
    if name == "position":
        same |= {"term": row.term, "standing": row.standing}
    else:
        same |= {"from_track": row.from_track, "to_track": row.to_track}
    made(supersedes=row, **same, **changes)
    page = reader.read("/corrections/")
    assert [e.words for e in page.all("del")] == [f"was {expected[0]}"]
    assert [e.words for e in page.all("ins")] == [f"now {expected[1]}"]
    assert page.one("h2").words.startswith(name.capitalize())


def test_newest_first_and_paged(reader: Any, shown: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("negotiations.pages.corrections.PAGE_LENGTH", 1)
    for row in (shown.desk, shown.seoul):
        make.StatusChangeFactory(
            track=shown.track, basis=shown.quoted, supersedes=row, according_to=row.according_to
        )
    first = reader.read("/corrections/")
    (older,) = first.all("a", rel="next")
    second = reader.read(older.attributes["href"])
    assert "Seoul sees the main elements settled" in first.words
    assert "Security agreed in principle" in second.words


def test_as_many_queries_for_three_as_for_one(reader: Any, shown: Scene, query_count: Any) -> None:
    asked = partial(query_count, lambda: reader.read("/corrections/"))

    def correct() -> None:
        said = quotation(tracks=(shown.track,), parties=[make.PartyFactory()])
        make.StatementFactory(supersedes=said, tracks=(shown.track,))
        change = make.StatusChangeFactory(track=shown.track)
        make.StatusChangeFactory(track=shown.track, supersedes=change)
        make.SourceFactory(supersedes=make.SourceFactory())

    correct()
    once = asked()
    correct()
    correct()
    assert asked() == once
