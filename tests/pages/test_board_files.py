"""The board as files: the same picture and the same facts, without anything around them."""

from __future__ import annotations

import csv
import re
from contextlib import contextmanager
from io import StringIO
from threading import BoundedSemaphore
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings

from negotiations import typesetting
from negotiations.aside import STEP_ASIDE
from negotiations.pages.board_rows import COLUMNS
from negotiations.pages.lettering import length
from negotiations.pages.looks import LOOKS
from negotiations.pages.sheets import LETTER
from negotiations.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
THEN = "known_on=2025-10-14"
HOSTILE = "</title><script>alert(1)</script>\"'&\x0b"
SVG = "{http://www.w3.org/2000/svg}"


def svg_of(reader: Any, path: str) -> ElementTree.Element:
    """A picture, parsed strictly."""
    response = reader.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    return ElementTree.fromstring(response.content)


def words_of(picture: ElementTree.Element) -> list[str]:
    """What is written in a picture."""
    return ["".join(text.itertext()) for text in picture.iter(f"{SVG}text")]


def rows_of(reader: Any, path: str) -> list[dict[str, str]]:
    """The rows of a table as a spreadsheet reads them."""
    text = reader.get(path).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.mark.usefixtures("shown")
def test_a_picture_stands_alone(reader):
    response = reader.get(f"/rok-us/board.svg?{THEN}")
    text = response.content.decode()
    assert "class=" not in text
    assert "<style" not in text
    assert "var(" not in text
    assert response["Content-Disposition"] == 'attachment; filename="rok-us.svg"'
    held = set(re.findall(r' id="([^"]+)"', text))
    wanted = set(re.findall(r'(?:href="#|url\(#)(g-|p-)([\w-]+)', text))
    assert {f"{kind}{name}" for kind, name in wanted} <= held
    fonts = [e for e in ElementTree.fromstring(text).iter(f"{SVG}text")]
    assert {e.attrib["font-weight"] for e in fonts} == {"400", "700"}


@pytest.mark.usefixtures("shown")
def test_a_picture_tells_what_it_is_and_where_it_is_from(reader):
    words = words_of(svg_of(reader, f"/rok-us/board.svg?{THEN}&party=KR&since=2025-09-01"))
    assert words[0] == "Korea–US"
    assert words[1] == (
        "Stages over time, according to Seoul · 14 October 2025 · 1 September 2025–…"
    )
    assert {"Security", "Tariffs", "Agreed in principle"} <= set(words)
    source, address = words[-2:]
    assert source.startswith("Parley · Ledger number ")
    assert "on=2025-10-14 · known_by=2025-10-14 · as_of=" in source
    assert address.startswith("http://testserver/rok-us/?on=2025-10-14&known_by=2025-10-14&as_of=")
    assert address.endswith("&party=KR&since=2025-09-01")


@pytest.mark.usefixtures("shown")
def test_marks_lead_back_to_the_site(reader):
    picture = svg_of(reader, f"/rok-us/board.svg?{THEN}")
    links = [a.attrib["href"] for a in picture.iter(f"{SVG}a")]
    assert links
    assert all(link.startswith(("http://testserver/", "#moved-")) for link in links)


@pytest.mark.usefixtures("shown")
def test_a_picture_in_korean(reader):
    picture = svg_of(reader, f"/ko/rok-us/board.svg?{THEN}")
    words = words_of(picture)
    assert {"한미", "안보", "관세", "원칙적 합의", "2025년 10월 14일"} <= set(words)
    assert "마지막 발언: 서울 13일 전 · 워싱턴 없음" in " ".join(words)
    assert picture.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "ko"
    assert "/ko/rok-us/?" in words[-1]


def test_hostile_text_stays_text(reader, shown):
    track = make.TrackFactory(negotiation=shown.negotiation, slug="x", title_en=HOSTILE)
    make.StatusChangeFactory(track=track, headline_en=HOSTILE, basis=shown.quoted)
    picture = svg_of(reader, f"/rok-us/board.svg?{THEN}")
    assert list(picture.iter(f"{SVG}script")) == []
    assert any("<script>alert(1)</script>" in (t.text or "") for t in picture.iter(f"{SVG}title"))


def test_a_negotiation_without_tracks_is_drawn_too(reader):
    make.NegotiationFactory(slug="empty-talks")
    assert "Nothing to draw yet" in words_of(svg_of(reader, "/empty-talks/board.svg"))
    assert rows_of(reader, "/empty-talks/board.csv") == []


def test_a_picture_explains_every_mark_that_is_drawn_in_it(reader, shown):
    """Who has only the file has only its own key."""
    us = make.PartyFactory(code="US")
    make.StatusChangeFactory(track=shown.tariffs, basis=shown.quoted, momentum="halted")
    make.StatusChangeFactory(
        track=shown.tariffs, basis=shown.quoted, stage="suspended", effective_on="2025-10-05"
    )
    ends = {"from_track": shown.track, "to_track": shown.tariffs, "basis": shown.quoted}
    make.LinkageFactory(according_to=us, standing="denied", **ends)
    words = words_of(svg_of(reader, "/rok-us/board.svg?known_on=2025-11-14"))
    told = words[words.index("a higher step is a later stage") : -2]
    assert told == [
        "a higher step is a later stage",
        "off the ladder: suspended, lapsed, terminated or superseded",
        "Halted",
        "days with statements, taller for more",
        "changed on one day; solid: by the same words",
        "a tie is asserted, the tracks are said to be apart, a tie is denied, has ended",
        "Open",
        "Met",
        "an earlier date of a milestone",
    ]
    silent = words_of(svg_of(reader, "/ko/rok-us/board.svg?known_on=2025-12-14&party=KR"))
    assert {"30일 이상 발언 없음", "일정의 예전 날짜"} <= set(silent)
    page = reader.read(f"/rok-us/?{THEN}").one("ul", class_="lanes-key").words
    assert "off the ladder: suspended" in page


