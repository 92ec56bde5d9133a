"""Rows and words of the vocabulary in the page's language."""

from __future__ import annotations

from types import SimpleNamespace

from django.utils import translation

from negotiations.languages import chosen
from negotiations.pages.wording import label, said

BOTH = SimpleNamespace(title_en="Swap", title_ko="스와프")
ENGLISH = SimpleNamespace(title_en="Swap", title_ko="")


def test_a_row_is_said_in_the_language_of_the_page() -> None:
    with translation.override("ko"):
        assert said(BOTH, "title") == "스와프"
    with translation.override("en"):
        assert said(BOTH, "title") == "Swap"


def test_what_is_written_in_one_language_is_said_in_it() -> None:
    with translation.override("ko"):
        assert said(ENGLISH, "title") == "Swap"
    assert chosen(ENGLISH, "title", "ko") == ("Swap", "en")


def test_a_word_has_its_label_and_none_has_none() -> None:
    with translation.override("ko"):
        assert label("stage", "signed") == "서명"
    with translation.override("en"):
        assert label("stage", "signed") == "Signed"
    assert label("stage", None) == label("stage", "") == ""
