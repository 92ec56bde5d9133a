"""Rows and words of the vocabulary as the reader reads them: plain text in the page's language."""

from __future__ import annotations

from typing import Any

from negotiations.definitions import define
from negotiations.languages import chosen
from negotiations.pages.frames import language_now


def said(row: Any, field: str) -> str:
    """`field`_en or `field`_ko by the page's language, or the other where that alone is written."""
    return chosen(row, field, language_now())[0]


def label(vocabulary: str, word: str | None, language: str = "") -> str:
    """The label of a word of the vocabulary, the reader's where no language is named.

    Empty for no word.
    """
    if not word:
        return ""
    return chosen(define(vocabulary, word), "label", language or language_now())[0]
