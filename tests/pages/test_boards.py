"""The board of a negotiation."""

from __future__ import annotations

import pytest

from negotiations.queries import lanes, utterance_days
from tests import factories as make

pytestmark = pytest.mark.django_db
THEN = "?known_on=2025-10-14"


def row_of(page, title: str) -> str:
    """All that the board says about one track."""
    rows = [row.words for row in page.all("tr") if row.words.startswith(title)]
    assert rows, title
    return rows[0]


@pytest.mark.usefixtures("shown")
def test_a_track_is_told_with_stage_momentum_and_agreement(reader):
    row = row_of(reader.read(f"/rok-us/{THEN}"), "Security")
    for words in ("Agreed in principle", "Steady", "One-sided", "Security agreed in principle"):
        assert words in row


@pytest.mark.usefixtures("shown")
def test_each_party_is_heard_and_silence_is_said(reader):
    row = row_of(reader.read(f"/rok-us/{THEN}"), "Security")
    assert "Seoul Agreed in principle 1 Oct 2025" in row
    assert "Washington no stage stated" in row


@pytest.mark.usefixtures("shown")
def test_the_board_in_korean(reader):
    page = reader.read(f"/ko/rok-us/{THEN}")
    row = row_of(page, "안보")
    for words in ("원칙적 합의", "한쪽 주장", "서울", "워싱턴 단계 언급 없음", "2025. 10. 31."):
        assert words in row
    assert page.one("html").attributes["lang"] == "ko"
    assert page.one("h1").words == "한미"


@pytest.mark.usefixtures("shown")
def test_the_next_milestone_and_the_last_entry_stand_in_the_row(reader):
    row = row_of(reader.read(f"/rok-us/{THEN}"), "Security")
    assert "Next milestone 31 Oct 2025 Announcement before APEC" in row
    assert "Last entry 1 Oct 2025" in row
    later = row_of(reader.read("/rok-us/?known_on=2025-11-03"), "Security")
    assert "none set 31 Oct 2025 passed without an outcome: Announcement before APEC" in later


@pytest.mark.usefixtures("shown")
def test_a_track_without_a_reading_says_so(reader):
    row = row_of(reader.read(f"/rok-us/{THEN}"), "Tariffs")
    for words in ("not on record", "Unknown", "Seoul no stage stated", "none set"):
        assert words in row


def test_children_hang_below_their_parent(reader, shown):
    make.TrackFactory(
        negotiation=shown.negotiation, slug="opcon", title_en="OPCON", parent=shown.track
    )
    page = reader.read(f"/rok-us/{THEN}")
    rows = [e.words.split()[0] for e in page.all("tr", class_="board-depth-1")]
    assert rows == ["OPCON"]
    titles = [e.words for e in page.within("table", "th") if e.attributes.get("scope") == "row"]
    assert titles.index("OPCON") == titles.index("Security Security agreed in principle") + 1


def test_two_readings_that_differ_show_floor_and_ceiling(reader, shown):
    us = make.PartyFactory(code="US")
    make.StatusChangeFactory(track=shown.track, according_to=us, stage="mooted")
    row = row_of(reader.read(f"/rok-us/{THEN}"), "Security")
    assert "Contested Mooted – Agreed in principle" in row


@pytest.mark.usefixtures("shown")
def test_shape_and_word_always_go_together(reader):
    page = reader.read(f"/rok-us/{THEN}")
    marks = page.all("span", class_="mark")
    assert len(marks) > 10
    assert all(mark.words for mark in marks)
    assert len(page.all("use")) >= len(marks)


@pytest.mark.usefixtures("shown")
def test_an_earlier_day_shows_what_was_known_then(reader):
    assert "not on record" in row_of(reader.read("/rok-us/?known_on=2025-09-20"), "Security")


@pytest.mark.usefixtures("shown")
def test_the_picture_has_a_lane_for_each_track(reader):
    page = reader.read(f"/rok-us/{THEN}")
    lanes = [e.attributes["aria-label"] for e in page.all("g", class_="lane-marks")]
    assert lanes == ["Ties between tracks", "Security", "Tariffs"]
    assert [e.words for e in page.all("div", class_="lane-name")] == [
        "Security Last heard: Seoul 13 days ago · Washington never",
        "Tariffs Last heard: Seoul never · Washington never",
    ]


