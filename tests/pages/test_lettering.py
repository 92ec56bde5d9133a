"""How long words are about, and how they are made to fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from negotiations.pages.lettering import fitting, in_lines, length

NAME = "대한민국의 아주 긴 이름을 가진 수도"


def test_hangul_is_nearly_twice_as_long() -> None:
    assert length("ab", letter=7) == 14
    assert length("한글", letter=7) == 7 * 2 * 1.9


def test_what_fits_is_left_alone() -> None:
    assert fitting("Seoul", 100, letter=6.4) == "Seoul"
    assert in_lines("한", 90, most=2, letter=6.4) == ["한"]


def test_what_does_not_fit_is_cut() -> None:
    assert fitting(NAME, 100, letter=6.4) == "대한민국의 아주…"


def test_words_are_broken_into_lines() -> None:
    told = in_lines("a very long name of a track that never ends", 90, most=2, letter=6.3)
    assert told == ["a very long", "name of a…"]


def test_a_word_that_is_longer_than_a_line_is_broken() -> None:
    assert in_lines("abcdefgh", 4, most=3, letter=1) == ["abcd", "efgh"]


def test_no_words_are_one_empty_line() -> None:
    assert in_lines("", 90, most=2, letter=6.3) == [""]


@given(st.text(), st.integers(20, 200), st.integers(1, 4))
def test_no_line_is_longer_than_its_room(words: str, room: int, most: int) -> None:
    lines = in_lines(words, room, most=most, letter=6.3)
    assert 1 <= len(lines) <= most
    assert all(length(line, letter=6.3) <= room for line in lines)
