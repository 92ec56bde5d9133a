"""The deadline ledger as JSON and as a table."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client

from negotiations.cells import raw
from tests import factories as make

LEDGER = "/api/v1/negotiations/talks/milestones/"
TABLE = "/talks/milestones.csv"
THEN = {"on": "2025-10-14", "known_by": "2025-10-14"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def promised() -> Any:
    """Two dates of one milestone, and one that is open at its beginning."""
    korea = make.PartyFactory(code="KR")
    track: Any = make.TrackFactory(negotiation=make.NegotiationFactory(slug="talks"), slug="swap")
    said = make.StatementFactory(tracks=[track], parties=[korea])
    common: dict[str, Any] = {"tracks": [track], "basis": said}
    make.MilestoneFactory(
        slug="visit", due_on="2025-10-01", effective_on="2025-09-01", title_en="=1+1", **common
    )
    make.MilestoneFactory(
        slug="visit", due_on="2025-10-31", effective_on="2025-09-20", title_en="=1+1", **common
    )
    vague = {"due_lower": date.min, "due_upper": date(2025, 11, 30)}
    make.MilestoneFactory(
        slug="paper", due_on="../2025-11-30", effective_on="2025-09-01", kind="target",
        **vague, **common,
    )  # fmt: skip
    make.enter(tracks=[track])
    return track


def table(reader: Client, **asked: str) -> list[dict[str, str]]:
    """The rows of the table, as texts were before a spreadsheet was kept from running them."""
    response = reader.get(TABLE, {**THEN, **asked})
    assert response.status_code == 200
    rows = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    return [{name: raw(value) for name, value in row.items()} for row in rows]


@pytest.mark.usefixtures("promised")
def test_a_milestone_tells_how_far_it_moved(reader: Client) -> None:
    told = reader.get(LEDGER, THEN).json()
    visit, paper = told["milestones"]
    assert visit["moved"] == {"least": 30, "most": 30, "exact": True, "direction": "later"}
    assert visit["days_left"] == {"least": 17, "most": 17, "exact": True}
    assert [slip["due_on"] for slip in visit["slips"]] == ["2025-10-01"]
    assert (paper["moved"], paper["moves"]) == (None, [])
    assert told["counts"]["later_days"] == 30


@pytest.mark.usefixtures("promised")
def test_the_table_has_a_row_for_each(reader: Client) -> None:
    visit, paper = table(reader)
    assert (visit["slug"], visit["title_en"], visit["earlier_dates"]) == (
        "visit", "=1+1", "2025-10-01",
    )  # fmt: skip
    moved = (visit["moves"], visit["moved"], visit["moved_days_least"], visit["moved_days_exact"])
    assert moved == ("1", "later", "30", "true")
    assert (paper["due_lower"], paper["due_upper"], paper["moved"]) == ("", "2025-11-30", "")


@pytest.mark.usefixtures("promised")
def test_what_a_spreadsheet_would_run_is_text(reader: Client) -> None:
    body = reader.get(TABLE, THEN).content.decode("utf-8-sig")
    assert ",'=1+1," in body


@pytest.mark.usefixtures("promised")
@pytest.mark.parametrize(
    ("asked", "slugs"),
    [({"kind": "target"}, ["paper"]), ({"party": "KR"}, ["visit", "paper"]),
     ({"track": "swap"}, ["visit", "paper"])],
)  # fmt: skip
def test_the_table_is_narrowed_as_the_page_is(
    reader: Client, asked: dict[str, str], slugs: list[str]
) -> None:
    assert [row["slug"] for row in table(reader, **asked)] == slugs
    told = reader.get(LEDGER, {**THEN, **asked}).json()["milestones"]
    assert [state["latest"]["slug"] for state in told] == slugs


@pytest.mark.usefixtures("promised")
def test_the_table_is_a_file_with_a_tag_of_its_day(reader: Client) -> None:
    one, other = reader.get(TABLE, THEN), reader.get(TABLE, {**THEN, "on": "2025-10-13"})
    assert one.headers["Content-Type"].startswith("text/csv")
    assert one.headers["Content-Disposition"] == 'attachment; filename="milestones.csv"'
    assert one.headers["ETag"] != other.headers["ETag"]
    again = reader.get(TABLE, THEN, headers={"If-None-Match": one.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("promised")
def test_both_languages_have_the_same_table(reader: Client) -> None:
    assert reader.get(f"/ko{TABLE}", THEN).content == reader.get(TABLE, THEN).content


@pytest.mark.usefixtures("promised")
@pytest.mark.parametrize("path", [LEDGER, TABLE])
@pytest.mark.parametrize(
    ("name", "value"), [("track", "nowhere"), ("party", "XX"), ("kind", "x"), ("colour", "red")]
)
def test_what_names_nothing_is_refused(reader: Client, path: str, name: str, value: str) -> None:
    response = reader.get(path, {name: value})
    assert (response.status_code, response.json()["at"]) == (400, name)


@pytest.mark.parametrize("path", [LEDGER, TABLE])
def test_a_negotiation_that_is_not_there_is_not_found(reader: Client, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_before_anything_was_promised_the_table_has_its_columns(
    reader: Client, promised: Any
) -> None:
    assert promised.slug == "swap"
    assert table(reader, on="2020-01-01", known_by="2020-01-01") == []
