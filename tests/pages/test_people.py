"""A person: names, offices, and what they said."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests import factories as make
from tests.pages.parts import section
from tests.pages.scenes import Scene

pytestmark = pytest.mark.django_db
PATH = "/people/cho-hyun/?known_on=2025-10-14"


def test_names_and_offices(reader: Any, shown: Scene) -> None:
    shown.person.aliases = ["Jo Hyun", "趙顯"]
    shown.person.save()
    page = reader.read(PATH)
    assert page.one("h1").words == "Cho Hyun 조현"
    assert page.one("span", class_="other-name").attributes["lang"] == "ko"
    assert "Also written: Jo Hyun, 趙顯" in page.words
    assert section(page, "offices") == "Offices Foreign minister from 19 July 2025"
    korean = reader.read(f"/ko{PATH}")
    assert korean.one("h1").words == "조현 Cho Hyun"
    assert section(korean, "offices") == "직책 외교부 장관 2025년 7월 19일부터"


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"held_from": "", "held_to": ""}, "Offices Foreign minister"),
        (
            {"held_from": "", "held_to": "2025-07"},
            "Offices Foreign minister until July 2025",
        ),
        (
            {"held_from": "2024", "held_to": "2025"},
            "Offices Foreign minister 2024 – 2025",
        ),
    ],
)
def test_an_open_bound_is_not_made_up(reader: Any, held: dict[str, str], words: str) -> None:
    tenure = make.TenureFactory(**held)
    assert section(reader.read(f"/people/{tenure.person.slug}/"), "offices") == words


@pytest.mark.usefixtures("shown")
def test_statements_newest_first_with_their_tracks(reader: Any) -> None:
    page = reader.read(PATH)
    heads = [e.words for e in page.all("p", class_="quotes-tracks")]
    assert heads == ["Security · Reports"] * 2
    dates = [e.words for e in page.all("span", class_="quote-date")]
    assert dates == ["1 October 2025 (Seoul)", "30 September 2025 (Seoul)"]


@pytest.mark.usefixtures("shown")
def test_the_clocks_hold(reader: Any) -> None:
    page = reader.read("/people/cho-hyun/?known_on=2025-09-01")
    assert "No statement by this person was on record by the day you ask about." in page.words


def test_statements_are_paged(reader: Any, shown: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("negotiations.pages.people.PAGE_LENGTH", 1)
    (older,) = reader.read(PATH).all("a", rel="next")
    second = reader.read(older.attributes["href"])
    assert shown.paraphrased.paraphrase_en in second.words
    assert second.all("a", rel="next") == []


def test_a_person_without_offices(reader: Any) -> None:
    person = make.PersonFactory(name_ko="Cho Hyun")
    page = reader.read(f"/people/{person.slug}/")
    assert page.one("h1").words == "Cho Hyun"
    assert "No office is on record." in page.words


def test_as_many_queries_for_three_statements_as_for_one(reader: Any, query_count: Any) -> None:
    person = make.PersonFactory()

    asked = partial(query_count, lambda: reader.read(f"/people/{person.slug}/"))

    make.StatementFactory(
        speaker=person, tracks=(make.TrackFactory(),), parties=[make.PartyFactory()]
    )
    once = asked()
    for _ in range(2):
        make.StatementFactory(speaker=person, tracks=(make.TrackFactory(),))
        make.TenureFactory(person=person, office=make.OfficeFactory())
    assert asked() == once
