"""Step charts, as numbers before they are drawn."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from negotiations.pages.chart_words import LETTER
from negotiations.pages.lettering import length
from negotiations.pages.stepcharts import PLOT, RIGHT, TOP, charts, time_scale
from negotiations.queries.shapes import ContestedSpan
from tests.pages.charting import ON, START, draw, line, party, step, term


def test_nothing_said_is_no_axis():
    figures: Any = SimpleNamespace(tracks=(), clocks=SimpleNamespace(on=ON))
    assert time_scale(figures) is None


def test_the_axis_begins_at_zero_and_reaches_the_highest():
    (chart,) = draw(term(line("US", step(0, 25))))
    assert [level.label for level in chart.levels] == ["0", "10", "20", "30"]
    assert chart.levels[0].y == chart.foot
    assert chart.levels[-1].y == TOP


@given(st.decimals("-1000000", "1000000", places=3), st.decimals("0", "1000000", places=3))
def test_levels_hold_every_amount_and_zero(amount: Decimal, size: Decimal) -> None:
    (chart,) = draw(term(line("US", step(0, amount, amount_to=amount + size if size else None))))
    found = [Decimal(level.label.replace(",", "")) for level in chart.levels]
    assert found[0] <= min(amount, Decimal(0))
    assert found[-1] >= max(amount + size, Decimal(0))
    assert Decimal(0) in found
    assert 2 <= len(found) <= 6
    assert TOP <= chart.lines[0].marks[0].y <= chart.foot


@given(st.decimals("-1e12", "1e12", places=2))
def test_labels_of_amounts_have_room_at_the_left(amount: Decimal) -> None:
    (chart,) = draw(term(line("US", step(0, amount), step(20, 5))))
    assert max(length(one.label, letter=LETTER) for one in chart.levels) + 6 <= chart.left


def test_charts_of_all_tracks_begin_at_one_place() -> None:
    tracks: Any = [
        SimpleNamespace(terms=(term(line("US", step(0, amount))),)) for amount in (5, 5_000_000)
    ]
    figures: Any = SimpleNamespace(tracks=tracks, clocks=SimpleNamespace(on=ON))
    scale = time_scale(figures)
    assert scale is not None
    small, large = (charts(track, scale, on=ON, parties=[party("US")])[0] for track in tracks)
    assert small.left == large.left > 44


@given(
    st.lists(st.tuples(st.integers(0, 105), st.integers(-20, 20)), min_size=1, max_size=40),
    st.booleans(),
)
def test_no_step_stands_after_today_and_those_of_one_amount_in_order(
    steps: list[tuple[int, int]], far: bool
) -> None:
    told = [step(day, amount) for day, amount in sorted(steps)]
    (chart,) = draw(term(line("US", *told)), on=date(2027, 1, 1) if far else ON)
    marks = chart.lines[0].marks
    assert all(chart.left <= mark.x <= chart.now_x for mark in marks)
    for amount in {one.position.amount for one in told}:
        places = [mark.x for mark in marks if mark.position.amount == amount]
        assert places == sorted(places)


def test_many_steps_of_one_day_share_the_room_before_today() -> None:
    (chart,) = draw(term(line("US", *(step((ON - START).days, 25) for _ in range(20)))))
    places = [mark.x for mark in chart.lines[0].marks]
    assert (places[-1], len(set(places))) == (chart.now_x, 20)


def test_terms_of_one_unit_share_their_axis():
    total, part, share = draw(
        term(line("KR", step(0, 350)), unit="usd_billion"),
        term(line("KR", step(0, 150)), unit="usd_billion"),
        term(line("KR", step(0, 5))),
    )
    assert total.levels == part.levels
    assert [level.label for level in share.levels] == ["0", "2", "4", "6"]


def test_a_step_lasts_until_the_next_and_the_last_until_now():
    (chart,) = draw(term(line("US", step(0, 25, until=30), step(30, 15))))
    first, second = chart.lines[0].pieces
    assert first.x + first.width == pytest.approx(second.x, abs=0.2)
    assert second.x + second.width == pytest.approx(chart.now_x, abs=0.2)
    assert second.path.startswith(f"M{second.x} {first.y}V{second.y}h")
    assert chart.now_x == RIGHT


@pytest.mark.parametrize("standing", ["withdrawn", "void"])
def test_what_is_withdrawn_or_void_ends_the_line(standing):
    (chart,) = draw(term(line("US", step(0, 25, until=30), step(30, 25, standing=standing))))
    (drawn,) = chart.lines
    assert len(drawn.pieces) == 1
    assert len(drawn.marks) == 2
    assert drawn.label is None


def test_words_between_figures_interrupt_the_line():
    (chart,) = draw(term(line("US", step(0, 25, until=30), step(30, None, until=50), step(50, 15))))
    (drawn,) = chart.lines
    assert [piece.x for piece in drawn.pieces] == [drawn.marks[0].x, drawn.marks[2].x]
    assert drawn.marks[1].y == chart.foot


def test_the_firmer_a_position_the_broader_its_line():
    words = ("threatened", "announced", "agreed")
    weights = [
        draw(term(line("US", step(0, 25, standing=word))))[0].lines[0].pieces[0].weight
        for word in words
    ]
    assert weights == sorted(set(weights))


def test_law_lies_beneath_and_says_so():
    (chart,) = draw(
        term(line("US", step(0, 15)), line("US", step(0, 25, standing="in_force"), legal=True))
    )
    law, bargained = chart.lines
    assert (law.line.legal, bargained.line.legal) == (True, False)
    assert law.label is not None
    assert (law.label.who, law.label.what) == ("Washington, law", "25 %")


def test_parties_are_told_apart_without_colour():
    (chart,) = draw(term(*(line(f"P{n}", step(n, 10 + n)) for n in range(4))))
    assert len({drawn.dashes for drawn in chart.lines}) == 4
    assert len({drawn.label.who for drawn in chart.lines if drawn.label}) == 4


def test_a_party_looks_alike_in_every_chart_whoever_else_speaks():
    both, alone = draw(
        term(line("KR", step(0, 10)), line("US", step(1, 20))), term(line("US", step(0, 5)))
    )
    there, here = both.lines[1], alone.lines[0]
    assert there.line.party == here.line.party
    assert (here.place, here.number, here.dashes) == (there.place, there.number, there.dashes)
    assert here.number == 1


def test_a_fifth_party_looks_as_the_first_and_has_a_place_of_its_own():
    (chart,) = draw(term(line("KR", step(0, 10)), line("CN", step(1, 20))))
    assert [(one.place, one.number) for one in chart.lines] == [(0, 0), (4, 0)]


def test_the_same_figure_of_two_parties_is_two_lines():
    (chart,) = draw(term(line("KR", step(0, 15)), line("US", step(0, 15))))
    seoul, washington = chart.lines
    assert seoul.pieces[0].y != washington.pieces[0].y
    assert seoul.marks[0].x != washington.marks[0].x


def test_lines_are_drawn_side_by_side_only_while_they_meet():
    (chart,) = draw(term(line("KR", step(60, 25)), line("US", step(0, 25, until=60), step(60, 15))))
    (seoul,), (july, _) = (drawn.pieces for drawn in chart.lines)
    assert july.y == seoul.y


def test_a_figure_that_was_taken_back_lifts_no_other():
    back = step(10, 25, standing="withdrawn")
    (chart,) = draw(term(line("KR", step(0, 15, until=10), back), line("US", step(20, 25))))
    alone = draw(term(line("KR", step(0, 15, until=10)), line("US", step(20, 25))))[0]
    assert chart.lines[1].pieces == alone.lines[1].pieces


def test_of_lines_that_meet_in_turn_no_two_lie_on_each_other():
    """Seoul meets Washington in July, Washington meets Tokyo later, Seoul and Tokyo never meet."""
    (chart,) = draw(
        term(
            line("KR", step(0, 25, until=20)),
            line("US", step(0, 25)),
            line("JP", step(40, 25)),
        )
    )
    seoul, washington, tokyo = (drawn.pieces[0].y for drawn in chart.lines)
    assert seoul == tokyo != washington


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12))
def test_labels_never_lie_on_each_other(amounts: list[int]) -> None:
    (chart,) = draw(term(*(line(f"P{n}", step(0, a)) for n, a in enumerate(amounts))))
    places = sorted(drawn.label.y for drawn in chart.lines if drawn.label)
    assert len(places) == len(amounts)
    assert all(b - a >= 28.9 for a, b in pairwise(places))
    assert places[0] >= TOP
    assert places[-1] <= chart.foot


def test_a_range_is_a_band_and_a_bound_has_an_arrow():
    (chart,) = draw(
        term(
            line("KR", step(0, 10, amount_to=Decimal(20))),
            line("US", step(0, 20, qualifier="up_to")),
            line("JP", step(0, 30, qualifier="at_least")),
        )
    )
    wide, below, above = chart.lines
    assert wide.pieces[0].band == pytest.approx(PLOT / 3, abs=15)
    assert [d.marks[0].arrow for d in (wide, below, above)] == ["", "down", "up"]


def test_a_vague_date_is_a_span():
    upper = START + timedelta(days=30)
    (chart,) = draw(term(line("KR", step(0, 10, effective_upper=upper), step(40, 12))))
    vague, sharp = chart.lines[0].marks
    assert vague.vague is not None
    assert vague.vague[1] > 50
    assert sharp.vague is None


def test_contested_days_are_hatched_and_said_where_there_is_room():
    days = [START + timedelta(days=n) for n in (10, 12, 40)]
    spans = (
        ContestedSpan(since=days[0], until=days[1]),
        ContestedSpan(since=days[2], until=None),
    )
    (chart,) = draw(term(line("KR", step(0, 10), step(60, 12)), apart=spans))
    short, long = chart.hatches
    assert (short.worded, long.worded) == (False, True)
    assert long.x + long.width == pytest.approx(chart.now_x, abs=0.2)


def test_a_quiet_year_does_not_squeeze_the_busy_months():
    (even,) = draw(term(line("KR", step(0, 10), step(60, 12))))
    (broken,) = draw(term(line("KR", step(0, 10), step(60, 12))), on=date(2027, 1, 1))
    assert even.break_x is None
    assert broken.break_x is not None
    assert broken.lines[0].marks[1].x > RIGHT / 2


def test_a_single_day_at_the_beginning_of_time_is_drawn():
    first: Any = step(0, 10)
    day = date.min
    object.__setattr__(first, "since", day)
    (chart,) = draw(term(line("KR", first)), on=day)
    assert chart.lines[0].pieces[0].width >= 0


def test_the_words_of_a_step_in_korean():
    with translation.override("ko"):
        (chart,) = draw(term(line("US", step(0, 25))))
    assert chart.lines[0].marks[0].told == "25, 발표, Seoul, 2025년 7월 1일, 조현, 신문"
    assert chart.lines[0].label is not None
    assert chart.lines[0].label.what == "25%"