@pytest.mark.usefixtures("shown")
def test_every_mark_is_a_link_that_tells_its_evidence(reader):
    page = reader.read(f"/rok-us/{THEN}")
    told = [e.words for e in page.within("a", "title")]
    day, sense = "30 September 2025", "They hope to announce it before APEC. (paraphrase)"
    assert told[2] == f"{day}: 1 statement {sense} Cho Hyun, {day}, The Paper"
    assert told[1].startswith("Security: Security agreed in principle Agreed in principle, Steady")
    assert told[0].startswith("Seoul says that Security is decoupled from Tariffs. 1 October 2025")
    assert len(told) == len(page.within("svg", "a"))


@pytest.mark.usefixtures("shown")
def test_a_milestone_shows_the_date_that_it_slipped_from(reader):
    page = reader.read(f"/rok-us/{THEN}")
    slips = [e for e in page.all("use") if e.attributes["href"] == "#g-outcome-slip"]
    assert "15 September 2025: moved since" in page.words
    # On the lane and in the key.
    assert len(slips) == 2
    assert [e.words for e in page.all("s")] == ["15 Sep 2025"]


@pytest.mark.usefixtures("shown")
def test_the_same_facts_stand_in_tables(reader):
    page = reader.read(f"/rok-us/{THEN}")
    captions = [e.words for e in page.all("caption")]
    assert captions == [
        "Korea–US",
        "Stages over time, by the desk’s reading",
        "Statements and silence",
        "Milestones",
        "Ties between tracks",
    ]
    stage = next(e.words for e in page.all("tr") if "still holds" in e.words)
    assert stage.startswith("Security From 1 Oct 2025 Until still holds")


def test_tracks_that_changed_by_the_same_words_are_told_together(reader, shown):
    make.StatusChangeFactory(track=shown.tariffs, basis=shown.quoted)
    page = reader.read(f"/rok-us/{THEN}")
    said = f"On 1 October 2025 2 tracks changed by the same words of {shown.person.name_en}."
    (row,) = [e.words for e in page.all("tr") if said in e.words]
    assert row == f"What moved {said} Tracks Security, Tariffs"


def test_a_party_is_shown_by_its_own_readings_and_its_silence(reader, shown):
    make.StatementFactory(tracks=(shown.track,), said_on="2025-08-01")
    page = reader.read(f"/rok-us/{THEN}&party=US")
    assert "Stages over time, according to Washington" in page.words
    assert "Silent from 1 August 2025 to 14 October 2025: 74 days" in page.words
    assert page.all("rect", class_="band") == []
    seoul = reader.read(f"/rok-us/{THEN}&party=KR")
    assert "Seoul sees the main elements settled" in seoul.words
    assert len(seoul.all("rect", class_="band")) == 1


@pytest.mark.usefixtures("shown")
def test_a_period_is_chosen_by_links_and_by_a_form_that_keep_the_clocks(reader):
    page = reader.read(f"/rok-us/{THEN}&party=KR")
    links = {e.words: e.attributes["href"] for e in page.all("a")}
    assert links["Last 3 months"] == (
        "/rok-us/?known_on=2025-10-14&party=KR&since=2025-07-14&until=2025-10-14#over-time"
    )
    assert links["Busy stretch"].endswith("since=2025-09-27&until=2025-10-04#over-time")
    (form,) = page.all("form", class_="period-form")
    kept = {e.attributes["name"]: e.attributes.get("value") for e in page.within("form", "input")}
    assert form.attributes["method"] == "get"
    assert kept == {"known_on": "2025-10-14", "party": "KR", "since": "", "until": ""}
    near = reader.read(f"/rok-us/{THEN}&since=2025-09-29&until=2025-09-30")
    links = {e.words: e.attributes["href"] for e in near.all("a")}
    assert links["← Earlier"].endswith("since=2025-09-27&until=2025-09-28#over-time")
    assert links["Later →"].endswith("since=2025-10-01&until=2025-10-02#over-time")
    assert len(near.all("path", class_="tick")) - 1 == 1


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("since=2025-13-01", "since cannot be read: “2025-13-01” is not a date such as 2025-10-05"),
        ("since=2025-10-02&until=2025-10-01", "it is before since, 2025-10-02"),
        ("party=FR", "FR is not one of KR, US"),
    ],
)
@pytest.mark.parametrize("path", ["", "board.svg", "board.csv"])
def test_a_period_or_party_that_is_none_is_refused_in_words(reader, path, asked, why):
    assert why in reader.read(f"/rok-us/{path}?{asked}", status=400).words


