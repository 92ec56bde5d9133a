"""Vague dates as people write them."""

from __future__ import annotations

import pytest

from negotiations.queries.written_dates import date_en, date_ko


@pytest.mark.parametrize(
    ("edtf", "en", "ko"),
    [
        ("2025-10-31", "31 October 2025", "2025년 10월 31일"),
        ("2025-10", "October 2025", "2025년 10월"),
        ("2025", "2025", "2025년"),
        ("2025-10~", "about October 2025", "2025년 10월경"),
        ("2025-10-01?", "1 October 2025 (uncertain)", "2025년 10월 1일(불확실)"),
        ("2025%", "about 2025 (uncertain)", "2025년경(불확실)"),
        ("2025-23", "autumn 2025", "2025년 가을"),
        ("../2025-10-31", "by 31 October 2025", "2025년 10월 31일까지"),
        ("2025-10-01/..", "from 1 October 2025", "2025년 10월 1일부터"),
        ("2025-10/2025-11", "October 2025 to November 2025", "2025년 10월부터 2025년 11월까지"),
        ("2025-10-31T09:00:00+09:00", "31 October 2025", "2025년 10월 31일"),
        ("2025-10-XX", "2025-10-XX", "2025-10-XX"),
        ("2025-23-01", "2025-23-01", "2025-23-01"),
        ("Y17000", "Y17000", "Y17000"),
    ],
)
def test_dates(edtf: str, en: str, ko: str) -> None:
    assert (date_en(edtf), date_ko(edtf)) == (en, ko)
