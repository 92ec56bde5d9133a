"""Briefs and handovers as pages and as paper."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests import factories as make
from tests.pages.paper import pages_of
from tests.pages.scenes import scene
from tests.reading import ReadingClient

pytestmark = pytest.mark.django_db
THEN = "known_on=2025-10-14"
LANGUAGES = ("", "/ko")
# 20:00 in Seoul, when the next day has begun further east.
EVENING = datetime(2025, 10, 14, 11, tzinfo=UTC)
LATER = make.PUBLISHED_AT + timedelta(days=1)


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize("page", ["brief", "handover"])
def test_a_small_record_fits_as_well(reader, page, prefix):
    scene()
    make.NegotiationFactory(slug="empty")
    for slug in ("rok-us", "empty"):
        response = reader.get(f"{prefix}/{slug}/{page}.pdf?{THEN}")
        assert pages_of(response.content) == 1
        assert response.headers["Content-Type"] == "application/pdf"
        language = "ko" if prefix else "en"
        name = f"{slug}-{page}-2025-10-14-{language}.pdf"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_paper_is_the_same_bytes_at_its_number_and_not_made_again(reader):
    shown = scene()
    number = make.enter(tracks=[shown.track]).number
    path = f"/rok-us/brief/{number}.pdf?on=2025-10-14&known_by=2025-10-14"
    first, again = reader.get(path), reader.get(path)
    kept = reader.get(path, **{"If-None-Match": first.headers["ETag"]})

    assert first.content == again.content
    assert first.headers["Content-Disposition"].endswith(f'"rok-us-brief-{number}-en.pdf"')
    assert (kept.status_code, kept.content) == (304, b"")
    make.enter(tracks=[shown.track], at=LATER)
    assert reader.get(path).content == first.content


def test_the_digest_printed_is_that_of_the_twin_at_the_permanent_link(reader):
    shown = scene()
    make.enter(tracks=[shown.track])
    page = reader.read(f"/rok-us/brief/?{THEN}")
    digest, command = (code.words for code in page.all("code"))
    address = re.search(r"'http://testserver(/api/[^']+)'", command)[1]

    assert hashlib.sha256(ReadingClient().get(address).content).hexdigest() == digest
    (link,) = page.all("a", class_="address")
    assert reader.read(link.attributes["href"]).all("code")[0].words == digest


@pytest.mark.parametrize(
    ("asked", "day"), [("", "14"), ("?on=2025-10-13", "14"), ("?known_by=2025-10-15", "15")]
)
def test_in_the_evening_paper_is_stamped_with_today_unless_another_day_was_asked(
    reader, asked, day
):
    shown = scene()
    make.enter(tracks=[shown.track])
    with time_machine.travel(EVENING, tick=False):
        told = reader.read(f"/rok-us/brief/{asked}")
        board = reader.read(f"/rok-us/{asked}").one("p", class_="printed-from").words
        twin = ReadingClient().get(f"/api/v1/negotiations/rok-us/brief/{asked}")

        assert f"by what was public by {day} October 2025" in told.one("p", class_="lead").words
        assert f"public by {day} October 2025" in told.words.partition("Clocks")[2]
        assert f"by what was public by {day} October 2025" in board
        assert twin.json()["known_by"] == f"2025-10-{day}"
        assert hashlib.sha256(twin.content).hexdigest() == told.all("code")[0].words
        (link,) = told.all("a", class_="address")
        assert link.attributes["href"].endswith(f"&known_by=2025-10-{day}")


def test_a_kept_page_is_not_told_again_when_the_day_of_the_desk_turns():
    shown = scene()
    make.enter(tracks=[shown.track])
    paths = ("/rok-us/brief/?on=2025-10-13", "/api/v1/negotiations/rok-us/brief/?on=2025-10-13")
    with time_machine.travel(EVENING, tick=False):
        before = [ReadingClient().get(path).headers["ETag"] for path in paths]
    with time_machine.travel(EVENING + timedelta(hours=5), tick=False):
        after = [ReadingClient().get(path).headers["ETag"] for path in paths]

    assert not {*before} & {*after}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/rok-us/brief/99999/", 404),
        ("/rok-us/brief/99999999999999999999999/", 404),
        ("/rok-us/brief/99999.pdf", 404),
        ("/nowhere/brief.pdf", 404),
        ("/rok-us/brief/1/?as_of=2025-10-14", 400),
        ("/rok-us/brief.pdf?colour=red", 400),
        ("/rok-us/handover.pdf?known_by=2999-01-01", 400),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(reader, path, status):
    shown = scene()
    make.enter(tracks=[shown.track])

    page = reader.read(path, status=status)

    assert page.one("p", class_="lead").words


def test_each_language_has_the_words_in_it_first_then_the_original(reader):
    shown = scene()
    snapshot = make.SnapshotFactory(text="지연되고 있다.")
    korean = make.StatementFactory(
        tracks=[shown.track], source=snapshot.source, snapshot=snapshot, suffix=".", start=0, end=7,
        quotation="지연되고 있다", prefix="", language="ko", paraphrase_en="It is late.",
        paraphrase_ko="지연되고 있다는 취지다.", place_en="Audit", place_ko="국정감사",
    )  # fmt: skip
    make.StatusChangeFactory(track=shown.tariffs, basis=korean)
    notes = {
        prefix: [li.words for li in reader.read(f"{prefix}/rok-us/brief/?{THEN}").all("li")
                 if str(li.attributes.get("id")).startswith("note-")]
        for prefix in LANGUAGES
    }  # fmt: skip

    (english,) = [note for note in notes[""] if "It is late." in note]
    assert "(Audit): It is late. paraphrase" in english
    assert english.index("It is late.") < english.index("지연되고 있다")
    (own,) = [note for note in notes["/ko"] if "지연되고" in note]
    assert "(국정감사): 지연되고 있다" in own
    assert "취지다" not in own
    (foreign,) = [note for note in notes["/ko"] if "not optimistic" in note]
    assert foreign.index("요약") < foreign.index("not optimistic")


def test_a_zone_is_named_where_a_time_of_day_is_and_a_place_where_one_is_on_record(reader):
    shown = scene()
    for said_on in ("2025-10-02", "2025-10-03T09:30:00+09:00"):
        said = make.StatementFactory(
            tracks=[shown.track], said_on=said_on, said_lower=said_on[:10], said_upper=said_on[:10]
        )
        make.StatusChangeFactory(track=make.TrackFactory(
            negotiation=shown.negotiation, headline=True), basis=said)  # fmt: skip
    page = reader.read(f"/rok-us/brief/?{THEN}").one("main").words

    assert "3 Oct 2025 09:30, Seoul time" in page
    assert "(Seoul)" not in page.partition("Endnotes")[2].partition("What this stands on")[0]
    korean = reader.read(f"/ko/rok-us/brief/?{THEN}").one("main").words
    assert "2025. 10. 3. 09:30(서울 시각)" in korean


def test_a_slip_is_told_in_words_beside_its_date(reader):
    shown = scene()
    for number, due in enumerate(("2025-10-20", "2025-11-13")):
        make.MilestoneFactory(
            tracks=[shown.track], negotiation=shown.negotiation, slug="deadline", due_on=due,
            effective_on=f"2025-08-0{number + 1}",
        )  # fmt: skip
    dates = reader.read(f"/rok-us/brief/?{THEN}").one("section", aria_labelledby="dates")

    assert "Moved once: 24 days later" in dates.words


@pytest.mark.parametrize(
    ("on", "words"),
    [("2025-10-14", "Nothing else."), ("2026-03-01", "Nothing. The last statement on record")],
)
def test_nothing_new_is_said_as_what_it_is(reader, on, words):
    scene()
    news = reader.read(f"/rok-us/brief/?known_on={on}").one("section", aria_labelledby="news")

    assert words in news.words


def test_a_source_that_was_cited_before_is_named_by_its_endnote(reader):
    shown = scene()
    again = make.StatementFactory(tracks=[shown.tariffs], source=shown.quoted.source)
    make.StatusChangeFactory(track=shown.tariffs, basis=again)
    page = reader.read(f"/rok-us/brief/?{THEN}")
    notes = [li.words for li in page.all("li") if "note-" in str(li.attributes.get("id"))]

    title = shown.quoted.source.title
    assert [title in note for note in notes].count(True) == 1
    assert any("source as in 1" in note for note in notes)


def test_the_board_leads_to_the_brief_and_that_to_the_handover(reader):
    scene()
    board = [a.attributes["href"] for a in reader.read("/rok-us/").all("a")]
    page = [a.attributes["href"] for a in reader.read("/rok-us/brief/").all("a")]

    assert "/rok-us/brief/" in board
    assert {"/rok-us/handover/", "/rok-us/"} <= set(page)
