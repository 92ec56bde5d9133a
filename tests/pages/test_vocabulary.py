"""Every word has its place on the vocabulary page, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.definitions import definitions
from negotiations.pages.vocabulary import groups
from negotiations.vocabulary import VOCABULARIES

pytestmark = pytest.mark.django_db


def test_every_vocabulary_is_titled_and_explained() -> None:
    assert [group.name for group in groups()] == list(VOCABULARIES)
    assert [group.name for group in groups() if not group.summary] == []


@pytest.mark.parametrize("path", ["/vocabulary/", "/ko/vocabulary/"])
def test_every_word_stands_with_both_labels_and_definitions(reader: Any, path: str) -> None:
    page = reader.read(path)
    for (vocabulary, name), word in definitions().items():
        told = page.one("div", id=f"{vocabulary}-{name}").words
        for text in (word.label_en, word.label_ko, word.definition_en, word.definition_ko):
            assert " ".join(text.split()) in told


def test_the_contents_lead_to_every_group(reader: Any) -> None:
    page = reader.read("/ko/vocabulary/")
    hrefs = [e.attributes["href"] for e in page.all("a") if e.attributes["href"].startswith("#")]
    assert [f"#{name}" for name in VOCABULARIES] == hrefs[1:]
    assert [e.attributes["id"] for e in page.all("h2")] == list(VOCABULARIES)


def test_the_other_language_is_marked(reader: Any) -> None:
    page = reader.read("/vocabulary/")
    others = page.all("p", class_="other-definition")
    assert {e.attributes["lang"] for e in others} == {"ko"}
    assert len(others) == len(definitions())
