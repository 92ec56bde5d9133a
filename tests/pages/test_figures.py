"""Figures over time: charts with a link a step, tables, words, CSV and pictures."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from tests import factories as make
from tests.pages.scenes import Scene
from tests.pages.test_terms import says

pytestmark = pytest.mark.django_db
THEN = "?known_on=2025-10-14"
PATH = f"/rok-us/figures/{THEN}"
PICTURE = f"/rok-us/figures/security/defence-budget.svg{THEN}"


def steps(page: Any) -> list[str]:
    """What the steps of the charts say to who cannot see them."""
    return [e.attributes["aria-label"] for e in page.all("a") if "aria-label" in e.attributes]


def test_every_step_leads_to_its_statement(reader: Any, shown: Scene) -> None:
    later = says(shown, "US", 10, "2025-10-02", standing="threatened")
    page = reader.read(PATH)
    assert steps(page) == [
        "8.2 %, Announced, Seoul, 1 October 2025, Cho Hyun, The Paper",
        "10 %, Threatened, Washington, 2 October 2025, Cho Hyun, The Paper",
    ]
    hrefs = [e.attributes["href"] for e in page.all("a") if "aria-label" in e.attributes]
    assert hrefs[1] == f"/statements/{later.basis_id}/{THEN}"
    assert "apart" in [e.words for e in page.all("text")]


@pytest.mark.usefixtures("shown")
def test_the_same_follows_as_a_table(reader: Any) -> None:
    page = reader.read(PATH)
    told = [e.words.partition(" How far to trust it:") for e in page.all("td")]
    assert told[-1][2].startswith(" Paraphrase 1 independent witness Press –2")
    assert [words for words, _, _ in told] == [
        "Figure 8.2 %",
        "Standing Announced",
        "From 1 Oct 2025",
        "Until still holds",
        "Statement Cho Hyun, The Paper",
    ]


def test_what_is_said_in_words_is_told_in_order(reader: Any, shown: Scene) -> None:
    term = make.TermFactory(track=shown.track, slug="nature", name_en="Nature", unit="none")
    for party, words, day in (("US", "upfront", "09"), ("KR", "guarantee", "05")):
        make.PositionFactory(
            term=term,
            according_to=make.PartyFactory(code=party),
            amount=None,
            text_en=words,
            effective_on=f"2025-10-{day}",
        )
    page = reader.read(PATH)
    told = [e.words for e in page.within("ol", "li") if "2025" in e.words]
    assert [words.split(" Announced")[0] for words in told] == [
        "5 Oct 2025 Seoul guarantee",
        "9 Oct 2025 Washington upfront",
    ]


@pytest.mark.usefixtures("shown")
def test_before_anything_was_known_there_is_nothing_to_draw(reader: Any) -> None:
    page = reader.read("/rok-us/figures/?known_on=2025-01-05")
    assert page.one("p", class_="empty-title").words == "No positions yet"


def test_a_step_comes_when_it_is_known(reader: Any, shown: Scene) -> None:
    """The car tariff: announced on 3 December, in force from 1 November."""
    term = make.TermFactory(track=shown.tariffs, slug="cars")
    law = {"term": term, "according_to": make.PartyFactory(code="US"), "standing": "in_force"}
    make.PositionFactory(amount=25, effective_on="2025-07-31", **law)
    known = {"known_on": date(2025, 12, 3), "published_at": datetime(2025, 12, 3, tzinfo=UTC)}
    make.PositionFactory(amount=15, effective_on="2025-11-01", **law, **known)
    told = [
        [s.split(",")[0] for s in steps(reader.read(f"/rok-us/figures/?known_on={day}"))][1:]
        for day in ("2025-11-15", "2025-12-10")
    ]
    assert told == [["25 %"], ["25 %", "15 %"]]


def rows(reader: Any, query: str = THEN) -> list[dict[str, str]]:
    """The CSV file, read."""
    body = reader.get(f"/rok-us/figures.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def test_the_figures_as_a_table_to_take_away(reader: Any, shown: Scene) -> None:
    response = reader.get(f"/rok-us/figures.csv{THEN}")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="rok-us-figures.csv"'
    (row,) = rows(reader)
    told = {name: row[name] for name in ("track", "term", "party", "legal", "amount", "since")}
    assert told == {
        "track": "security",
        "term": "defence-budget",
        "party": "KR",
        "legal": "false",
        "amount": "8.200000",
        "since": "2025-10-01",
    }
    assert row["statement"] == f"http://testserver/statements/{shown.paraphrased.pk}/"


def test_what_a_spreadsheet_would_run_is_text(reader: Any, shown: Scene) -> None:
    term = make.TermFactory(track=shown.tariffs, name_en="=1+1", name_ko="＝１")
    make.PositionFactory(term=term, according_to=make.PartyFactory(code="KR"))
    assert [rows(reader)[1][name] for name in ("name_en", "name_ko")] == ["'=1+1", "'＝１"]


@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_a_picture_stands_alone(reader: Any, shown: Scene, prefix: str) -> None:
    says(shown, "US", 10, "2025-10-02")
    response = reader.get(prefix + PICTURE)
    assert response.headers["Content-Type"] == "image/svg+xml"
    tree = ElementTree.fromstring(response.content)
    name = "{http://www.w3.org/2000/svg}"
    assert tree.tag == f"{name}svg"
    assert tree.get("lang") == ("ko" if prefix else "en")
    # Nothing of it hangs on a style sheet, and every link says where it leads.
    assert not {"class", "style"} & {name for e in tree.iter() for name in e.attrib}
    links = [a.get("href") for a in tree.iter(f"{name}a")]
    assert len(links) == 3
    assert all(link.startswith(f"http://testserver{prefix}/") for link in links)
    assert all("on=2025-10-14&known_by=2025-10-14&as_of=" in link for link in links)
    held = {e.get("id") for e in tree.iter()}
    assert {e.get("href") for e in tree.iter(f"{name}use")} <= {f"#{one}" for one in held}


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("path", ["security/nothing", "nowhere/defence-budget", "tariffs/rate"])
def test_a_picture_that_is_not_there(reader: Any, path: str) -> None:
    assert reader.get(f"/rok-us/figures/{path}.svg").status_code == 404


def test_a_picture_holds_only_what_xml_can(reader: Any, shown: Scene) -> None:
    rate = make.TermFactory(track=shown.tariffs, slug="rate", name_en="a\x0bb & <c>")
    make.PositionFactory(term=rate, according_to=make.PartyFactory(code="KR"))
    picture = reader.get(f"/rok-us/figures/tariffs/rate.svg{THEN}").content
    title = ElementTree.fromstring(picture).find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == "ab & <c>: Tariffs"


def test_one_track_can_be_chosen(reader: Any, shown: Scene) -> None:
    rate = make.TermFactory(track=shown.tariffs, slug="rate")
    make.PositionFactory(term=rate, according_to=make.PartyFactory(code="US"))
    page = reader.read(f"{PATH}&track=tariffs")
    assert [e.words for e in page.all("h2")] == ["Tariffs"]
    assert len(rows(reader, f"{THEN}&track=tariffs")) == 1


def axis(page: Any) -> list[tuple[str, str]]:
    """The words along the axis of time, and where they stand."""
    ticks = [text for text in page.all("text") if text.attributes.get("dy") == "17"]
    return [(text.attributes["x"], text.words) for text in ticks]


@pytest.mark.parametrize("narrowing", ["", "&track=security"])
def test_what_is_taken_away_is_what_was_seen(reader: Any, shown: Scene, narrowing: str) -> None:
    """Another track's figures begin years before, and draw its axis of time out."""
    rate = make.TermFactory(track=shown.tariffs, slug="rate")
    us = make.PartyFactory(code="US")
    make.PositionFactory(term=rate, according_to=us, effective_on="2023-01-01")
    page = reader.read(f"{PATH}{narrowing}")
    hrefs = [a.attributes["href"] for a in page.all("a")]
    (picture,) = [href for href in hrefs if "defence-budget.svg" in href]
    assert picture == f"{PICTURE}{narrowing}"
    (table,) = [href for href in hrefs if ".csv" in href]
    assert table == f"/rok-us/figures.csv{THEN}{narrowing}"
    taken = reader.read(picture)
    assert axis(taken) == axis(page)[: len(axis(taken))] != []
    assert len(axis(page)) == len(axis(taken)) * (1 if narrowing else 2)
    back = taken.all("a")[-1].attributes["href"]
    assert back.startswith("http://testserver/rok-us/figures/?on=2025-10-14&")
    assert back.endswith(narrowing or "Z")


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(("track", "status"), [("tariffs", 404), ("nowhere", 400)])
def test_a_picture_among_others_charts_is_refused(reader: Any, track: str, status: int) -> None:
    assert reader.get(f"{PICTURE}&track={track}").status_code == status


def test_a_party_that_speaks_alone_looks_as_it_does_beside_others(
    reader: Any, shown: Scene
) -> None:
    says(shown, "US", 10, "2025-10-02")
    rate = make.TermFactory(track=shown.tariffs, slug="rate")
    make.PositionFactory(term=rate, according_to=make.PartyFactory(code="US"))
    page = reader.read(PATH)
    drawn = [e.attributes for e in page.all("g") if "fig-line-1" in e.attributes.get("class", "")]
    assert [one["stroke-dasharray"] for one in drawn] == ["9 4"] * 3, "two lines and the key"
    assert [li.words for li in page.all("li") if li.words in {"Seoul", "Washington"}] == [
        "Seoul",
        "Washington",
    ]
    narrowed = reader.read(f"{PATH}&track=tariffs")
    drawn = [
        e.attributes for e in narrowed.all("g") if "fig-line-1" in e.attributes.get("class", "")
    ]
    assert [one["stroke-dasharray"] for one in drawn] == ["9 4"] * 2
    picture = reader.get(f"/rok-us/figures/tariffs/rate.svg{THEN}").content.decode()
    assert 'stroke-dasharray="9 4"' in picture
