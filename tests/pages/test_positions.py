"""Who says what: the matrix of terms and parties."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories as make
from tests.pages.scenes import Scene
from tests.pages.test_terms import cells, says

pytestmark = pytest.mark.django_db
PATH = "/rok-us/positions/?known_on=2025-10-14"


def test_every_term_stands_under_its_track(reader: Any, shown: Scene) -> None:
    says(shown, "US", 10, "2025-10-02")
    page = reader.read(PATH)
    columns = [e.words for e in page.all("th", scope="col")]
    assert columns == ["Term", "Do they agree?", "Seoul", "Washington"]
    assert [e.words for e in page.all("th", scope="rowgroup")] == ["Security"]
    (term,) = page.all("th", scope="row")
    assert term.words == "Defence budget growth over time: Defence budget growth"
    assert [words.partition(" How far to trust it:")[0] for words in cells(page)] == [
        "Do they agree? Apart for 12 days, since 2 Oct 2025",
        "Seoul 8.2 % Announced since 1 Oct 2025 Cho Hyun, The Paper",
        "Washington 10 % Announced since 2 Oct 2025 Cho Hyun, The Paper",
    ]
    assert [e.words for e in page.within("ul", "li") if e.words.startswith("Apart")] == ["Apart 1"]
    assert len(page.all("tr", class_="differs")) == 1


def test_terms_that_do_not_differ_can_be_left_out(reader: Any, shown: Scene) -> None:
    nothing = reader.read(f"{PATH}&differing=true")
    assert "do the parties differ" in nothing.words
    assert nothing.all("table") == []
    says(shown, "US", 10, "2025-10-02")
    assert len(cells(reader.read(f"{PATH}&differing=true"))) == 3


def test_one_track_can_be_chosen(reader: Any, shown: Scene) -> None:
    rate = make.TermFactory(track=shown.tariffs, slug="rate", name_en="Rate")
    make.PositionFactory(term=rate, according_to=make.PartyFactory(code="US"))
    everything = reader.read(PATH)
    one = reader.read(f"{PATH}&track=tariffs")
    groups = [[e.words for e in page.all("th", scope="rowgroup")] for page in (everything, one)]
    assert groups == [["Security", "Tariffs"], ["Tariffs"]]
    assert [e.words for e in one.all("a", aria_current="true")] == ["All terms", "Tariffs"]


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("query", ["differing=1", "differing=yes", "track=nowhere"])
def test_other_values_are_refused(reader: Any, query: str) -> None:
    assert reader.get(f"/rok-us/positions/?{query}").status_code == 400


def test_whoever_else_has_spoken_has_a_column(reader: Any, shown: Scene) -> None:
    says(shown, "JP", 2, "2025-10-02")
    columns = [e.words for e in reader.read(PATH).all("th", scope="col")]
    assert columns == ["Term", "Do they agree?", "Seoul", "Washington", "Capital JP"]


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_before_anything_was_known_it_says_so(reader: Any, prefix: str) -> None:
    page = reader.read(f"{prefix}/rok-us/positions/?known_on=2025-01-05")
    title = page.one("p", class_="empty-title").words
    assert title == ("아직 입장이 없습니다" if prefix else "No positions yet")
    assert page.all("table") == []


def test_hostile_names_stay_words(reader: Any, shown: Scene) -> None:
    term = make.TermFactory(track=shown.track, name_en="<b>x", name_ko="<i>")
    make.PositionFactory(
        term=term,
        according_to=make.PartyFactory(code="KR"),
        amount=None,
        text_en='"><script>alert(1)</script>',
    )
    for path in (PATH, "/rok-us/figures/?known_on=2025-10-14"):
        body = reader.get(path).content.decode()
        assert "<script" not in body
        assert "<b>x" not in body


def test_drafts_and_what_was_retracted_are_not_there(reader: Any, shown: Scene) -> None:
    says(shown, "US", 10, "2025-10-02", published_at=None)
    wrong = says(shown, "US", 11, "2025-10-02")
    says(shown, "US", 11, "2025-10-02", supersedes=wrong, withdrawn=True)
    assert cells(reader.read(PATH))[2] == "Washington Nothing stated"
