"""Figures with their units, as newspapers write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from negotiations.pages.figures import figure, qualified


@pytest.mark.parametrize(
    ("amount", "amount_to", "unit", "english", "korean"),
    [
        ("15", None, "percent", "15%", "15%"),
        ("8.200000", None, "percent", "8.2%", "8.2%"),
        ("3.5", "5", "percent", "3.5–5%", "3.5~5%"),
        ("350", None, "usd_billion", "US$350 billion", "3,500억 달러"),
        ("20", None, "usd_billion_per_year", "US$20 billion a year", "연 200억 달러"),
        ("1.5", None, "krw_trillion", "₩1.5 trillion", "1.5조 원"),
        ("1200", None, "count", "1,200", "1,200"),
        ("100.000000", None, "none", "100", "100"),
    ],
)
def test_figures(amount, amount_to, unit, english, korean):
    numbers = Decimal(amount), Decimal(amount_to) if amount_to else None
    assert figure(*numbers, unit, "en") == english
    assert figure(*numbers, unit, "ko") == korean


@pytest.mark.parametrize(
    ("qualifier", "english", "korean"),
    [
        ("exactly", "15%", "15%"),
        ("about", "about 15%", "약 15%"),
        ("up_to", "up to 15%", "최대 15%"),
        ("at_least", "at least 15%", "최소 15%"),
        ("below", "below 15%", "15% 미만"),
        ("above", "above 15%", "15% 초과"),
    ],
)
def test_qualifiers(qualifier, english, korean):
    assert qualified("15%", qualifier, "en") == english
    assert qualified("15%", qualifier, "ko") == korean
