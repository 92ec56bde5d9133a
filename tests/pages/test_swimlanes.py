"""The picture over time, as numbers before it is drawn."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from negotiations.pages.swimlanes import BASELINE, picture
from negotiations.queries.shapes import Band, Lane, Tick, TrackRef
from negotiations.vocabulary import LADDER, OFF_LADDER

TRACK = TrackRef(negotiation="n", slug="t", title_en="Track", title_ko="의제")
START = date(2025, 4, 1)


def band(stage: str, since: date, until: date | None, *, momentum: str = "steady") -> Band:
    """A stretch of a lane."""
    return Band(
        stage=stage,
        momentum=momentum,
        since=since,
        until=until,
        headline_en="Something",
        headline_ko="무언가",
    )


def draw(
    *bands: Band,
    ticks: tuple[Tick, ...] = (),
    on: date = date(2025, 10, 14),
    due: date | None = None,
    since: date | None = None,
):
    """The picture of one lane."""
    lane = Lane(track=TRACK, depth=0, bands=bands, ticks=ticks, statements_since=since)
    milestone = SimpleNamespace(due_upper=due) if due else None
    clocks = SimpleNamespace(on=on)
    board = SimpleNamespace(clocks=clocks, rows=(SimpleNamespace(next_milestone=milestone),))
    return picture(board, SimpleNamespace(clocks=clocks, lanes=(lane,)), today=True)


def test_nothing_on_record_is_no_picture():
    assert draw() is None


def test_a_later_stage_is_a_higher_step():
    heights = []
    for stage in LADDER:
        heights.append(draw(band(stage, START, None)).lanes[0].bands[0].height)
    assert heights == sorted(set(heights))
    assert max(heights) < BASELINE


@pytest.mark.parametrize("stage", sorted(OFF_LADDER))
def test_stages_off_the_ladder_are_drawn_otherwise(stage):
    assert draw(band(stage, START, None)).lanes[0].bands[0].off_ladder


def test_bands_join_and_the_last_one_ends_at_the_day_asked_about():
    middle = date(2025, 7, 1)
    shown = draw(band("mooted", START, middle), band("negotiating", middle, None))
    first, second = shown.lanes[0].bands
    assert first.x + first.width == pytest.approx(second.x, abs=0.2)
    assert second.x + second.width == pytest.approx(shown.now_x, abs=0.2)


def test_stalled_and_halted_are_hatched():
    middle = date(2025, 7, 1)
    first, second = (
        draw(
            band("mooted", START, middle, momentum="stalled"),
            band("mooted", middle, None, momentum="advancing"),
        )
        .lanes[0]
        .bands
    )
    assert (first.hatch, second.hatch) == ("stalled", "")


def test_words_stand_where_they_fit():
    narrow = START + timedelta(days=1)
    first, second, third = (
        draw(
            band("negotiating", START, narrow),
            band("negotiating", narrow, date(2025, 9, 1), momentum="stalled"),
            band("issued", date(2025, 9, 1), None),
        )
        .lanes[0]
        .bands
    )
    assert (first.label, second.label, third.label) == ("", "Negotiating, stalled", "")


def test_the_present_state_is_said_at_the_end_of_the_lane():
    with translation.override("ko"):
        lane = draw(band("negotiating", START, None, momentum="stalled")).lanes[0]
    assert (lane.stage, lane.momentum) == ("협상 중", "교착")


def test_there_is_room_for_the_words_at_the_end():
    shown = draw(band("mooted", START, None))
    assert shown.width - shown.now_x >= 120


def test_the_axis_reaches_the_next_milestone():
    due = date(2025, 10, 31)
    tick = Tick(
        on=due,
        statements=0,
        milestone=SimpleNamespace(id=1, due_lower=due, due_upper=due, ledger_number=1),
    )
    shown = draw(band("mooted", START, None), ticks=(tick,), due=due)
    assert shown.now_x < shown.lanes[0].ticks[0].x < shown.width
    assert [milestone.id for milestone in shown.milestones] == [1]


def test_a_milestone_far_ahead_does_not_squeeze_the_past():
    shown = draw(band("mooted", START, None), due=date(2040, 1, 1))
    assert shown.now_x > 0.7 * shown.width


def test_a_long_silence_is_shortened():
    spoken = Tick(on=date(2025, 10, 13), statements=2, milestone=None)
    shown = draw(band("mooted", START, None), ticks=(spoken,), on=date(2026, 11, 24))
    assert shown.break_x is not None
    assert shown.lanes[0].ticks[0].x > 0.7 * shown.width
    assert draw(band("mooted", START, None), ticks=(spoken,)).break_x is None


def test_more_statements_make_a_taller_stroke_up_to_a_limit():
    ticks = tuple(
        Tick(on=START + timedelta(days=n), statements=n, milestone=None) for n in (1, 2, 3, 9)
    )
    heights = [tick.height for tick in draw(ticks=ticks).lanes[0].ticks]
    assert heights == [5, 7, 9, 9]


def test_a_single_day_can_be_drawn():
    on = date(2025, 10, 1)
    shown = draw(band("mooted", on, None), on=on)
    assert 0 <= shown.lanes[0].bands[0].x <= shown.width


def test_a_picture_that_leaves_statements_out_says_so():
    said = (Tick(on=START, statements=2, milestone=None),)
    shown = draw(ticks=said, since=START + timedelta(days=1))
    assert (shown.whole, shown.lanes[0].statements_since) == (False, START + timedelta(days=1))
    assert draw(ticks=said).whole


def test_strokes_and_bands_are_told_in_words():
    shown = draw(band("mooted", START, None), ticks=(Tick(on=START, statements=1, milestone=None),))
    (lane,) = shown.lanes
    assert [tick.told for tick in lane.ticks] == ["1 April 2025: 1 statement"]
    assert (lane.bands[0].told, lane.bands[0].since) == ("Mooted, Steady", "1 April 2025")
