"""Briefs and handovers of a record of which no paper has room for all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests import factories as make
from tests.api.conftest import staying_connected
from tests.pages.paper import pages_of
from tests.standing import undone

pytestmark = pytest.mark.django_db
THEN = "known_on=2025-10-14"
LANGUAGES = ("", "/ko")
HOSTILE = '<b>"#panic("no") $x$ *b* \\ ‮ ' + "매우 긴 제목입니다 " * 23


def make_large_record(size: int) -> None:
    """So many tracks with long names, all contested, with terms, ties, dates and news."""
    talks = make.NegotiationFactory(slug="talks", title_en=HOSTILE[:120], title_ko=HOSTILE[:120])
    voices = [make.PartyFactory(code=code) for code in ("KR", "US")]
    person = make.PersonFactory(slug="long", name_en=HOSTILE[:120], name_ko=HOSTILE[:120])
    office = make.OfficeFactory(title_en=HOSTILE[:120], title_ko=HOSTILE[:120], party=voices[0])
    publisher = make.PublisherFactory(name_en=HOSTILE[:120], name_ko=HOSTILE[:120])
    before = None
    for number in range(size):
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


# With fewer, all tracks have room in a handover; twice as many are no other case, but as slow.
@pytest.fixture(scope="module", params=[28, pytest.param(56, marks=pytest.mark.drill)])
def number(
    request: Any,
    django_db_setup: None,  # noqa: ARG001
    django_db_blocker: Any,
) -> Iterator[int]:
    """The number in the ledger at which the large record stands."""
    with staying_connected(), undone(django_db_blocker):
        make_large_record(request.param)
        yield make.enter(at=make.PUBLISHED_AT).number


@pytest.mark.usefixtures("number")
@pytest.mark.parametrize("prefix", LANGUAGES)
def test_a_brief_is_one_page_and_a_handover_two_whatever_the_record(reader, prefix):
    for page, most in (("brief", 1), ("handover", 2)):
        response = reader.get(f"{prefix}/talks/{page}.pdf?{THEN}")
        assert response.status_code == 200
        assert pages_of(response.content) <= most, page
        said = reader.read(f"{prefix}/talks/{page}/?{THEN}")
        assert said.mistakes == []
        if page == "brief":
            brief = said
    more = brief.all("p", class_="brief-more")[0].words
    assert ("원칙적 합의" if prefix else "Agreed in principle") in more
    named = {a.attributes["href"] for a in brief.within("section", "a")}
    assert len([href for href in named if f"{prefix}/talks/t" in href]) > 15


def ways_on(reader: Any, path: str) -> dict[str, str]:
    """Where the links below the parts of a page lead, by what they say."""
    found = reader.read(path).within("p", "a")
    return {a.words: a.attributes["href"] for a in found if re.search("[0-9] more|더", a.words)}


def test_what_had_no_room_is_found_where_all_of_it_stands(reader, number):
    """Under the reader's clocks; on paper, and at its number, under those that it stands on."""
    pinned = "on=2025-10-14&known_by=2025-10-14&as_of="
    led_to = set()
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
        led_to |= {*now.values(), *fixed.values()}
    # Both lead to the same rooms, which need be asked once.
    assert [href for href in led_to if reader.get(href).status_code != 200] == []


def test_tracks_that_are_only_named_lead_to_their_pages_on_paper_as_well(reader, number):
    links = reader.read(f"/talks/brief/{number}/?{THEN}").within("p", "a")
    named = [a.attributes["href"] for a in links if a.attributes["href"].startswith("/talks/t")]
    assert len(named) > 12
    paper = reader.get(f"/ko/talks/brief/{number}.pdf?{THEN}").content.decode("latin-1")
    assert [href for href in named if f"(http://testserver/ko{href})" not in paper] == []


@pytest.mark.usefixtures("number")
def test_text_of_the_record_is_isolated_and_escaped(reader):
    body = reader.get(f"/talks/brief/?{THEN}").content.decode()

    assert "<b>" not in body.replace("<bdi>", "")
    assert "&lt;b&gt;" in body
