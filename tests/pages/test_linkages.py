"""What holds what up, as a page: sentences, silence, circles, the picture."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.queries import linkages
from tests import factories as make
from tests.pages.scenes import Scene

THEN = "known_on=2025-10-14"
PAGE = f"/rok-us/linkages/?{THEN}"
pytestmark = pytest.mark.django_db


def tie(shown: Scene, kind: str, party: Any, **members: Any) -> Any:
    """A word about security and tariffs."""
    ends = {"from_track": shown.track, "to_track": shown.tariffs}
    return make.LinkageFactory(
        **{**ends, "kind": kind, "according_to": party, "basis": shown.quoted, **members}
    )


@pytest.mark.usefixtures("shown")
def test_a_tie_is_a_sentence_with_its_source_and_the_silent_named(reader: Any) -> None:
    words = reader.read(PAGE).one("article").words
    assert "said that Security is decoupled from Tariffs." in words
    assert "not optimistic," in words
    assert "One-sided" in words


def test_a_party_without_a_word_is_told_as_silent(reader: Any, shown: Scene) -> None:
    shown.negotiation.parties.set([make.PartyFactory(code="KR"), make.PartyFactory(code="US")])
    page = reader.read(PAGE)
    (silent,) = page.all("p", class_="silent")
    assert silent.words == (
        "Washington has not said so, and has not denied it: nothing is on record."
    )
    korean = reader.read(f"/ko{PAGE}").one("p", class_="silent").words
    assert korean == "워싱턴: 그렇다는 말도, 부인하는 말도 기록에 없습니다."


def test_an_earlier_word_stays_in_the_past_tense(reader: Any, shown: Scene) -> None:
    korea = shown.linkage.according_to
    tie(shown, "packaged_with", korea, effective_on="2025-09-01")
    (before,) = reader.read(PAGE).all("ul", class_="pair-earlier")
    assert "said that Security was packaged with Tariffs." in before.words


def test_where_still_earlier_words_are_left_out_it_says_so(
    reader: Any, shown: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    korea = shown.linkage.according_to
    tie(shown, "packaged_with", korea, effective_on="2025-09-01")
    tie(shown, "affects", korea, effective_on="2025-08-01")
    note = "Only the newest words are told."
    assert note not in reader.read(PAGE).one("article").words
    monkeypatch.setattr(linkages, "MOST_WORDS", 2)
    page = reader.read(PAGE)
    assert note in page.one("article").words
    (before,) = page.all("ul", class_="pair-earlier")
    assert "packaged" in before.words
    assert "최근 발언만 실었습니다." in reader.read(f"/ko{PAGE}").one("article").words


def test_a_circle_is_pointed_out_in_words_and_in_the_picture(reader: Any, shown: Scene) -> None:
    korea = shown.linkage.according_to
    tie(shown, "conditional_on", korea, effective_on="2025-10-02")
    us = make.PartyFactory(code="US")
    tie(shown, "precondition_for", us, effective_on="2025-10-02")
    page = reader.read(PAGE)
    (circle,) = page.all("ol", class_="cycle")
    assert "Security waits for Tariffs" in circle.words
    assert "Tariffs waits for Security" in circle.words
    ringed = [path.attributes["d"] for path in page.all("path", class_="web-ringed")]
    # Two lines, and one in the key.
    assert [d.count("C") > 1 for d in ringed] == [True, True, False]
    assert "Waiting in a circle" in [h.words for h in page.all("h2")]
    assert "Contested" in page.one("article").words


def test_without_a_circle_none_is_spoken_of(reader: Any, shown: Scene) -> None:
    page = reader.read(PAGE)
    assert page.all("ol", class_="cycle") == []
    assert shown.track.pk


@pytest.mark.parametrize(
    ("kind", "standing", "look", "pointed"),
    [
        ("decoupled_from", "asserted", "apart", False),
        ("packaged_with", "asserted", "held", False),
        ("affects", "asserted", "held", True),
        ("affects", "denied", "denied", True),
        ("decoupled_from", "ended", "ended", False),
    ],
)
def test_how_a_tie_is_drawn(
    reader: Any, shown: Scene, kind: str, standing: str, look: str, pointed: bool
) -> None:
    korea = shown.linkage.according_to
    tie(shown, kind, korea, standing=standing, effective_on="2025-10-02")
    (line,) = [
        path
        for path in reader.read(PAGE).all("path")
        if path.attributes.get("d", "").count("C") > 1
        and path.attributes.get("class", "").startswith("web-line")
    ]
    assert line.attributes["class"] == f"web-line web-{look}"
    assert ("marker-end" in line.attributes) == pointed


@pytest.mark.usefixtures("shown")
def test_the_picture_says_what_it_shows_and_leads_on(reader: Any) -> None:
    page = reader.read(PAGE)
    assert page.one("desc").words == "1. Security – decoupled from – Tariffs (Seoul)."
    hrefs = [a.attributes["href"] for a in page.within("svg", "a")]
    assert hrefs == [f"/rok-us/security/?{THEN}", f"/rok-us/tariffs/?{THEN}", "#tie-1"]


def test_tracks_without_a_tie_are_named(reader: Any, shown: Scene) -> None:
    make.TrackFactory(negotiation=shown.negotiation, title_en="Visas")
    notes = [p.words for p in reader.read(PAGE).all("p", class_="section-note")]
    assert [note for note in notes if note.endswith("Visas")]


@pytest.mark.usefixtures("shown")
def test_filters_work_without_a_script(reader: Any) -> None:
    assert reader.read(f"{PAGE}&party=KR&track=tariffs").all("article")
    nothing = reader.read(f"{PAGE}&party=desk")
    assert nothing.one("p", class_="empty-title").words == "No such tie"


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("query", ["track=nowhere", "party=XX"])
def test_a_choice_that_is_not_there_is_refused(reader: Any, query: str) -> None:
    assert reader.get(f"{PAGE}&{query}").status_code == 400


@pytest.mark.usefixtures("shown")
def test_before_anything_was_said_it_says_so(reader: Any) -> None:
    page = reader.read("/rok-us/linkages/?known_on=2020-01-01")
    assert page.one("p", class_="empty-title").words == "No ties on record"


def test_hostile_titles_are_text(reader: Any, shown: Scene) -> None:
    bad = make.TrackFactory(
        negotiation=shown.negotiation, title_en="<script>" + "x" * 150, title_ko="가" * 190
    )
    make.LinkageFactory(from_track=bad, to_track=shown.track)
    for language in ("", "/ko"):
        body = reader.get(f"{language}{PAGE}").content.decode()
        assert "<script" not in body


def test_forty_tracks_are_drawn_with_numbers_alone(reader: Any, shown: Scene) -> None:
    for n in range(38):
        track = make.TrackFactory(negotiation=shown.negotiation, title_ko=f"아주 긴 의제 이름 {n}")
        make.LinkageFactory(from_track=shown.track, to_track=track, kind="affects")
        make.LinkageFactory(from_track=track, to_track=shown.tariffs, kind="affects")
    page = reader.read(PAGE)
    assert len(page.all("a", class_="web-track")) == 40
    assert page.all("text", class_="web-who") == []


def test_a_tie_to_a_track_of_the_same_slug_elsewhere(reader: Any, shown: Scene) -> None:
    """Slugs of tracks are their negotiation's own: two boxes, and a link from one to the other."""
    tokyo = make.NegotiationFactory(slug="japan-us")
    there = make.TrackFactory(negotiation=tokyo, slug="tariffs", title_en="Tariffs (Tokyo)")
    tie(shown, "affects", None, from_track=shown.tariffs, to_track=there)
    page = reader.read(PAGE)
    boxes = [a.attributes["href"] for a in page.all("a", class_="web-track")]
    here, beyond = f"/rok-us/tariffs/?{THEN}", f"/japan-us/tariffs/?{THEN}"
    assert boxes == [f"/rok-us/security/?{THEN}", here, beyond]
    links = reader.read(here).within("ul", "a")
    assert {a.words for a in links if a.attributes["href"] == beyond} == {"Tariffs (Tokyo)"}
