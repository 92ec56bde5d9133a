"""Floor 0: what each word of the vocabulary means, in English and Korean."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from negotiations.vocabulary import VOCABULARIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a vocabulary, as readers are told it."""

    vocabulary: str
    word: str
    label_en: str
    label_ko: str
    definition_en: str
    definition_ko: str


@cache
def definitions() -> dict[tuple[str, str], Word]:
    """All words by (vocabulary, word), in the order of the enums."""
    with (Path(__file__).parent / "definitions.toml").open("rb") as file:
        texts = tomllib.load(file)
    return {
        (name, word): Word(vocabulary=name, word=word, **texts[name][word])
        for name, words in VOCABULARIES.items()
        for word in words
    }


def define(vocabulary: str, word: str) -> Word:
    """The definition of one word; KeyError when there is no such word."""
    return definitions()[(vocabulary, word)]
