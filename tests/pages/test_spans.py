"""Numbers of days in words: exact where the dates are, and honest where they are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from negotiations.pages.spans import days_in_words, due_in_words, moves_in_words, shift_in_words
from negotiations.queries.milestones import milestone_state
from negotiations.queries.shapes import Days, Shift
from tests.pages.shapes import promise

ON = date(2025, 10, 14)


@pytest.mark.parametrize(
    ("least", "most", "exact", "english", "korean"),
    [
        (1, 1, True, "1 day", "1일"),
        (24, 24, True, "24 days", "24일"),
        (-24, -24, True, "24 days", "24일"),
        (1200, 1200, True, "1,200 days", "1,200일"),
        (5, 5, False, "about 5 days", "약 5일"),
        (13, 15, False, "about 2 weeks", "약 2주"),
        (17, 17, False, "about 2 weeks", "약 2주"),
        (30, 31, False, "about 1 month", "약 1개월"),
        (90, 92, False, "about 3 months", "약 3개월"),
        (15, 45, False, "15 to 45 days", "15~45일"),
        (-45, -15, False, "15 to 45 days", "15~45일"),
        (15, None, False, "at least 15 days", "최소 15일"),
        (None, -15, False, "at least 15 days", "최소 15일"),
        (None, None, False, "an unknown number of days", "알 수 없는 기간"),
    ],
)
def test_days(least: int | None, most: int | None, exact: bool, english: str, korean: str) -> None:
    days = Days(least=least, most=most, exact=exact)
    assert days_in_words(days) == english
    with override("ko"):
        assert days_in_words(days) == korean


@pytest.mark.parametrize(
    ("direction", "english"),
    [
        ("later", "24 days later"),
        ("earlier", "24 days earlier"),
        ("narrowed", "made more precise"),
        ("widened", "made less precise"),
        ("same", "the same days in other words"),
    ],
)
def test_a_move(direction: str, english: str) -> None:
    assert shift_in_words(Shift(least=24, most=24, exact=True, direction=direction)) == english


def state(*dates: str, outcome: str = "open", on: date = ON) -> Any:
    """A milestone that was promised for these days in turn."""
    rows = [promise(day) for day in dates]
    return milestone_state([*rows[:-1], replace(rows[-1], outcome=outcome)], on=on)


@pytest.mark.parametrize(
    ("dates", "english"),
    [
        (("2025-10-01",), ""),
        (("2025-10-01", "2025-10-25"), "Moved once: 24 days later."),
        (("2025-10-01", "2025-10-11", "2025-10-25"), "Moved 2 times: 24 days later in all."),
        (("2025-10-25", "2025-10-01"), "Moved once: 24 days earlier."),
        (
            ("2025-10-01", "2025-10-25", "2025-10-01"),
            "Moved 2 times: in all no later and no earlier than first promised.",
        ),
    ],
)
def test_how_often_and_how_far(dates: tuple[str, ...], english: str) -> None:
    told = state(*dates)
    assert moves_in_words(told.moves, told.moved) == english


def test_what_became_only_more_precise_did_not_move() -> None:
    vague = replace(promise("2025-10"), due_lower=date(2025, 10, 1), due_upper=date(2025, 10, 31))
    told = milestone_state([vague, promise("2025-10-20")], on=ON)
    assert moves_in_words(told.moves, told.moved) == "Made more precise."


@pytest.mark.parametrize(
    ("due_on", "outcome", "english"),
    [
        ("2025-10-31", "open", "in 17 days"),
        ("2025-10-14", "open", "today"),
        ("2025-10-02", "open", "overdue by 12 days"),
        ("2025-10-02", "met", ""),
        ("2025-10-31", "cancelled", ""),
    ],
)
def test_how_long_it_is(due_on: str, outcome: str, english: str) -> None:
    assert due_in_words(state(due_on, outcome=outcome)) == english


def test_a_meeting_is_not_overdue() -> None:
    told = milestone_state([replace(promise("2025-10-02"), kind="meeting")], on=ON)
    assert due_in_words(told) == "12 days ago"


@pytest.mark.parametrize(
    ("text", "lower", "upper", "english"),
    [
        ("2025-10-31/2025-11-01", date(2025, 10, 31), date(2025, 11, 1), "in 17 days"),
        ("../2025-10-31", date.min, date(2025, 10, 31), "in 17 days"),
        ("2025-11", date(2025, 11, 1), date(2025, 11, 30), "in 18 to 47 days"),
        ("2025-10~", date(2025, 10, 1), date(2025, 10, 31), "now, until about 2 weeks from today"),
        ("2025-10-10/2025-10-20", date(2025, 10, 10), date(2025, 10, 20),
         "now, until 6 days from today"),
        ("2025-10-14~", ON, ON, "about today"),
        ("2025-11-01/..", date(2025, 11, 1), date.max, "in 18 days at the earliest"),
        ("2025-10-01/..", date(2025, 10, 1), date.max, "may be any day now"),
        ("2025-09", date(2025, 9, 1), date(2025, 9, 30), "overdue by at least 14 days"),
        ("2025-10-04~", date(2025, 10, 4), date(2025, 10, 4), "overdue by about 10 days"),
    ],
)  # fmt: skip
def test_how_long_it_is_to_a_vague_date(text: str, lower: date, upper: date, english: str) -> None:
    row = replace(promise("2025-10-01"), due_on=text, due_lower=lower, due_upper=upper)
    assert due_in_words(milestone_state([row], on=ON)) == english