def test_a_key_stands_in_rows_below_the_picture(reader, shown):
    """No two entries stand on each other, and none leaves the sheet."""
    for momentum, day in (("halted", "2025-10-01"), ("stalled", "2025-10-05")):
        make.StatusChangeFactory(track=shown.tariffs, momentum=momentum, effective_on=day)
    for language in ("", "/ko"):
        picture = svg_of(reader, f"{language}/rok-us/board.svg?known_on=2025-11-14")
        key = [t for t in picture.iter(f"{SVG}text") if t.attrib.get("dy") == "5"]
        assert len(key) > 4
        ends: dict[str, float] = {}
        for text in key:
            at = text.attrib
            assert float(at["x"]) > ends.get(at["y"], 0)
            ends[at["y"]] = float(at["x"]) + length(text.text or "", letter=LETTER)
        assert max(ends.values()) + 48 <= float(picture.attrib["width"])
        assert len(ends) > 1


@pytest.mark.usefixtures("shown")
def test_dots_are_drawn_of_the_same_picture(reader):
    response = reader.get(f"/rok-us/board.png?{THEN}")
    made = response.content
    assert (response["Content-Type"], made[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    picture = svg_of(reader, f"/rok-us/board.svg?{THEN}")
    size = [int.from_bytes(made[n : n + 4]) for n in (16, 20)]
    assert size == [2 * int(picture.attrib[side]) for side in ("width", "height")]


def test_the_table_has_a_row_for_each_thing_that_is_drawn(reader, shown):
    make.StatusChangeFactory(track=shown.tariffs, basis=shown.quoted, momentum="stalled")
    rows = rows_of(reader, f"/rok-us/board.csv?{THEN}")
    assert tuple(rows[0]) == COLUMNS
    told = [(row["kind"], row["track"].removeprefix("rok-us/"), row["from"]) for row in rows]
    assert told == [
        ("band", "security", "2025-10-01"),
        ("day", "security", "2025-09-30"),
        ("day", "security", "2025-10-01"),
        ("milestone", "security", "2025-10-31"),
        ("last_word", "security", "2025-10-01"),
        ("last_word", "security", ""),
        ("band", "tariffs", "2025-10-01"),
        ("milestone", "tariffs", "2025-09-01"),
        ("last_word", "tariffs", ""),
        ("last_word", "tariffs", ""),
        ("linkage", "security", "2025-10-01"),
        ("move", "", "2025-10-01"),
    ]
    assert rows[0]["quotation"] == "not optimistic,"
    assert rows[3]["earlier_dates"] == "2025-09-15"
    assert rows[-1]["other_tracks"] == "rok-us/security; rok-us/tariffs"


def test_the_table_runs_nothing(reader, shown):
    make.StatusChangeFactory(track=shown.tariffs, headline_en="=HYPERLINK(1)", headline_ko="＝1")
    rows = rows_of(reader, f"/rok-us/board.csv?{THEN}")
    (row,) = [row for row in rows if "HYPER" in row["headline_en"]]
    assert (row["headline_en"], row["headline_ko"]) == ("'=HYPERLINK(1)", "'＝1")


def test_drafts_are_in_no_file(reader, shown):
    make.StatusChangeFactory(track=shown.tariffs, headline_en="A secret draft", published_at=None)
    for kind in ("svg", "csv"):
        assert b"A secret draft" not in reader.get(f"/rok-us/board.{kind}").content


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_a_file_is_tagged_like_a_page(reader, kind):
    first = reader.get(f"/rok-us/board.{kind}?{THEN}")
    again = reader.get(f"/rok-us/board.{kind}?{THEN}", **{"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert reader.get("/nowhere/board." + kind).status_code == 404


def test_every_class_of_a_picture_has_its_looks():
    templates = settings.BASE_DIR / "templates"
    files = ["board.svg", "figures/chart.html", "figures/figure_svg.html"]
    files += [f"components/{name}.html" for name in ("lanes", "patterns", "outcomes")]
    texts = [(templates / name).read_text() for name in files]
    plain = re.sub(r"{%.*?%}|{{.*?}}", " ", "".join(texts))
    worn = {name for found in re.findall(r'class="([^"]+)"', plain) for name in found.split()}
    assert {name for name in worn if not name.endswith("-")} <= set(LOOKS)


@pytest.mark.usefixtures("shown")
def test_a_picture_is_refused_while_as_many_are_made_as_may_be(reader, monkeypatch):
    monkeypatch.setattr(typesetting, "_places", BoundedSemaphore(1))
    with typesetting._place():
        response = reader.get("/rok-us/board.png")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert Refusal("typesetting_busy").sentence("en") in response.content.decode()
    assert reader.get("/rok-us/board.png").status_code == 200


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("path", ["board.png", "card.png", "tariffs/card.png", "brief.pdf"])
def test_who_is_set_lets_others_be_worked_on_meanwhile(reader, path):
    turns = []

    @contextmanager
    def step_aside():
        turns.append("given back")
        yield
        turns.append("taken again")

    answer = reader.client.get(f"/rok-us/{path}", **{STEP_ASIDE: step_aside})
    assert answer.status_code == 200
    assert turns == ["given back", "taken again"]
