"""Marks below a lane: each milestone is seen by itself, and joined with the date it has now."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count, pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.pages.axes import Scale
from negotiations.pages.hints import Hints
from negotiations.pages.sheets import WIDTH
from negotiations.pages.strokes import DIAMOND, DrawnMilestone, drawn_milestones
from negotiations.queries.shapes import Lane, Tick, TrackRef
from tests.pages.test_swimlanes import statement

START = date(2025, 4, 1)
# Eight pixels a day, to both edges of the sheet.
SCALE = Scale(anchors=((START, 0), (START + timedelta(days=116), WIDTH)))
EDGE = DIAMOND / 2
_ids = count(1)


def draw(*milestones: tuple[int, ...]) -> tuple[DrawnMilestone, ...]:
    """Milestones by the days, from START on, on which each was due one after the other."""
    ticks = []
    for days in milestones:
        *slips, latest = [_row(START + timedelta(days=day)) for day in days]
        tick: Any = {"on": latest.due_lower, "milestone": latest, "slips": tuple(slips)}
        ticks.append(Tick(statements=0, statement_ids=(), **tick))
    lane = Lane(
        track=TrackRef(negotiation="n", slug="t", title_en="Track", title_ko="의제"),
        depth=0, bands=(), ticks=tuple(ticks), statements_since=None, last_words=(), silences=(),
    )  # fmt: skip
    hints = Hints(words={}, reader=None, on=START, query="", root="")
    return drawn_milestones(lane, SCALE, hints)


def _row(due: date) -> Any:
    return SimpleNamespace(
        id=next(_ids), due_on=due.isoformat(), due_lower=due, due_upper=due, ledger_number=1,
        outcome="open", title_en="A date", title_ko="날짜", basis=[statement()],
    )  # fmt: skip


def test_a_milestone_stands_around_its_day() -> None:
    (drawn,) = draw((50,))
    assert (drawn.x, drawn.left) == (400, 393.5)


def test_two_of_one_day_stand_to_both_sides_of_it() -> None:
    assert [drawn.x for drawn in draw((50,), (50,))] == [393.5, 406.5]


def test_one_that_is_far_from_them_stays_where_it_is() -> None:
    assert [drawn.x for drawn in draw((50,), (50,), (60,))] == [393.5, 406.5, 480]


@pytest.mark.parametrize(("day", "places"), [(0, [EDGE, 19.5]), (116, [908.5, WIDTH - EDGE])])
def test_they_stay_on_the_sheet(day: int, places: list[float]) -> None:
    assert [drawn.x for drawn in draw((day,), (day,))] == places


def test_a_slip_leads_to_where_its_milestone_stands() -> None:
    slip, latest, beside = draw((30, 50), (50,))
    assert [(one.slip, one.x) for one in (slip, latest, beside)] == [
        (True, 240), (False, 393.5), (False, 406.5),
    ]  # fmt: skip
    assert [one.joined for one in (slip, latest, beside)] == [393.5, None, None]


def test_a_slip_leads_to_the_edge_where_its_milestone_is_beyond() -> None:
    (slip,) = draw((30, 200))
    assert (slip.slip, slip.joined) == (True, WIDTH)


@given(st.lists(st.integers(0, 116), max_size=90))
def test_however_many_none_covers_another_while_there_is_room(days: list[int]) -> None:
    places = [drawn.x for drawn in draw(*((day,) for day in days))]
    step = min(DIAMOND, (WIDTH - DIAMOND) / max(len(days) - 1, 1))
    assert all(other - one >= step - 0.11 for one, other in pairwise(places))
    assert all(EDGE <= place <= WIDTH - EDGE for place in places)
