"""The picture over time, as numbers before it is drawn."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from negotiations.pages.hints import Hints
from negotiations.pages.sheets import BASELINE
from negotiations.pages.swimlanes import picture
from negotiations.queries.shapes import (
    Band,
    Lane,
    Lanes,
    LastWord,
    PartyRef,
    Silence,
    Tick,
    TrackRef,
)
from negotiations.vocabulary import LADDER, OFF_LADDER

TRACK = TrackRef(negotiation="n", slug="t", title_en="Track", title_ko="의제")
START = date(2025, 4, 1)


KR = PartyRef(code="KR", name_en="", name_ko="", capital_en="Seoul", capital_ko="서울")


def band(stage: str, since: date, until: date | None, *, momentum: str = "steady") -> Band:
    """A stretch of a lane."""
    return Band(
        stage=stage,
        momentum=momentum,
        since=since,
        until=until,
        headline_en="Something",
        headline_ko="무언가",
        ledger_number=7,
        statement_ids=(1,),
    )


def said_on(on: date, n: int) -> Tick:
    """So many statements of one day."""
    return Tick(on=on, statements=n, statement_ids=tuple(range(1, n + 1)), milestone=None, slips=())


def due_on(on: date) -> Tick:
    """An open milestone due that day."""
    row = SimpleNamespace(
        id=1, due_on=on.isoformat(), due_lower=on, due_upper=on, ledger_number=1, outcome="open",
        title_en="A date", title_ko="날짜", basis=[statement()],
    )  # fmt: skip
    return Tick(on=on, statements=0, statement_ids=(), milestone=row, slips=())


def statement() -> SimpleNamespace:
    """What somebody said."""
    name = {"name_en": "Somebody", "name_ko": "누구"}
    return SimpleNamespace(
        quotation="We agreed.", reported=False, language="en",
        paraphrase_en="", paraphrase_ko="합의했다.",
        said_on="2025-04-01", speaker=SimpleNamespace(**name),
        source=SimpleNamespace(publisher=SimpleNamespace(**name)),
    )  # fmt: skip


def draw(
    *bands: Band,
    ticks: tuple[Tick, ...] = (),
    on: date = date(2025, 10, 14),
    statements_since: date | None = None,
    words: tuple[LastWord, ...] = (),
    silences: tuple[Silence, ...] = (),
    **members: object,
):
    """The picture of one lane."""
    lane = Lane(
        track=TRACK, depth=0, bands=bands, ticks=ticks, statements_since=statements_since,
        last_words=words, silences=silences,
    )  # fmt: skip
    whole = {
        "according_to": None, "since": None, "until": None, "busy_since": None, "busy_until": None,
        "linkages": (), "linkages_since": None, "moves": (), "ledger_number": 1,
        "clocks": SimpleNamespace(on=on),
    }  # fmt: skip
    hints = Hints(words={1: statement()}, reader=None, on=on, query="known_on=2025-10-14")
    return picture(Lanes(lanes=(lane,), **{**whole, **members}), hints, today=True)


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
    shown = draw(band("mooted", START, None), ticks=(due_on(due),))
    assert shown.now_x < shown.lanes[0].milestones[0].x < shown.width
    assert [milestone.latest.id for milestone in shown.milestones] == [1]


def test_a_milestone_far_ahead_does_not_squeeze_the_past():
    shown = draw(band("mooted", START, None), ticks=(due_on(date(2040, 1, 1)),))
    assert shown.now_x > 0.7 * shown.width


def test_a_milestone_far_back_does_not_squeeze_what_was_said():
    far, near = due_on(date(1000, 1, 1)), due_on(START - timedelta(days=20))
    talk = said_on(date(2025, 10, 1), 1)
    shown = draw(band("mooted", START, None), ticks=(far, near, talk))
    alone = draw(band("mooted", START, None), ticks=(near, talk))
    assert (shown.axis, shown.lanes[0].milestones) == (alone.axis, alone.lanes[0].milestones)
    assert shown.now_x - shown.lanes[0].bands[0].x > 0.6 * shown.width


def test_where_nothing_was_said_the_axis_begins_at_the_first_milestone():
    shown = draw(ticks=(due_on(date(1000, 1, 1)), due_on(START)))
    assert len(shown.lanes[0].milestones) == 2


def test_a_long_silence_is_shortened():
    spoken = said_on(date(2025, 10, 13), 2)
    shown = draw(band("mooted", START, None), ticks=(spoken,), on=date(2026, 11, 24))
    assert shown.break_x is not None
    assert shown.lanes[0].strokes[0].x > 0.7 * shown.width
    assert draw(band("mooted", START, None), ticks=(spoken,)).break_x is None


def test_more_statements_make_a_taller_stroke_up_to_a_limit():
    ticks = tuple(said_on(START + timedelta(days=n), n) for n in (1, 2, 4, 9))
    strokes = draw(ticks=ticks).lanes[0].strokes
    assert [stroke.height for stroke in strokes] == [6, 8, 12, 12]


def test_strokes_share_the_room_between_them():
    days = (START, START + timedelta(days=1), START + timedelta(days=180))
    one, other, far = draw(ticks=tuple(said_on(day, 1) for day in days)).lanes[0].strokes
    assert one.left + one.width == pytest.approx(other.left, abs=0.2)
    assert far.width == 24


def test_a_single_day_can_be_drawn():
    on = date(2025, 10, 1)
    shown = draw(band("mooted", on, None), on=on)
    assert 0 <= shown.lanes[0].bands[0].x <= shown.width


def test_a_picture_that_leaves_statements_out_says_so():
    said = (said_on(START, 2),)
    since = START + timedelta(days=1)
    shown = draw(ticks=said, statements_since=since)
    assert (shown.whole, shown.lanes[0].statements_since) == (False, since)
    assert draw(ticks=said).whole


def test_marks_tell_what_when_who_and_where():
    (lane,) = draw(band("mooted", START, None), ticks=(said_on(START, 1),)).lanes
    voice = ("“We agreed.”", "Somebody, 1 April 2025")
    told = ("Track: Something", "Mooted, Steady since 1 April 2025 (the desk’s reading)")
    assert lane.bands[0].hint.lines == (*told, *voice)
    assert lane.bands[0].hint.href == "/n/t/?known_on=2025-10-14&kind=status_change#n7"
    assert lane.strokes[0].hint.lines == ("1 April 2025: 1 statement", *voice)
    assert lane.strokes[0].hint.href == "/statements/1/?known_on=2025-10-14"
    with translation.override("ko"):
        (lane,) = draw(ticks=(said_on(START, 1),)).lanes
    assert lane.strokes[0].hint.lines[1] == "합의했다. (요약)"


def test_a_period_is_drawn_from_its_first_day_to_its_last():
    since, until = date(2025, 5, 1), date(2025, 5, 31)
    spoken = said_on(date(2025, 5, 31), 1)
    shown = draw(band("mooted", START, None), ticks=(spoken,), since=since, until=until)
    (lane,) = shown.lanes
    assert (shown.now_x, shown.end) == (None, until)
    assert (lane.bands[0].x, lane.bands[0].width) == (0, lane.strokes[0].x)
    assert [mark.label for mark in shown.axis] == ["8 May", "15 May", "22 May"]


def test_silence_covers_the_band_and_is_said_in_words():
    quiet = Silence(since=date(2025, 6, 1), until=None)
    (lane,) = draw(band("mooted", START, None), silences=(quiet,)).lanes
    (drawn,) = lane.silences
    assert drawn.told == "Silent from 1 June 2025 to 14 October 2025: 135 days"
    assert (drawn.label, lane.momentum) == ("silent", "silent")


@pytest.mark.parametrize(
    ("days", "looked", "told"),
    [
        (1, None, "Seoul 1 day ago"),
        (0, None, "Seoul that day"),
        (None, None, "Seoul never"),
        (None, START, "Seoul not since 1 Apr 2025"),
    ],
)
def test_each_party_s_last_word_is_told(days, looked, told):
    word = LastWord(party=KR, said_on=None, statement=None, days=days, looked_since=looked)
    assert draw(band("mooted", START, None), words=(word,)).lanes[0].heard == (told,)
