"""A source: what it is, how far it is trusted, what was taken from it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests import factories as make
from tests.pages.parts import facts
from tests.pages.scenes import LATER, Scene

pytestmark = pytest.mark.django_db
CLOCK = "?known_on=2025-10-14"


def test_its_facts(reader: Any, shown: Scene) -> None:
    page = reader.read(f"/sources/{shown.source.pk}/{CLOCK}")
    assert page.one("h1").words == "Swap talks"
    assert page.one("h1").attributes["lang"] == "en"
    told = facts(page)
    assert told["Publisher"] == "The Paper"
    assert told["Published"] == "1 October 2025"
    assert told["Language"] == "English"
    assert told["Address"] == f"paper.example{shown.source.url}"
    assert told["How"] == "Fetched"
    assert told["Captured"] == "14 October 2025, 12:00 Seoul"
    assert len(told["SHA-256"]) == 64
    assert told["Press"].startswith("The publisher does its own reporting")
    assert told["B – Usually reliable"].startswith("The publisher has been right")


def test_its_facts_in_korean(reader: Any, shown: Scene) -> None:
    told = facts(reader.read(f"/ko/sources/{shown.source.pk}/{CLOCK}"))
    assert told["발행처"] == "신문"
    assert told["언어"] == "영어"


def test_the_statements_taken_from_it(reader: Any, shown: Scene) -> None:
    page = reader.read(f"/sources/{shown.source.pk}/{CLOCK}")
    assert [e.words for e in page.all("blockquote")] == ["not optimistic,"]


def test_a_source_without_text_or_grade_says_so(reader: Any) -> None:
    source = make.SourceFactory()
    page = reader.read(f"/sources/{source.pk}/")
    assert "The text is not yet captured." in page.words
    assert facts(page)["Reliability"] == "not graded"
    assert "None yet" in page.words


def test_its_statements_are_paged(
    reader: Any, shown: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negotiations.pages.sources.PAGE_LENGTH", 2)
    for day in ("2025-09-28", "2025-09-29"):
        make.StatementFactory(source=shown.source, said_on=day, tracks=(shown.track,))
    first = reader.read(f"/sources/{shown.source.pk}/{CLOCK}")
    (older,) = first.all("a", rel="next")
    second = reader.read(older.attributes["href"])
    assert [len(page.all("figure")) for page in (first, second)] == [2, 1]
    assert second.all("a", rel="next") == []


def test_corrected_and_retracted(reader: Any, shown: Scene) -> None:
    newer = make.SourceFactory(supersedes=shown.source, title="Swap talks, mended", **LATER)
    old = reader.read(f"/sources/{shown.source.pk}/{CLOCK}")
    assert "This version was corrected. Read the newer version" in old.words
    assert "Reason given: A slip of the pen." in reader.read(f"/sources/{newer.pk}/{CLOCK}").words
    make.SourceFactory(
        supersedes=newer, withdrawn=True, correction_reason="It was a forgery.", **LATER
    )
    for pk in (shown.source.pk, newer.pk):
        words = reader.read(f"/sources/{pk}/{CLOCK}").words
        assert "This source was retracted. Reason given: It was a forgery." in words


def test_as_many_queries_for_three_statements_as_for_one(
    reader: Any, shown: Scene, query_count: Any
) -> None:
    asked = partial(query_count, lambda: reader.read(f"/sources/{shown.source.pk}/{CLOCK}"))

    once = asked()
    for _ in range(2):
        make.StatementFactory(
            source=shown.source, tracks=(make.TrackFactory(),), parties=[make.PartyFactory()]
        )
    assert asked() == once
