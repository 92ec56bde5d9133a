"""Dates as people write them."""

from __future__ import annotations

import pytest

from negotiations.pages.dates import in_words, machine_form

WORDS = [
    ("2025-10-01", "1 October 2025", "2025년 10월 1일"),
    ("2025-07", "July 2025", "2025년 7월"),
    ("2025", "2025", "2025년"),
    ("2025-09-10~", "about 10 September 2025", "2025년 9월 10일경"),
    ("2025-10~", "about October 2025", "2025년 10월경"),
    ("2025-10-01?", "1 October 2025 (uncertain)", "2025년 10월 1일(불확실)"),
    ("2025-10%", "about October 2025 (uncertain)", "2025년 10월경(불확실)"),
    ("../2025-10-31", "by 31 October 2025", "2025년 10월 31일까지"),
    ("/2025-10-31", "by 31 October 2025", "2025년 10월 31일까지"),
    ("2025-11-01/..", "from 1 November 2025", "2025년 11월 1일부터"),
    ("2025-10-29/2025-10-30", "29–30 October 2025", "2025년 10월 29~30일"),
    (
        "2025-10-31/2025-11-01",
        "31 October 2025 – 1 November 2025",
        "2025년 10월 31일~11월 1일",
    ),
    ("2025-06/2025-08", "June 2025 – August 2025", "2025년 6월~8월"),
    ("2025-23", "autumn 2025", "2025년 가을"),
    ("2025-07-30T18:16:00-04:00", "30 July 2025", "2025년 7월 30일"),
    ("2025-13-01", "2025-13-01", "2025-13-01"),
    ("2025-23-01", "2025-23-01", "2025-23-01"),
    ("201X", "201X", "201X"),
    ("../..", "../..", "../.."),
]


@pytest.mark.parametrize(("text", "english", "korean"), WORDS)
def test_edtf_is_written_out_in_both_languages(text, english, korean):
    assert in_words(text, "en") == english
    assert in_words(text, "ko") == korean


@pytest.mark.parametrize(
    ("text", "english", "korean"),
    [
        ("2025-10-01", "1 Oct 2025", "2025. 10. 1."),
        ("2025-06-18", "18 Jun 2025", "2025. 6. 18."),
        ("2025-09-10~", "about 10 Sep 2025", "2025년 9월 10일경"),
        ("2025-10~", "about Oct 2025", "2025년 10월경"),
        ("2025-10-02%", "about 2 Oct 2025 (uncertain)", "2025년 10월 2일경(불확실)"),
        ("2025-10-02?", "2 Oct 2025 (uncertain)", "2025. 10. 2.(불확실)"),
        ("2025-10-02~/2025-11-03", "about 2 Oct 2025 – 3 Nov 2025", "2025년 10월 2일경~11월 3일"),
        ("../2025-10~", "by about Oct 2025", "2025년 10월경까지"),
        ("2025-10", "Oct 2025", "2025. 10."),
        ("../2025-10-31", "by 31 Oct 2025", "2025. 10. 31.까지"),
        ("2025", "2025", "2025년"),
    ],
)
def test_dense_places_have_a_short_form(text, english, korean):
    assert in_words(text, "en", short=True) == english
    assert in_words(text, "ko", short=True) == korean


@pytest.mark.parametrize(
    ("text", "machine"),
    [
        ("2025-10-01", "2025-10-01"),
        ("2025-10", "2025-10"),
        ("2025", "2025"),
        ("2025-07-30T18:16:00-04:00", "2025-07-30"),
        ("2025-09-10~", ""),
        ("2025-23", ""),
        ("../2025-10-31", ""),
        ("nonsense", ""),
    ],
)
def test_only_whole_dates_have_a_machine_form(text, machine):
    assert machine_form(text) == machine
