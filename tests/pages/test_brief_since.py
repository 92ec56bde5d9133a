"""What has changed since a brief or a handover was made, on its page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import factories as make
from tests.pages.scenes import scene

pytestmark = pytest.mark.django_db
LATER = make.PUBLISHED_AT + timedelta(days=1)


def test_the_page_at_its_number_tells_that_nothing_has_changed(reader):
    shown = scene()
    # Else its day has passed by now.
    make.MilestoneFactory(slug="announcement", tracks=[shown.track], basis=shown.quoted,
                          outcome="met", effective_on="2025-10-10")  # fmt: skip
    number = make.enter(tracks=[shown.track]).number

    page = reader.read(f"/rok-us/brief/{number}/")

    assert page.one("section", id="since").words == (
        f"Since this was made (№ {number}, 14 October 2025, 12:00 Seoul) "
        "Nothing has changed: every track, term, date, tie and account stands where it stood, and "
        "nothing told here was corrected."
    )


def test_what_stands_elsewhere_is_told_in_words_that_lead_to_it_as_of_today(reader):
    shown = scene()
    on = {"effective_on": "2025-10-20", "known_on": "2025-10-20"}
    us, basis = make.PartyFactory(code="US"), shown.quoted
    make.StatusChangeFactory(track=shown.track, stage="text_agreed", basis=basis, **on)
    make.StatusChangeFactory(
        track=shown.track, stage="agreed_in_principle", basis=basis, according_to=us, **on
    )
    make.PositionFactory(term=shown.term, basis=basis, **on)
    make.MilestoneFactory(
        slug="announcement", tracks=[shown.track], due_on="2025-11-13", basis=basis, **on
    )
    make.LinkageFactory(
        from_track=shown.tariffs, to_track=shown.track, basis=basis, according_to=us, **on
    )
    make.StatementFactory(tracks=[shown.track], said_on="2025-10-20")
    number = make.enter(tracks=[shown.track]).number

    for kind in ("brief", "handover"):
        path = f"/rok-us/{kind}/{number}/?on=2025-10-14&known_by=2025-10-14"
        page = reader.read(path)
        assert page.one("section", id="since").words.endswith(
            "Statements have been made, or become public, of which it could not tell."
            " Security: Agreed in principle → Text agreed · One-sided → Concordant"
            " · Washington: not on record → Agreed in principle"
            " Defence budget growth (Security): another position of Washington"
            " Announcement before APEC: 31 Oct 2025 → 13 Nov 2025"
            " (day passed, no outcome recorded)"
            " Security – Tariffs: another word on how they are tied"
            " The newest one"
        )
        links = {a.attributes["href"] for a in page.all("a")}
        assert links >= {
            "/rok-us/security/",
            "/rok-us/positions/#security--defence-budget",
            "/rok-us/milestones/#announcement",
            "/rok-us/linkages/",
            f"/rok-us/{kind}/",
        }


def test_a_korean_page_leads_to_korean_pages_of_today(reader):
    shown = scene()
    number = make.enter(tracks=[shown.track]).number
    later = make.StatementFactory(supersedes=shown.quoted, tracks=[shown.track],
                                  published_at=LATER, ledger_number=10_000 + number)  # fmt: skip
    make.enter(tracks=[shown.track], at=LATER)

    page = reader.read(f"/ko/rok-us/handover/{number}/?on=2025-10-14&known_by=2025-10-14")

    hrefs = [a.attributes["href"] for a in page.within("section", "a")]
    begin = hrefs.index("/ko/changes/?negotiation=rok-us")
    shown_there = [href for href in hrefs[begin:] if href.startswith("/ko/")]
    assert f"/ko/statements/{later.pk}/" in shown_there
    end = shown_there.index("/ko/rok-us/handover/")
    assert shown_there[end : end + 2] == ["/ko/rok-us/handover/", "/ko/corrections/"]


def test_a_track_that_is_only_named_is_marked_where_its_reading_was_corrected(reader):
    talks = make.NegotiationFactory(slug="talks")
    rows = [make.StatusChangeFactory(track=make.TrackFactory(negotiation=talks)) for _ in range(40)]
    number = make.enter(tracks=[rows[0].track]).number
    for row in rows:
        make.StatusChangeFactory(
            track=row.track, stage="mooted", supersedes=row, published_at=LATER,
            ledger_number=10_000 + number + row.pk,
        )  # fmt: skip
    make.enter(tracks=[rows[0].track], at=LATER)

    page = reader.read(f"/talks/brief/{number}/")

    named = page.all("p", class_="brief-more")[0].words
    assert named.count("Negotiating since corrected") == named.count("Negotiating") > 9


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
    links = {a.words: a.attributes["href"] for a in page.all("a")}
    assert links["1 act on the record of this negotiation"] == "/changes/?negotiation=rok-us"
    assert page.one("section", id="since").words == (
        f"Since this was made (№ {number}, 14 October 2025, 12:00 Seoul)"
        " 1 act on the record of this negotiation."
        " Security: Agreed in principle → Text agreed"
        " Announcement before APEC: 31 Oct 2025 (day passed, no outcome recorded)"
        " Endnote 1: since corrected. Reason given: A slip of the pen."
        f" № {10_000 + number} The newest one · All corrections"
    )
    # Paper says nothing of it: it is the same for ever.
    plain = reader.read("/rok-us/brief/?on=2025-10-14&known_by=2025-10-14&as_of=2025-10-14")
    assert plain.all("section", id="since") == []
