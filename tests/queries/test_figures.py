"""Figures as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from negotiations.queries.figures import figure_en, figure_ko


def figures(
    amount: str | None, unit: str, *, to: str | None = None, qualifier: str = "exactly"
) -> tuple[str, str]:
    said = {
        "amount": Decimal(amount) if amount else None,
        "amount_to": Decimal(to) if to else None,
        "unit": unit,
        "qualifier": qualifier,
    }
    return figure_en(**said, text="no opening"), figure_ko(**said, text="개방 없음")


@pytest.mark.parametrize(
    ("amount", "unit", "en", "ko"),
    [
        ("15.000000", "percent", "15 %", "15%"),
        ("8.2", "percent", "8.2 %", "8.2%"),
        ("0", "percent", "0 %", "0%"),
        ("350", "usd_billion", "$350 billion", "3,500억 달러"),
        ("8.4", "usd_billion", "$8.4 billion", "84억 달러"),
        ("0.5", "usd_billion", "$0.5 billion", "5억 달러"),
        ("0.05", "usd_billion", "$0.05 billion", "5,000만 달러"),
        ("1500", "usd_billion", "$1,500 billion", "1조 5,000억 달러"),
        ("0.000001", "usd_billion", "$0.000001 billion", "0.1만 달러"),
        ("20", "usd_billion_per_year", "$20 billion a year", "연간 200억 달러"),
        ("66", "krw_trillion", "66 trillion won", "66조 원"),
        ("66.2947", "krw_trillion", "66.2947 trillion won", "66조 2,947억 원"),
        ("0", "krw_trillion", "0 trillion won", "0 원"),
        ("28500", "count", "28,500", "28,500"),
        ("3", "none", "3", "3"),
    ],
)
def test_units(amount: str, unit: str, en: str, ko: str) -> None:
    assert figures(amount, unit) == (en, ko)


@pytest.mark.parametrize(
    ("qualifier", "en", "ko"),
    [
        ("exactly", "$20 billion a year", "연간 200억 달러"),
        ("about", "about $20 billion a year", "연간 약 200억 달러"),
        ("up_to", "up to $20 billion a year", "연간 최대 200억 달러"),
        ("at_least", "at least $20 billion a year", "연간 최소 200억 달러"),
        ("below", "below $20 billion a year", "연간 200억 달러 미만"),
        ("above", "above $20 billion a year", "연간 200억 달러 초과"),
    ],
)
def test_qualifiers_stand_where_each_language_has_them(qualifier: str, en: str, ko: str) -> None:
    assert figures("20", "usd_billion_per_year", qualifier=qualifier) == (en, ko)


@pytest.mark.parametrize(
    ("amount", "to", "unit", "en", "ko"),
    [
        ("15", "20", "percent", "15–20 %", "15~20%"),
        ("150", "200", "usd_billion", "$150–200 billion", "1,500억~2,000억 달러"),
        ("900", "1000", "usd_billion", "$900–1,000 billion", "9,000억~1조 달러"),
    ],
)
def test_ranges(amount: str, to: str, unit: str, en: str, ko: str) -> None:
    assert figures(amount, unit, to=to) == (en, ko)


def test_a_text_stays_a_text() -> None:
    assert figures(None, "none") == ("no opening", "개방 없음")
