"""Whether a date agrees with the phrase it was taken from."""

from __future__ import annotations

import pytest
from django.utils import translation

from negotiations.pages.desk.phrases import disagreements

SEOUL, WASHINGTON = "Asia/Seoul", "America/New_York"


@pytest.mark.parametrize(
    "phrase",
    [
        "on Wednesday", "Wed.", "수요일", "1일(수)", "지난 1일(현지시간)", "October 1", "1 Oct.",
        "the 1st of October", "10월 1일", "on Tuesday and Wednesday", "15일간", "사흘 뒤", "today",
        "", "the sun rose", "within 15 days", "two weeks",
    ],
)  # fmt: skip
def test_a_phrase_that_fits_is_not_spoken_of(phrase: str) -> None:
    assert disagreements(phrase, "2025-10-01", SEOUL) == ()


def test_another_weekday_is_pointed_out() -> None:
    told = "The phrase says “Friday”, but 1 October 2025 is a Wednesday in Seoul."
    assert disagreements("on Friday", "2025-10-01", SEOUL) == (told,)


def test_another_weekday_is_pointed_out_in_korean() -> None:
    assert len(disagreements("지난 금요일", "2025-10-01", SEOUL)) == 1
    with translation.override("ko"):
        told = "출처의 표현은 ‘금요일’인데, 서울에서 2025년 10월 1일은 수요일입니다."
        assert disagreements("지난 금요일", "2025-10-01", SEOUL) == (told,)


@pytest.mark.parametrize("phrase", ["on the 2nd", "October 2", "2 October", "지난 2일", "9월 1일"])
def test_another_day_is_pointed_out(phrase: str) -> None:
    (told,) = disagreements(phrase, "2025-10-01", SEOUL)
    assert told.endswith("but the date is 1 October 2025 in Seoul.")


def test_weekday_and_day_are_two_sentences() -> None:
    assert len(disagreements("Friday, October 3", "2025-10-01", SEOUL)) == 2


def test_an_instant_has_the_day_of_its_zone() -> None:
    night = "2025-10-02T09:30+09:00"
    assert disagreements("on Thursday", night, SEOUL) == ()
    assert disagreements("on Wednesday", night, WASHINGTON) == ()
    assert len(disagreements("on Thursday", night, WASHINGTON)) == 1


def test_any_day_of_a_span_will_do() -> None:
    assert disagreements("on Thursday", "2025-10-01/2025-10-03", SEOUL) == ()
    assert len(disagreements("on Monday", "2025-10-01/2025-10-03", SEOUL)) == 1


@pytest.mark.parametrize("said_on", ["2025", "../2025-10-01", "yesterday", ""])
def test_of_what_is_vague_or_unreadable_nothing_is_said(said_on: str) -> None:
    assert disagreements("on Friday the 2nd", said_on, SEOUL) == ()


def test_of_an_unknown_zone_nothing_is_said() -> None:
    assert disagreements("on Friday", "2025-10-01", "Mars/Base") == ()