@pytest.mark.usefixtures("shown")
def test_a_period_without_anything_says_so(reader):
    page = reader.read("/rok-us/?known_on=2025-10-14&since=2024-01-01&until=2024-02-01")
    assert page.all("rect", class_="band") == page.all("path", class_="tick")[1:] == []


@pytest.mark.usefixtures("shown")
def test_the_link_to_copy_is_for_ever(reader):
    page = reader.read(f"/rok-us/{THEN}&party=KR")
    (field,) = [e for e in page.all("input") if e.attributes.get("id") == "permanent"]
    assert field.attributes["value"].startswith(
        "http://testserver/rok-us/?on=2025-10-14&known_by=2025-10-14&as_of="
    )
    assert field.attributes["value"].endswith("&party=KR")
    assert [e.attributes.get("hidden") for e in page.all("button") if "data-copy" in e.attributes]


def test_a_lane_with_more_than_is_drawn_says_so(reader, shown, monkeypatch):
    monkeypatch.setattr(utterance_days, "MOST_STATEMENTS", 1)
    monkeypatch.setattr(utterance_days, "LEAST_A_LANE", 1)
    make.StatementFactory(tracks=(shown.track,), said_on="2025-10-05")
    page = reader.read(f"/rok-us/{THEN}")
    row = next(e.words for e in page.all("tr") if e.words.startswith("Security Statements"))
    assert "1 Those before 2 October 2025 are counted only in part." in row
    assert "on busy tracks only the newest" in page.words
    assert "5 October 2025: 1 statement" in page.words


def test_a_negotiation_without_tracks_is_kind(reader):
    make.NegotiationFactory(slug="empty-talks")
    page = reader.read("/empty-talks/")
    assert "No tracks yet" in page.words
    assert page.all("table") == []


def test_tracks_without_entries_have_no_picture(reader):
    track = make.TrackFactory()
    page = reader.read(f"/{track.negotiation.slug}/")
    assert "Nothing to draw yet" in page.words
    assert page.all("div", class_="lanes") == []


@pytest.mark.usefixtures("shown")
def test_the_reader_is_told_where_an_old_record_ends(reader):
    line = reader.read("/rok-us/?on=2025-12-20").all("p", class_="last-said")
    assert line == []
    today = reader.read("/rok-us/").one("p", class_="last-said")
    assert today.words.startswith("The last statement on this record is of 1 October 2025.")


def test_what_is_not_published_is_not_there(reader, shown):
    make.StatusChangeFactory(track=shown.tariffs, headline_en="A secret draft", published_at=None)
    assert "A secret draft" not in reader.get("/rok-us/").content.decode()


def test_markup_in_the_data_stays_text(reader, shown):
    make.StatusChangeFactory(
        track=shown.tariffs, headline_en="<script>alert(1)</script>", headline_ko="<b>굵게</b>"
    )
    page = reader.read(f"/rok-us/{THEN}")
    kinds = [e.attributes.get("type") for e in page.all("script")]
    assert kinds == ["application/ld+json", None, "module"]
    assert "<script>alert(1)</script>" in page.words


@pytest.mark.parametrize(
    ("prefix", "key", "note"),
    [
        ("", "only the newest", "Of the ties of this period only the newest are told."),
        ("/ko", "최근 것만", "이 기간의 연계 가운데 최근 것만 실었습니다."),
    ],
)
def test_ties_that_are_left_out_are_said_to_be(reader, shown, monkeypatch, prefix, key, note):
    page = reader.read(f"{prefix}/rok-us/{THEN}")
    assert (key in page.one("ul", class_="lanes-key").words, note in page.words) == (False, False)
    make.LinkageFactory(from_track=shown.tariffs, to_track=shown.track, basis=shown.quoted)
    monkeypatch.setattr(lanes, "MOST_LINKAGES", 1)
    page = reader.read(f"{prefix}/rok-us/{THEN}")
    assert (key in page.one("ul", class_="lanes-key").words, note in page.words) == (True, True)
    assert key in reader.get(f"{prefix}/rok-us/board.svg{THEN}").content.decode()
