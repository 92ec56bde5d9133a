"""The front page."""

from __future__ import annotations

import pytest

from tests import factories as make
from tests.pages.scenes import scene
from tests.pages.test_boards import THEN, row_of

pytestmark = pytest.mark.django_db


def test_an_empty_record_is_kind(reader):
    page = reader.read("/")
    assert "No negotiation on record yet" in page.words
    assert page.one("h1").words == "What was said, by whom, and what was known when"


def test_an_empty_record_is_kind_in_korean(reader):
    assert "아직 기록된 협상이 없습니다" in reader.read("/ko/").words


def test_the_only_negotiation_shows_its_whole_board(reader):
    scene()
    page = reader.read(f"/{THEN}")
    assert "One-sided" in row_of(page, "Security")
    assert "not on record" in row_of(page, "Tariffs")


def test_several_negotiations_show_their_headline_tracks(reader):
    shown = scene()
    make.TrackFactory(negotiation=shown.negotiation, title_en="Swap", headline=True)
    make.NegotiationFactory(slug="other", title_en="Other talks")
    page = reader.read(f"/{THEN}")
    assert {e.words for e in page.all("h2")} == {"Korea–US", "Other talks"}
    assert row_of(page, "Swap")
    assert not [e for e in page.all("tr") if e.words.startswith("Tariffs")]


def test_the_front_page_leads_to_the_board_with_the_clocks(reader):
    scene()
    page = reader.read(f"/{THEN}")
    assert f"/rok-us/{THEN}" in [a.attributes["href"] for a in page.all("a")]


def test_many_negotiations_are_paged(reader):
    for number in range(8):
        make.NegotiationFactory(slug=f"n-{number}")
    first = reader.read("/")
    following = first.one("a", rel="next").attributes["href"]
    second = reader.read(following)
    titles = [e.words for page in (first, second) for e in page.all("h2")]
    assert len(titles) == len(set(titles)) == 8


def test_a_foreign_cursor_is_refused(reader):
    reader.read("/?cursor=nonsense", status=400)
