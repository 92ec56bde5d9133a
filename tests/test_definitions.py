"""Every word of the vocabulary is told to readers in both languages, and no other."""

from __future__ import annotations

import re
import tomllib
from dataclasses import astuple
from pathlib import Path

import pytest

from negotiations import definitions as room
from negotiations.definitions import define, definitions
from negotiations.vocabulary import VOCABULARIES

HANGUL = re.compile(r"[가-힣]")


def test_the_words_are_those_of_the_vocabulary_in_its_order() -> None:
    assert list(definitions()) == [
        (name, word.value) for name, words in VOCABULARIES.items() for word in words
    ]


def test_no_other_word_is_written_down() -> None:
    texts = tomllib.loads((Path(room.__file__).parent / "definitions.toml").read_text("utf-8"))
    written = {(name, word) for name, words in texts.items() for word in words}
    assert written == set(definitions())


@pytest.mark.parametrize("word", definitions().values(), ids=lambda w: f"{w.vocabulary}-{w.word}")
def test_a_word_has_label_and_definition_in_both_languages(word: room.Word) -> None:
    assert [text for text in astuple(word) if text != text.strip() or not text] == []
    assert HANGUL.search(word.definition_ko)
    assert not HANGUL.search(word.label_en + word.definition_en)


def test_a_word_that_is_none_has_no_definition() -> None:
    with pytest.raises(KeyError):
        define("stage", "stalled")
