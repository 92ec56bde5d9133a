"""Excerpts: pieces of text, the hits among them right in both scripts and however composed."""

from __future__ import annotations

import unicodedata

import pytest

from negotiations.queries.excerpts import LENGTH, Passage, excerpts, folded
from negotiations.queries.search_terms import read_terms
from negotiations.queries.shapes import Excerpt

pytestmark = pytest.mark.django_db


def cut(q: str, *texts: str, beside: tuple[str, ...] = ()) -> tuple[Excerpt, ...]:
    """The excerpts of one row with these texts."""
    told, more = (
        [Passage(field=f"{name}{n}", language="en", text=text) for n, text in enumerate(texts)]
        for name, texts in (("text", texts), ("beside", beside))
    )
    return excerpts({1: (told, more)}, read_terms(q))[1]


def hits(excerpt: Excerpt) -> list[str]:
    """What is marked."""
    return [segment.text for segment in excerpt.segments if segment.hit]


def whole(excerpt: Excerpt) -> str:
    """The pieces joined."""
    return "".join(segment.text for segment in excerpt.segments)


@pytest.mark.parametrize(
    ("q", "text", "marked"),
    [
        ("tariff", "Tariffs, a tariff; no tarifa.", ["Tariffs", "tariff"]),
        ("talks tariff", "They talked of TARIFFS.", ["talked", "TARIFFS"]),
        ('"currency swap"', "A swap of currency, a currency swap.", ["currency swap"]),
        ('"currency swaps"', "The Currency-swap.", ["Currency-swap"]),
        ("tar*", "Tariffs and tarps, not a guitar.", ["Tariffs", "tarps"]),
        ("café", "A cafe, a CAFÉ.", ["cafe", "CAFÉ"]),
        ("1000000", "Some 1,000,000 won.", ["1,000,000"]),
        ("관세", "관세를 25% 관세로", ["관세", "관세"]),
        ("화스", "통화스와프", ["화스"]),
        ("통화스와프 관세", "관세와 통화스와프", ["관세", "통화스와프"]),
        ('"통화 스와프"', "통화 스와프, 통화와 스와프", ["통화 스와프"]),
        ('"관세 25"', "관세, 25%", ["관세, 25"]),
        ("tariff -rice", "Rice and tariff.", ["tariff"]),
        ("swap.*", "A swap. Any.", ["swap"]),
        ("US", "The U.S. and us.", ["U.S.", "us"]),
        ("U.S.", "The U.S. and the US", ["U.S.", "US"]),
        ("Seoul's", "Seoul’s word, and Seoul.", ["Seoul", "Seoul"]),
        ("3,500억", "3,500억 달러, 3500억", ["3,500억", "3500억"]),
        ("3500억", "3,500억 달러", ["3,500억"]),
        ("한·미", "한미 동맹", ["한미"]),
        ("tariff ’s", "A tariff.", ["tariff"]),
    ],
)
def test_hits_are_marked_in_their_forms(q: str, text: str, marked: list[str]) -> None:
    (excerpt,) = cut(q, text)

    assert hits(excerpt) == marked
    assert whole(excerpt) == text
    assert (excerpt.cut_before, excerpt.cut_after) == (False, False)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_decomposed_text_is_shown_and_marked_composed(form: str) -> None:
    text = unicodedata.normalize(form, "어제 통화스와프를 논의했다.")
    (excerpt,) = cut(unicodedata.normalize(form, "스와프"), text)

    assert [(s.text, s.hit) for s in excerpt.segments] == [
        ("어제 통화", False), ("스와프", True), ("를 논의했다.", False),
    ]  # fmt: skip


@pytest.mark.parametrize("place", [0, 30, 100, 190, 199])
@pytest.mark.parametrize("word", ["tariffs", "관세를"])
def test_a_long_text_is_cut_around_the_first_hit_between_words(place: int, word: str) -> None:
    words = [f"word{n}" for n in range(200)]
    words[place] = word
    (excerpt,) = cut("tariff" if word == "tariffs" else "관세", " ".join(words))

    told = whole(excerpt)
    assert len(hits(excerpt)) == 1
    assert len(told) <= LENGTH + 10
    assert excerpt.cut_before is not told.startswith(words[0])
    assert excerpt.cut_after is not told.endswith(words[-1])
    assert set(told.split()) <= set(words)


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    (excerpt,) = cut("관세", "가" * 1_000 + "관세" + "나" * 1_000)

    assert hits(excerpt) == ["관세"]
    assert len(whole(excerpt)) == LENGTH


def test_without_a_hit_the_text_begins_and_what_holds_it_follows() -> None:
    first, name = cut("cho", "They have agreed.", "합의했다.", beside=("Cho Hyun", "Reuters"))

    assert (whole(first), hits(first)) == ("They have agreed.", [])
    assert (whole(name), hits(name)) == ("Cho Hyun", ["Cho"])


def test_a_row_without_texts_has_no_excerpt() -> None:
    assert cut("cho") == ()


def test_text_stays_text() -> None:
    (excerpt,) = cut("swap", "<b>swap</b> & <script>")

    assert whole(excerpt) == "<b>swap</b> & <script>"


@pytest.mark.parametrize(("word", "plain"), [("CAFÉ", "cafe"), ("1,000", "1000"), ("Ｔ", "t")])
def test_words_are_compared_as_the_database_does(word: str, plain: str) -> None:
    assert folded(word) == plain
