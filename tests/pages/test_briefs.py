"""Briefs and handovers as pages and as paper."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.pages.scenes import scene
from tests.reading import ReadingClient

pytestmark = pytest.mark.django_db
THEN = "known_on=2025-10-14"
LANGUAGES = ("", "/ko")
LATER = make.PUBLISHED_AT + timedelta(days=1)
HOSTILE = '<b>"#panic("no") $x$ *b* \\ ‮ ' + "매우 긴 제목입니다 " * 23


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has: as many as objects that are one."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def large_record() -> None:
    """48 tracks with long names, all contested, with terms, ties, dates and news."""
    talks = make.NegotiationFactory(slug="talks", title_en=HOSTILE[:120], title_ko=HOSTILE[:120])
    voices = [make.PartyFactory(code=code) for code in ("KR", "US")]
    person = make.PersonFactory(slug="long", name_en=HOSTILE[:120], name_ko=HOSTILE[:120])
    office = make.OfficeFactory(title_en=HOSTILE[:120], title_ko=HOSTILE[:120], party=voices[0])
    publisher = make.PublisherFactory(name_en=HOSTILE[:120], name_ko=HOSTILE[:120])
    before = None
    for number in range(48):
        track = make.TrackFactory(
            negotiation=talks, slug=f"t{number}", headline=number < 12,
            title_en=f"{number} {HOSTILE}"[:120], title_ko=f"{number} {HOSTILE}"[:120],
        )  # fmt: skip
        told: dict[str, Any] = {"headline_en": HOSTILE[:190], "headline_ko": HOSTILE[:190]}
        for stage, party in zip(
            ("agreed_in_principle", "negotiating", "mooted"), (None, *voices), strict=True
        ):
            make.StatusChangeFactory(
                track=track, according_to=party, stage=stage, **told,
                basis=_said(track, person, office, publisher, voices),
            )  # fmt: skip
        term = make.TermFactory(track=track, name_en=HOSTILE[:120], name_ko=HOSTILE[:120])
        for party in voices:
            make.PositionFactory(
                term=term, according_to=party, amount=None, text_en=HOSTILE + party.code,
                text_ko=HOSTILE, basis=_said(track, person, office, publisher, voices),
            )  # fmt: skip
        make.MilestoneFactory(
            tracks=[track], title_en=HOSTILE[:120], title_ko=HOSTILE[:120],
            due_on=f"2025-{9 + number % 3:02d}-20",
        )  # fmt: skip
        if before is not None:
            make.LinkageFactory(from_track=before, to_track=track, kind="conditional_on")
        before = track


def _said(track: Any, person: Any, office: Any, publisher: Any, parties: Any) -> Any:
    source = make.SourceFactory(title=HOSTILE[:250], publisher=publisher)
    return make.StatementFactory(
        tracks=[track], speaker=person, office=office, source=source, parties=parties[:1],
        about=parties[1:], kind="demands", paraphrase_en=HOSTILE, paraphrase_ko=HOSTILE,
    )  # fmt: skip


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_a_brief_is_one_page_and_a_handover_two_whatever_the_record(reader, prefix):
    large_record()
    for page, most in (("brief", 1), ("handover", 2)):
        response = reader.get(f"{prefix}/talks/{page}.pdf?{THEN}")
        assert response.status_code == 200
        assert pages_of(response.content) <= most, page
        said = reader.read(f"{prefix}/talks/{page}/?{THEN}")
        assert said.mistakes == []
    brief = reader.read(f"{prefix}/talks/brief/?{THEN}")
    more = brief.all("p", class_="brief-more")[0].words
    assert ("원칙적 합의" if prefix else "Agreed in principle") in more
    named = {a.attributes["href"] for a in brief.within("section", "a")}
    assert len([href for href in named if f"{prefix}/talks/t" in href]) > 15


def ways_on(reader: Any, path: str) -> dict[str, str]:
    """Where the links below the parts of a page lead, by what they say."""
    found = reader.read(path).within("p", "a")
    told = {a.words: a.attributes["href"] for a in found if re.search("[0-9] more|더", a.words)}
    assert [href for href in told.values() if reader.get(href).status_code != 200] == []
    return told


def test_what_had_no_room_is_found_where_all_of_it_stands(reader):
    """Under the reader's clocks; on paper, and at its number, under those that it stands on."""
    large_record()
    number = make.enter(at=make.PUBLISHED_AT).number
    pinned = "on=2025-10-14&known_by=2025-10-14&as_of="
    for kind, last in (("brief", "compare/?from=2025-09-30&"), ("handover", "board")):
        now = ways_on(reader, f"/talks/{kind}/?{THEN}")
        rooms = [href.removeprefix("/talks/").removesuffix(THEN) for href in now.values()]
        assert {"?", "positions/?", "milestones/?", "linkages/?"} <= set(rooms)
        assert (last in rooms) == (kind == "brief")
        fixed = ways_on(reader, f"/talks/{kind}/{number}/?{THEN}")
        assert len(fixed) == len(now)
        paper = reader.get(f"/ko/talks/{kind}/{number}.pdf?{THEN}").content.decode("latin-1")
        for href in fixed.values():
            assert pinned in href
            assert f"(http://testserver/ko{href})" in paper


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


def test_the_page_at_its_number_tells_that_nothing_has_changed(reader):
    shown = scene()
    number = make.enter(tracks=[shown.track]).number

    page = reader.read(f"/rok-us/brief/{number}/")

    assert page.one("section", id="since").words.endswith(
        "Nothing has changed: it is still what the record says."
    )


def test_the_page_at_its_number_marks_the_endnotes_that_were_overtaken(reader):
    shown = scene()
    number = make.enter(tracks=[shown.track]).number
    make.StatementFactory(
        supersedes=shown.quoted, tracks=[shown.track], published_at=LATER,
        ledger_number=10_000 + number,
    )  # fmt: skip
    make.StatusChangeFactory(
        track=shown.track, stage="text_agreed", published_at=LATER,
        effective_on="2025-10-20", ledger_number=10_001 + number,
    )  # fmt: skip
    make.enter(tracks=[shown.track], at=LATER)

    page = reader.read(f"/rok-us/brief/{number}/?on=2025-10-14&known_by=2025-10-14")

    assert "since corrected" in page.one("li", id="note-1").words
    since = page.one("section", id="since").words
    assert "Security: Agreed in principle → Text agreed" in since
    assert "Endnote 1: since corrected. Reason given: A slip of the pen." in since
    # Paper says nothing of it: it is the same for ever.
    plain = reader.read("/rok-us/brief/?on=2025-10-14&known_by=2025-10-14&as_of=2025-10-14")
    assert plain.all("section", id="since") == []


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


def test_text_of_the_record_is_isolated_and_escaped(reader):
    large_record()
    body = reader.get(f"/talks/brief/?{THEN}").content.decode()

    assert "<b>" not in body.replace("<bdi>", "")
    assert "&lt;b&gt;" in body


def test_the_board_leads_to_the_brief_and_that_to_the_handover(reader):
    scene()
    board = [a.attributes["href"] for a in reader.read("/rok-us/").all("a")]
    page = [a.attributes["href"] for a in reader.read("/rok-us/brief/").all("a")]

    assert "/rok-us/brief/" in board
    assert {"/rok-us/handover/", "/rok-us/"} <= set(page)
