"""Texts that come in, and quotations in them."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.operations.texts import (
    Searched,
    blank,
    check_quotation,
    clean,
    find_quotation,
    level,
    mended,
)
from negotiations.refusals import Refusal

TEXT = "He said, “We are\n  close.” 협상은 끝났다."


def test_text_is_kept_in_composed_form_without_outer_space() -> None:
    assert clean(unicodedata.normalize("NFD", "  협상 é \n")) == "협상 é"


@pytest.mark.parametrize(
    "text",
    ["", " \n", "\u200b\u200d", "\ufeff \u2060", "\u00ad", "\u3164\u3000", "\u2800", "\u200e"],
)
def test_what_shows_nothing_is_no_text(text: str) -> None:
    assert (blank(text), clean(text)) == (True, "")


@pytest.mark.parametrize("text", ["a\u200bb", "\u200b협상", "👩\u200d👩", "\u200b.\u200b"])
def test_what_shows_anything_is_kept_with_what_joins_it(text: str) -> None:
    assert (blank(text), clean(text)) == (False, text)


def test_tabs_and_line_ends_inside_are_kept() -> None:
    assert clean("a\tb\r\nc") == "a\tb\r\nc"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x7f", "\ud800", "\uffff"])
def test_a_character_that_cannot_be_kept_is_refused(character: str) -> None:
    with pytest.raises(Refusal) as refused:
        clean(f"a{character}b", at="/title")
    assert (refused.value.code, refused.value.at) == ("bad_text", "/title")
    assert refused.value.facts == {"why": f"U+{ord(character):04X}"}


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ("“We are\n  close.”", (9, 26)),
        ('"We are close."', (9, 26)),
        ("We   are\tclose.", (10, 25)),
        ("협상은 끝났다.", (27, 35)),
        ("We are close", (10, 24)),
        ("we are close", None),
        ("We are not close", None),
        (".*", None),
        ("", None),
    ],
)
def test_a_quotation_is_found_whatever_its_marks_and_spaces(
    quotation: str, found: tuple[int, int] | None
) -> None:
    assert find_quotation(TEXT, quotation) == found


_LETTERS = st.text(alphabet="ab.*협 \n\t\u3000\x1c“\"”'‘«", max_size=30)


@given(text=_LETTERS, quotation=_LETTERS | st.just("ab"))
def test_it_is_found_where_its_words_first_stand_in_a_row(text: str, quotation: str) -> None:
    """As a pattern of its words with any white space between them finds it, only faster."""
    words = [re.escape(word) for word in level(quotation).split()]
    first = re.search(r"\s+".join(words), level(text)) if words else None
    assert Searched(text).find(quotation) == (first and first.span())


@given(text=_LETTERS, begin=st.integers(0, 30), length=st.integers(1, 30))
def test_what_stands_there_is_found_there_or_earlier(text: str, begin: int, length: int) -> None:
    part = text[begin : begin + length]
    found = find_quotation(text, part)
    assert (found is None) == (not part.split())
    if found is not None:
        check_quotation(text, part, *found)
        assert found[0] <= begin + len(part) - len(part.lstrip())


def test_a_quotation_stands_at_its_offsets_in_either_form_of_hangul() -> None:
    check_quotation(TEXT, unicodedata.normalize("NFD", "협상은 끝났다."), 27, 35)


@pytest.mark.parametrize(
    ("start", "end"), [(9, 25), (0, 0), (-26, 26), (26, 9), (9, 10**30), (10**30, 10**31), (8, 26)]
)
def test_wrong_offsets_are_refused(start: int, end: int) -> None:
    if (start, end) == (8, 26):
        # A space more at the edge is folded away.
        check_quotation(TEXT, "“We are close.”", start, end)
        return
    with pytest.raises(Refusal) as refused:
        check_quotation(TEXT, "“We are close.”", start, end)
    assert refused.value.code == "quotation_not_found"


def test_what_cannot_be_kept_is_left_out_of_a_text_that_nobody_can_mend() -> None:
    assert mended("a\x00b\r\nc\rd\ud800\ufffe\x1fe") == "ab\nc\nde"
    assert mended(unicodedata.normalize("NFD", "협상")) == "협상"


def test_a_text_is_levelled_letter_for_letter() -> None:
    assert level("“a”\n‘b’\u3000c") == "\"a\" 'b' c"
