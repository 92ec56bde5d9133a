"""The deadline ledger as a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from negotiations.pages.milestones import sentences
from negotiations.pages.strips import strip
from negotiations.queries import milestones as query
from negotiations.queries.milestones import milestone_state
from negotiations.queries.shapes import MilestoneCounts
from tests import factories as make
from tests.pages.scenes import Scene
from tests.pages.shapes import promise

THEN = "known_on=2025-10-14"
pytestmark = pytest.mark.django_db
NOTHING = MilestoneCounts(
    total=0,
    open=0,
    overdue=0,
    met=0,
    missed=0,
    moved=0,
    cancelled=0,
    later=0,
    earlier=0,
    later_exactly=0,
    later_days=None,
)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ()),
        ({"total": 1, "met": 1}, ("Of 1 date, 1 was met.",)),
        (
            {"total": 11, "met": 3, "cancelled": 1, "open": 7, "overdue": 2, "later": 2,
             "later_exactly": 2, "later_days": 24},
            (
                "Of 11 dates, 3 were met, 1 was cancelled, 7 are open. "
                "The days of 2 open ones have passed without an outcome on record.",
                "2 are later than first promised, by 24 days on average.",
            ),
        ),
        (
            {"total": 3, "missed": 1, "moved": 2, "later": 2, "later_exactly": 1, "later_days": 9,
             "earlier": 1},
            (
                "Of 3 dates, 1 was missed, 2 were put off.",
                "2 are later than first promised, the 1 dated to the day by 9 days on average; "
                "1 is earlier than first promised.",
            ),
        ),
        (
            {"total": 1, "open": 1, "later": 1},
            ("Of 1 date, 1 is open.", "1 is later than first promised."),
        ),
    ],
)  # fmt: skip
def test_the_ledger_in_a_few_words(changes: dict[str, int], told: tuple[str, ...]) -> None:
    assert sentences(replace(NOTHING, **changes)) == told


def test_the_page_tells_each_date_and_what_it_moved_from(reader: Any, shown: Scene) -> None:
    page = reader.read(f"/rok-us/milestones/?{THEN}")
    assert [e for e in page.all("li") if e.attributes.get("id") == shown.second_date.slug]
    words = page.one("main").words
    assert "Moved once: 46 days later." in words
    assert "15 September 2025 set on 1 Aug 2025" in words
    assert "in 17 days" in words


@pytest.mark.parametrize("room", ["milestones", "security"])
def test_where_still_earlier_dates_are_left_out_it_says_so(
    reader: Any, shown: Scene, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    make.MilestoneFactory(
        slug=shown.second_date.slug, tracks=[shown.track], due_on="2025-11-30",
        effective_on="2025-10-05",
    )  # fmt: skip
    note, path = "Only the newest dates are told.", f"/rok-us/{room}/?{THEN}"
    assert note not in reader.read(path).one("main").words
    monkeypatch.setattr(query, "MOST_DATES", 2)
    words = reader.read(path).one("main").words
    assert note in words
    assert "Moved 2 times: 76 days later in all." in words
    assert "최근 날짜만 실었습니다." in reader.read(f"/ko{path}").one("main").words


@pytest.mark.usefixtures("shown")
def test_the_track_page_says_the_same_of_it(reader: Any) -> None:
    assert (
        "Moved once: 46 days later." in reader.read(f"/rok-us/security/?{THEN}").one("main").words
    )


@pytest.mark.usefixtures("shown")
def test_files_carry_the_clocks_and_what_narrows(reader: Any) -> None:
    page = reader.read(f"/ko/rok-us/milestones/?{THEN}&party=KR")
    hrefs = [a.attributes["href"] for a in page.within("main", "a")]
    (table,) = [href for href in hrefs if ".csv" in href]
    assert table == "/ko/rok-us/milestones.csv?known_on=2025-10-14&party=KR"
    assert reader.get(table).status_code == 200
    assert [href for href in hrefs if ".ics" in href] == ["/ko/rok-us/milestones.ics"]


@pytest.mark.usefixtures("shown")
def test_what_is_chosen_stays_chosen(reader: Any) -> None:
    page = reader.read(f"/rok-us/milestones/?{THEN}&kind=deadline&track=security")
    chosen = [o.attributes["value"] for o in page.all("option") if "selected" in o.attributes]
    assert chosen == ["security", "deadline"]
    hidden = [e.attributes for e in page.within("main", "input")]
    assert [(e["name"], e["value"]) for e in hidden] == [("known_on", "2025-10-14")]


@pytest.mark.usefixtures("shown")
def test_where_nothing_is_left_it_says_so(reader: Any) -> None:
    page = reader.read(f"/rok-us/milestones/?{THEN}&kind=entry_into_force")
    assert page.one("p", class_="empty-title").words == "No such date"
    before = reader.read("/rok-us/milestones/?known_on=2020-01-01")
    assert before.one("p", class_="empty-title").words == "No dates on record"


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("query", ["track=nowhere", "kind=feast", "party=XX"])
def test_a_choice_that_is_not_there_is_refused(reader: Any, query: str) -> None:
    assert (
        query.partition("=")[0]
        in reader.read(f"/rok-us/milestones/?{query}", status=400).one("p", class_="lead").words
    )


def test_hostile_titles_are_text(reader: Any, shown: Scene) -> None:
    make.MilestoneFactory(tracks=[shown.track], title_en='"><script>alert(1)</script>')
    body = reader.get(f"/rok-us/milestones/?{THEN}").content.decode()
    assert "<script" not in body


def test_a_date_that_never_moved_has_no_picture() -> None:
    assert (
        strip(milestone_state([promise("2025-10-31")], on=date(2025, 10, 14)), on=date.min) is None
    )


def test_the_picture_runs_from_the_first_date_to_the_outcome() -> None:
    rows = [promise("2025-10-01"), promise("2025-10-11"), promise("2025-10-21", outcome="missed")]
    drawn = strip(milestone_state(rows, on=date(2025, 10, 14)), on=date(2025, 10, 14))
    assert drawn is not None
    middles = [one.x + one.width / 2 for one in drawn.dates]
    assert middles == [10, 120, 230]
    assert [one.outcome for one in drawn.dates] == ["", "", "missed"]
    assert drawn.now_x == 153
    assert drawn.told == (
        "1 October 2025 → 11 October 2025 (10 days later) → 21 October 2025 (10 days later)"
    )


def test_the_picture_of_the_newest_dates_says_that_there_were_others() -> None:
    rows = [promise("2025-10-01", id=1), promise("2025-10-11", id=2), promise("2025-10-21", id=3)]
    state = replace(milestone_state(rows, on=date(2025, 10, 14)), slips=(rows[1],), cut=True)
    drawn = strip(replace(state, moves=state.moves[1:]), on=date(2025, 10, 14))
    assert drawn is not None
    assert drawn.told == "… → 11 October 2025 → 21 October 2025 (10 days later)"


@pytest.mark.parametrize(
    ("lower", "upper"), [(date.min, date(2025, 10, 31)), (date(2025, 10, 31), date.max)]
)
def test_an_open_end_is_not_drawn(lower: date, upper: date) -> None:
    rows = [promise("2025-10-01"), promise("open", due_lower=lower, due_upper=upper)]
    drawn = strip(milestone_state(rows, on=date(2025, 10, 14)), on=date(2025, 10, 14))
    assert drawn is not None
    assert [one.width for one in drawn.dates] == [5, 5]
