"""A track: where it stands, on what evidence, who says what, and how it came there."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from tests import factories as make
from tests.pages.parts import facts, section
from tests.pages.scenes import LATER, Scene, quotation

pytestmark = pytest.mark.django_db
PATH = "/rok-us/security/?known_on=2025-10-14"


def kinds(page: Any) -> list[str]:
    """The kinds of the timeline's entries, newest first."""
    return [e.attributes["class"].split()[1] for e in page.all("li", class_="entry")]


@pytest.mark.usefixtures("shown")
def test_present_state_with_its_evidence(reader: Any) -> None:
    page = reader.read(PATH)
    assert page.one("h1").words == "Security"
    present = section(page, "present")
    for words in (
        "Stage Agreed in principle",
        "Momentum Steady",
        "Agreement of the parties One-sided",
        "Step 4 of 8 on the ladder",
        "not optimistic,",
        "1 October 2025 (Seoul)",
        "Swap talks The Paper B",
    ):
        assert words in present
    assert [e.words for e in page.all("li", aria_current="step")] == ["Agreed in principle"]
    told = facts(page)
    assert told.pop("Published here").startswith("14 October 2025, 12:00 Seoul№ ")
    assert told == {
        "Documentary basis": "Oral",
        "Effective": "1 October 2025",
        "Known since": "1 October 2025",
        "Corroboration": "1 independent witness",
    }


@pytest.mark.usefixtures("shown")
def test_present_state_in_korean(reader: Any) -> None:
    page = reader.read(f"/ko{PATH}")
    assert page.one("h1").words == "안보"
    for words in ("원칙적 합의", "한쪽 주장", "8단계 중 4단계", "서로 독립된 증언 1건"):
        assert words in section(page, "present")
    assert "서울에서만 단계를 밝혔습니다" in section(page, "readings")
    assert "서울" in section(page, "linkages")
    assert {e.attributes["lang"] for e in page.all("blockquote")} == {"en"}


@pytest.mark.usefixtures("shown")
def test_a_silent_party_has_stated_nothing(reader: Any) -> None:
    readings = section(reader.read(PATH), "readings")
    assert (
        "Heard from Seoul only: Agreed in principle. No stage stated by Washington; "
        "silence is not assent." in readings
    )
    assert "Washington United States No stage stated" in readings


def test_parties_that_differ_show_floor_and_ceiling(reader: Any, shown: Scene) -> None:
    us = make.PartyFactory(code="US")
    make.StatusChangeFactory(track=shown.track, according_to=us, stage="mooted")
    readings = section(reader.read(PATH), "readings")
    assert "from Mooted at the lowest to Agreed in principle at the highest" in readings


def test_another_voice_of_the_same_party_stands_beside_it(reader: Any, shown: Scene) -> None:
    make.StatusChangeFactory(
        track=shown.track, according_to=make.PartyFactory(code="KR"), stage="negotiating"
    )
    readings = section(reader.read(PATH), "readings")
    assert "Another voice of the same party:" in readings


def test_marks_of_weak_support_and_the_waiver(reader: Any, shown: Scene) -> None:
    mirror = make.PublisherFactory(tier="mirror")
    reprint = make.StatementFactory(
        source=make.SourceFactory(publisher=mirror), tracks=(shown.tariffs,)
    )
    make.StatusChangeFactory(
        track=shown.tariffs,
        basis=reprint,
        dissent=[shown.paraphrased],
        stage="signed",
        documentary_basis="published_text",
        unusual="skip",
        reason_en="They signed at once.",
        waiver="One officer on duty.",
    )
    present = section(reader.read("/rok-us/tariffs/?known_on=2025-10-14"), "present")
    for words in (
        "Thinly sourced.",
        "1 independent witness",
        "Skip. They signed at once.",
        "Published without a second officer. The waiver says: One officer on duty.",
        "What speaks against it paraphrase They hope to announce it before APEC.",
    ):
        assert words in present


@pytest.mark.usefixtures("shown")
def test_linkages_are_sentences(reader: Any) -> None:
    page = reader.read(PATH)
    assert "Seoul says that Security is decoupled from Tariffs." in section(page, "linkages")
    links = [e.attributes["href"] for e in page.within("ul", "a") if e.words == "Tariffs"]
    assert links == ["/rok-us/tariffs/?known_on=2025-10-14"]


@pytest.mark.usefixtures("shown")
def test_a_slip_stays_visible(reader: Any) -> None:
    page = reader.read(PATH)
    assert [e.words for e in page.all("s")] == ["15 September 2025"]
    milestones = section(page, "milestones")
    assert "31 October 2025 Announcement before APEC Open" in milestones
    assert "Moved from 15 September 2025, which was set on 1 August 2025." in milestones


def test_what_is_known_but_not_yet_in_effect(reader: Any, shown: Scene) -> None:
    make.StatusChangeFactory(
        track=shown.track,
        effective_on="2025-11-01",
        stage="text_agreed",
        headline_en="The text will be initialled",
    )
    upcoming = section(reader.read(PATH), "upcoming")
    assert "1 November 2025 The text will be initialled" in upcoming


def test_children_and_parent_lead_to_each_other(reader: Any, shown: Scene) -> None:
    make.TrackFactory(
        negotiation=shown.negotiation, parent=shown.track, slug="opcon", title_en="OPCON"
    )
    assert "Below this track: OPCON" in reader.read(PATH).words
    crumbs = [e.words for e in reader.read("/rok-us/opcon/").within("ol", "a")]
    assert crumbs[:3] == ["Negotiations", "Korea–US", "Security"]


