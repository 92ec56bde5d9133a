"""How to read this: the same chapters in both languages."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def test_both_languages_have_the_same_chapters_and_links(reader: Any) -> None:
    english, korean = reader.read("/about/"), reader.read("/ko/about/")
    chapters = [[e.attributes["id"] for e in page.all("h2")] for page in (english, korean)]
    assert chapters[0] == chapters[1]
    assert len(chapters[0]) == 9
    links = [
        [e.attributes["href"].removeprefix("/ko") for e in page.within("article", "a")]
        for page in (english, korean)
    ]
    assert sorted(links[0]) == sorted(links[1])


def test_links_into_the_vocabulary_have_a_target(reader: Any) -> None:
    targets = {
        e.attributes["id"] for e in reader.read("/vocabulary/").elements if "id" in e.attributes
    }
    hrefs = [e.attributes["href"] for e in reader.read("/about/").within("article", "a")]
    anchors = {href.partition("#")[2] for href in hrefs if "/vocabulary/#" in href}
    assert anchors
    assert anchors <= targets
