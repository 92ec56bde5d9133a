"""The deadline ledger as a table."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from negotiations.cells import raw
from negotiations.queries import milestones as query
from tests.pages.promises import promises

THEN = "?known_on=2025-10-14"
TABLE = f"/talks/milestones.csv{THEN}"
pytestmark = pytest.mark.django_db


@pytest.fixture
def promised() -> Any:
    """Two milestones, one of which moved."""
    return promises()


def table(reader: Any, path: str = TABLE) -> list[dict[str, str]]:
    """The rows of the table, as texts were before a spreadsheet was kept from running them."""
    response = reader.get(path)
    assert response.status_code == 200
    rows = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    return [{name: raw(value) for name, value in row.items()} for row in rows]


@pytest.mark.usefixtures("promised")
def test_the_table_has_a_row_for_each(reader: Any) -> None:
    visit, paper = table(reader)
    assert (visit["slug"], visit["title_en"], visit["earlier_dates"]) == (
        "visit", "=1+1", "2025-10-01",
    )  # fmt: skip
    moved = (visit["moves"], visit["moved"], visit["moved_days_least"], visit["moved_days_exact"])
    assert moved == ("1", "later", "30", "true")
    assert (paper["due_lower"], paper["due_upper"], paper["moved"]) == ("", "2025-11-30", "")


def test_the_table_counts_all_moves_and_says_that_dates_are_left_out(
    reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "MOST_DATES", 1)
    promises()
    visit, paper = table(reader)
    members = ("earlier_dates", "earlier_dates_cut", "moves", "moved_days_least")
    assert [visit[name] for name in members] == ["", "true", "1", "30"]
    assert paper["earlier_dates_cut"] == "false"


@pytest.mark.usefixtures("promised")
def test_what_a_spreadsheet_would_run_is_text(reader: Any) -> None:
    assert ",'=1+1," in reader.get(TABLE).content.decode("utf-8-sig")


@pytest.mark.usefixtures("promised")
@pytest.mark.parametrize(
    ("asked", "slugs"),
    [("kind=target", ["paper"]), ("party=KR", ["visit", "paper"]),
     ("track=swap", ["visit", "paper"])],
)  # fmt: skip
def test_the_table_is_narrowed_as_the_page_is(reader: Any, asked: str, slugs: list[str]) -> None:
    assert [row["slug"] for row in table(reader, f"{TABLE}&{asked}")] == slugs


@pytest.mark.usefixtures("promised")
def test_the_table_is_a_file_with_a_tag_of_its_day(reader: Any) -> None:
    one, other = reader.get(TABLE), reader.get(TABLE.replace("10-14", "10-13"))
    assert one.headers["Content-Type"].startswith("text/csv")
    assert one.headers["Content-Disposition"] == 'attachment; filename="talks-milestones.csv"'
    assert one.headers["ETag"] != other.headers["ETag"]
    again = reader.get(TABLE, **{"If-None-Match": one.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("promised")
def test_both_languages_have_the_same_table(reader: Any) -> None:
    assert reader.get(f"/ko{TABLE}").content == reader.get(TABLE).content


@pytest.mark.usefixtures("promised")
@pytest.mark.parametrize("asked", ["track=nowhere", "party=XX", "kind=x"])
def test_what_names_nothing_is_refused(reader: Any, asked: str) -> None:
    assert reader.get(f"{TABLE}&{asked}").status_code == 400


def test_a_negotiation_that_is_not_there_is_not_found(reader: Any) -> None:
    assert reader.get(TABLE).status_code == 404


def test_before_anything_was_promised_the_table_has_its_columns(reader: Any, promised: Any) -> None:
    assert promised.slug == "swap"
    assert table(reader, "/talks/milestones.csv?known_on=2020-01-01") == []
