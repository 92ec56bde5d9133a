"""What pages and papers say of claims whose whole evidence was retracted."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.pages import paper_pages
from tests.pages.scenes import Scene
from tests.pages.test_fallen import SAID, retract

pytestmark = pytest.mark.django_db
ASKED = "known_on=2025-10-14"
CLAIM = {"": "evidence retracted", "/ko": "근거 철회됨"}
NOTE = {"": "since retracted", "/ko": "이후 철회"}


@pytest.fixture
def given(monkeypatch: Any) -> list[dict[str, Any]]:
    """What Typst was given; it sets it all the same."""
    asked: list[dict[str, Any]] = []
    set_by_typst = paper_pages.pdf

    def kept(template: Any, data: dict[str, Any], **options: Any) -> bytes:
        asked.append(data)
        return set_by_typst(template, data, **options)

    monkeypatch.setattr(paper_pages, "pdf", kept)
    return asked


def position(page: Any) -> str:
    """What is said of the parties' positions."""
    return page.one("section", aria_labelledby="terms").words


@pytest.mark.parametrize("prefix", CLAIM)
@pytest.mark.parametrize("kind", ["brief", "handover"])
def test_a_claim_and_its_endnote_say_that_the_evidence_is_gone(
    reader: Any, shown: Scene, kind: str, prefix: str
) -> None:
    path = f"{prefix}/rok-us/{kind}/?{ASKED}"
    before = reader.read(path).one("main").words
    assert CLAIM[prefix] not in before
    assert NOTE[prefix] not in before

    retract(shown, shown.paraphrased)

    page = reader.read(path)
    assert CLAIM[prefix] in position(page)
    notes = [e.words for e in page.all("li") if "note-" in str(e.attributes.get("id"))]
    assert [note.endswith(NOTE[prefix]) for note in notes].count(True) == 1


@pytest.mark.parametrize("prefix", CLAIM)
@pytest.mark.parametrize("kind", ["brief", "handover"])
def test_so_does_paper(
    reader: Any, shown: Scene, given: list[dict[str, Any]], kind: str, prefix: str
) -> None:
    retract(shown, shown.paraphrased)

    assert reader.get(f"{prefix}/rok-us/{kind}.pdf?{ASKED}").status_code == 200

    sheet = given[0]["sheets"][0]
    (term,) = next(one for one in sheet["sections"] if one["name"] == "terms")["lines"]
    assert [one["fallen"] for one in term["inner"]] == [CLAIM[prefix], ""]
    assert [one["retracted"] for one in sheet["notes"] if one["retracted"]] == [NOTE[prefix]]


@pytest.mark.parametrize("prefix", SAID)
def test_the_matrix_says_so_in_the_cell(reader: Any, shown: Scene, prefix: str) -> None:
    path = f"{prefix}/rok-us/positions/?{ASKED}"
    assert SAID[prefix] not in reader.read(path).words

    retract(shown, shown.paraphrased)

    told = [cell.words for cell in reader.read(path).all("td") if SAID[prefix] in cell.words]
    assert len(told) == 1
    assert "8.2" in told[0]
