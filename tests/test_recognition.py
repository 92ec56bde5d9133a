"""Words of a list, found in a text."""

from __future__ import annotations

import unicodedata

import pytest

from negotiations.recognition import WordList, is_korean

WORDS = WordList(
    {
        "swap": ["currency swap", "통화스와프"],
        "fx": ["currency", "환율"],
        "tariffs": ["tariff", "관세", "Section 232"],
        "wi": ["Wi Sung-lac", "위성락"],
    }
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tariffs on cars", {"tariffs": ["tariff"]}),
        # A word that begins a longer one stands there as well.
        ("A CURRENCY\n swap", {"swap": ["currency swap"], "fx": ["currency"]}),
        ("currency swaps and the currency", {"swap": ["currency swap"], "fx": ["currency"]}),
        ("tariffication and subtariff", {}),
        ("the tariff's end", {"tariffs": ["tariff"]}),
        ("관세를 낮추고 통화스와프는", {"tariffs": ["관세"], "swap": ["통화스와프"]}),
        (unicodedata.normalize("NFD", "위성락 실장은"), {"wi": ["위성락"]}),
        ("Mr. Wi Sung-lac said", {"wi": ["wi sung-lac"]}),
        ("section 232", {"tariffs": ["section 232"]}),
        ("tariff-free", {"tariffs": ["tariff"]}),
        ("", {}),
    ],
)
def test_words_are_found(text: str, found: dict[str, list[str]]) -> None:
    assert WORDS.found(text) == found


def test_an_empty_list_finds_nothing() -> None:
    assert WordList({"a": ["", "  "]}).found("a") == {}


@pytest.mark.parametrize(
    ("text", "korean"),
    [
        ("관세 협상", True),
        ("Seoul (서울)", True),
        ("A long English text 한국", False),
        ("12", False),
    ],
)
def test_korean_is_told_by_its_letters(text: str, korean: bool) -> None:
    assert is_korean(text) is korean