@pytest.mark.usefixtures("shown")
def test_the_timeline_has_every_kind_newest_first(reader: Any) -> None:
    page = reader.read(PATH)
    assert sorted(set(kinds(page))) == [
        "entry-linkage",
        "entry-milestone",
        "entry-position",
        "entry-statement",
        "entry-status_change",
    ]
    entries = page.all("p", class_="entry-when")
    assert entries[-1].words == "1 August 2025Milestone"


def test_an_entry_has_an_anchor_by_its_ledger_number(reader: Any, shown: Scene) -> None:
    page = reader.read(PATH)
    entry = page.one("li", id=f"n{shown.desk.ledger_number}")
    assert "Security agreed in principle" in entry.words
    assert "the desk’s reading" in entry.words
    also = entry.words.partition("Also: ")[2]
    assert also.startswith("Cho Hyun, 30 Sep 2025, The Paper: "), "links are told apart"


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("kind", "count"), [("statement", 2), ("milestone", 2), ("position", 1), ("linkage", 1)]
)
def test_the_timeline_by_kind(reader: Any, kind: str, count: int) -> None:
    page = reader.read(f"{PATH}&kind={kind}")
    assert kinds(page) == [f"entry-{kind}"] * count
    chosen = page.all("a", aria_current="true")
    assert [e.words for e in chosen] == [kind.capitalize()]


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("query", ["kind=rumour", "cursor=abc", "kind=statement&kind=position"])
def test_what_the_timeline_cannot_show_is_refused(reader: Any, query: str) -> None:
    assert reader.get(f"{PATH}&{query}").status_code == 400


def test_a_kind_without_entries_says_so(reader: Any, shown: Scene) -> None:
    page = reader.read(f"/rok-us/{shown.tariffs.slug}/?kind=position")
    assert "The timeline holds no entry of this kind" in page.words


def test_older_entries_are_on_the_next_page(
    reader: Any, shown: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negotiations.pages.tracks.PAGE_LENGTH", 5)
    first = reader.read(PATH)
    (older,) = first.all("a", rel="next")
    assert "known_on=2025-10-14" in older.attributes["href"]
    second = reader.read(older.attributes["href"])
    seen = [e.attributes["id"] for p in (first, second) for e in p.all("li", class_="entry")]
    assert len(seen) == len(set(seen)) == 8
    assert "Where it stands" not in second.words
    assert "Back to the newest entries" in second.words
    assert shown.track.title_en == second.one("h1").words


def test_a_corrected_entry_says_why(reader: Any, shown: Scene) -> None:
    make.StatusChangeFactory(
        track=shown.track,
        basis=shown.quoted,
        supersedes=shown.desk,
        headline_en="Security all but agreed",
    )
    page = reader.read(PATH)
    assert "Security agreed in principle" not in page.words
    assert "This replaces an earlier version. Reason given: A slip of the pen." in page.words


def test_evidence_that_fell_is_marked(reader: Any, shown: Scene) -> None:
    make.StatementFactory(
        supersedes=shown.paraphrased, withdrawn=True, tracks=(shown.track,), **LATER
    )
    assert "since retracted" in section(reader.read(PATH), "present")


def test_a_track_without_a_reading_is_kind(reader: Any, shown: Scene) -> None:
    page = reader.read(f"/rok-us/{shown.tariffs.slug}/?known_on=2025-09-01")
    assert "No reading by the desk yet" in page.words
    assert "No party has said where it stands. Silence is not assent." in page.words


def test_what_came_later_is_not_told_earlier(reader: Any, shown: Scene) -> None:
    make.StatusChangeFactory(
        track=shown.track,
        stage="signed",
        documentary_basis="published_text",
        headline_en="Signed after all",
        known_on=date(2025, 12, 1),
    )
    assert "Signed after all" not in reader.read(PATH).words
    assert "Signed after all" in reader.read("/rok-us/security/").words


def test_drafts_are_not_there(reader: Any, shown: Scene) -> None:
    make.StatusChangeFactory(track=shown.track, headline_en="A secret draft", published_at=None)
    assert "A secret draft" not in reader.read("/rok-us/security/").words


def test_as_many_queries_for_three_of_everything_as_for_one(
    reader: Any, shown: Scene, query_count: Any
) -> None:
    asked = partial(query_count, lambda: reader.read(PATH))

    asked()
    once = asked()
    kr, us = make.PartyFactory(code="KR"), make.PartyFactory(code="US")
    for _ in range(2):
        said = quotation(speaker=make.PersonFactory(), tracks=(shown.track,), parties=[us])
        make.StatusChangeFactory(track=shown.track, according_to=us, basis=said)
        term = make.TermFactory(track=shown.track)
        make.PositionFactory(term=term, according_to=kr, basis=said)
        other = make.TrackFactory(negotiation=shown.negotiation, parent=shown.track)
        make.LinkageFactory(from_track=shown.track, to_track=other, basis=said)
        make.MilestoneFactory(tracks=[shown.track], basis=said)
    assert asked() == once


def test_the_reader_is_told_where_an_old_record_ends(reader: Any, shown: Scene) -> None:
    said = reader.read(f"/rok-us/{shown.track.slug}/").one("p", class_="last-said")
    assert said.words.startswith("The last statement on this track is of 1 October 2025.")


@pytest.mark.usefixtures("shown")
def test_a_day_that_passed_without_an_outcome_is_not_open(reader: Any) -> None:
    later = reader.read("/rok-us/security/?on=2025-11-02")
    assert "day passed, no outcome recorded" in section(later, "milestones")
