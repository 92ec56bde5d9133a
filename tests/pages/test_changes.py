"""The newest acts of the ledger in plain words."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from negotiations.pages.nouns import NAMES
from tests import factories as make
from tests.pages.parts import facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def track() -> Any:
    """A track to act upon."""
    negotiation = make.NegotiationFactory(slug="rok-us")
    return make.TrackFactory(
        negotiation=negotiation, slug="security", title_en="Security", title_ko="안보"
    )


def headings(page: Any) -> list[str]:
    """What each act is called."""
    return [e.words for e in page.all("h2", class_="changes-what")]


def test_a_status_change_in_plain_words(reader: Any, track: Any) -> None:
    entry = make.enter(
        tracks=[track],
        verb="publish",
        payload={"headline_en": "Agreed in principle", "headline_ko": "원칙적 합의"},
    )
    page = reader.read("/changes/")
    assert headings(page) == ["Status change published on Security"]
    assert "Agreed in principle" in page.one("li", id="n1").words
    told = facts(page)
    assert told["Hash"] == entry.hash
    assert told["Hash before"] == "0" * 64
    assert told["Act"] == "publish status_change 1"
    (link,) = [e for e in page.within("h2", "a") if e.words == "Security"]
    assert link.attributes["href"] == "/rok-us/security/#n1"
    korean = reader.read("/ko/changes/")
    assert headings(korean) == ["상태 변화 게시 – 안보"]
    assert "원칙적 합의" in korean.words


@pytest.mark.parametrize(
    ("verb", "noun", "payload", "heading", "subject"),
    [
        (
            "correct",
            "position",
            {"term": "a/b/car-tariff", "amount": "15"},
            "Position corrected",
            "car tariff: 15",
        ),
        (
            "publish",
            "position",
            {"term": "a/b/split", "amount": "10", "amount_to": "20"},
            "Position published",
            "split: 10–20",
        ),
        ("publish", "linkage", {"kind": "decoupled_from"}, "Linkage published", "decoupled from"),
        ("retract", "milestone", {"title_en": "Summit"}, "Milestone retracted", "Summit"),
        ("register_party", "party", {"name_en": "Korea"}, "Party registered", "Korea"),
        (
            "appoint",
            "tenure",
            {"person": "cho-hyun", "office": "minister"},
            "Tenure registered",
            "cho-hyun, minister",
        ),
        (
            "grade_publisher",
            "grade",
            {"publisher": "yonhap", "reliability": "B"},
            "Publisher graded",
            "yonhap, B",
        ),
        ("capture_source", "snapshot", {"source": 7}, "Text of a source kept", "Source 7"),
        ("fold_paper", "paper_plane", {}, "paper plane: fold paper", ""),
        ("publish", "linkage", {"kind": "no_such_kind"}, "Linkage published", ""),
        ("capture_source", "snapshot", {"source": None}, "Text of a source kept", ""),
    ],
)
def test_each_kind_of_act(
    reader: Any, verb: str, noun: str, payload: dict[str, object], heading: str, subject: str
) -> None:
    make.enter(verb=verb, noun=noun, payload=payload)
    page = reader.read("/changes/")
    assert headings(page) == [heading]
    assert subject in page.one("li", id="n1").words


@pytest.mark.parametrize(
    ("noun", "payload", "href"),
    [
        ("statement", {"paraphrase_en": "They agreed."}, "/statements/1/"),
        ("source", {"title": "An article"}, "/sources/1/"),
        ("person", {"name_en": "Cho Hyun", "slug": "cho-hyun"}, "/people/cho-hyun/"),
        ("negotiation", {"title_en": "Talks", "slug": "rok-us"}, "/rok-us/"),
    ],
)
def test_an_act_leads_to_its_page(
    reader: Any, noun: str, payload: dict[str, object], href: str
) -> None:
    make.enter(verb="publish", noun=noun, payload=payload)
    links = [e.attributes["href"] for e in reader.read("/changes/").within("ol", "a")]
    assert href in links


def test_the_reason_of_a_correction_is_told(reader: Any, track: Any) -> None:
    payload: dict[str, object] = {"headline_en": "New", "correction_reason": "Wrong day."}
    make.enter(tracks=[track], verb="correct", payload=payload)
    assert "Reason given: Wrong day." in reader.read("/changes/").words


def test_what_is_not_public_is_not_told(reader: Any) -> None:
    make.enter(verb="draft_statement", noun="statement", public=False)
    assert "No changes here" in reader.read("/changes/").words


def test_older_changes_are_on_the_next_page(
    reader: Any, track: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negotiations.pages.changes.PAGE_LENGTH", 2)
    for _ in range(3):
        make.enter(tracks=[track], verb="publish")
    first = reader.read("/changes/")
    assert [e.attributes["id"] for e in first.within("ol", "li")] == ["n3", "n2"]
    (older,) = first.all("a", rel="next")
    second = reader.read(older.attributes["href"])
    assert [e.attributes["id"] for e in second.within("ol", "li")] == ["n1"]
    assert "Back to the newest" in second.words


def test_by_track(reader: Any, track: Any) -> None:
    make.enter(tracks=[track], verb="publish")
    make.enter(tracks=[make.TrackFactory(title_en="Other")], verb="publish")
    page = reader.read("/changes/?negotiation=rok-us&track=security")
    assert headings(page) == ["Status change published on Security"]
    assert "Show all changes" in page.words


@pytest.mark.parametrize("noun", [*NAMES, "paper_plane"])
def test_an_entry_that_says_nothing_more_is_told_all_the_same(reader: Any, noun: str) -> None:
    for verb in ("publish", "register", "correct", "retract"):
        make.enter(verb=verb, noun=noun, payload={})
    assert len(headings(reader.read("/changes/"))) == 4


def test_the_twin_is_narrowed_as_the_page_is(reader: Any, track: Any) -> None:
    make.enter(tracks=[track], verb="publish")
    make.enter(tracks=[make.TrackFactory()], verb="publish")
    page = reader.read("/changes/?negotiation=rok-us&track=security&cursor=9")
    (twin,) = page.all("link", type="application/json")
    assert twin.attributes["href"] == "/api/v1/changes/?negotiation=rok-us&track=security"
    told = reader.get(twin.attributes["href"]).json()["results"]
    assert [entry["number"] for entry in told] == [1]


@pytest.mark.parametrize("query", ["cursor=abc", "cursor=-1", "cursor=١", "track=nowhere"])
def test_what_cannot_be_read_is_refused(reader: Any, query: str) -> None:
    assert reader.get(f"/changes/?{query}").status_code == 400


def test_as_many_queries_for_three_as_for_one(reader: Any, track: Any, query_count: Any) -> None:
    asked = partial(query_count, lambda: reader.read("/changes/"))

    make.enter(tracks=[track], verb="publish")
    once = asked()
    make.enter(tracks=[make.TrackFactory()], verb="publish")
    make.enter(verb="publish", noun="source", payload={"title": "A"})
    assert asked() == once
