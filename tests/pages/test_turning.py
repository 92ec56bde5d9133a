"""No stored text turns the words of ours around: on pages, paper, in citations and drawings."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from negotiations.models import Negotiation, Party, Term, Track
from tests.pages.scenes import Scene
from tests.pages.shapes import source, statement
from tests.pages.test_citations import cited
from tests.pages.test_papers_fallen import given

pytestmark = pytest.mark.django_db
ASKED = "known_on=2025-10-14"
TURNED = "\u202eTurned"
__all__ = ["given"]


@pytest.fixture
def turned(shown: Scene) -> Scene:
    """Every name of the record begins with an override that nothing ends."""
    for rows, field in (
        (Negotiation, "title"), (Track, "title"), (Party, "capital"), (Term, "name"),
    ):  # fmt: skip
        names = dict.fromkeys((f"{field}_en", f"{field}_ko"), TURNED)
        rows._default_manager.update(**names)
    return shown


def test_citations_leave_it_out() -> None:
    odd = replace(source(), title=f"{TURNED} headline")
    told = cited(statement(source=odd, quotation=f"{TURNED} words"))
    for form in (told.plain, told.bibtex, told.csl, told.ris):
        assert "Turned words" in form
        assert "\u202e" not in form
    assert json.loads(told.csl)[0]["container-title"] == "Turned headline"


@pytest.mark.usefixtures("turned")
@pytest.mark.parametrize("kind", ["brief", "handover"])
def test_paper_leaves_it_out(reader: Any, given: list[dict[str, Any]], kind: str) -> None:
    assert reader.get(f"/rok-us/{kind}.pdf?{ASKED}").status_code == 200
    told = json.dumps(given[0], ensure_ascii=False)
    assert "Turned" in told
    assert "\u202e" not in told


@pytest.mark.usefixtures("turned")
@pytest.mark.parametrize(
    "path", ["/rok-us/", "/rok-us/positions/", "/rok-us/figures/", "/rok-us/linkages/"]
)
def test_titles_of_pages_and_drawings_leave_it_out(reader: Any, path: str) -> None:
    body = reader.get(f"{path}?{ASKED}").content.decode()
    titles = re.findall(r"<title>(.*?)</title>", body, re.DOTALL)
    assert any("Turned" in title for title in titles)
    assert [title for title in titles if "\u202e" in title] == []


@pytest.mark.usefixtures("turned")
def test_names_in_the_matrix_are_isolated(reader: Any) -> None:
    body = reader.get(f"/rok-us/positions/?{ASKED}").content.decode()
    for cell in re.findall(r"<th.*?</th>|<li.*?</li>|<p class=\"eyebrow\".*?</p>", body, re.DOTALL):
        seen = re.sub(r'<span class="visually-hidden">.*?</span>', "", cell)
        assert seen.count("Turned") == seen.count("<bdi>Turned</bdi>"), cell
