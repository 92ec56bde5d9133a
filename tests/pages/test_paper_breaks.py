"""Words without an end may be broken on paper, others stay whole."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from negotiations.models import Negotiation, Term, Track
from negotiations.pages.paper_breaks import all_breakable, breakable
from negotiations.pages.papers import Line, Run
from tests import factories as make
from tests.pages.paper import pages_of
from tests.pages.scenes import Scene

BREAK = "\u200b"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("a" * 24, "a" * 24),
        ("a" * 50, BREAK.join(("a" * 16, "a" * 16, "a" * 16, "aa"))),
        ("가" * 24, "가" * 24),
        ("가" * 25, BREAK.join(("가" * 8, "가" * 8, "가" * 8, "가"))),
        (f"one {'b' * 25} two", f"one {'b' * 16}{BREAK}{'b' * 9} two"),
    ],
)
def test_words_of_more_than_24_letters_may_end_a_line(text: str, told: str) -> None:
    assert breakable(text) == told


@every(st.text())
def test_nothing_else_is_added_and_nothing_is_lost(text: str) -> None:
    assert breakable(text).replace(BREAK, "") == text.replace(BREAK, "")
    assert breakable(breakable(text)) == breakable(text)


def test_addresses_stay_as_they_are() -> None:
    line = Line(title=Run("a" * 30, "en"), path="/" + "a" * 30)
    told = all_breakable(asdict(line))
    assert told["title"]["text"] == f"{'a' * 16}{BREAK}{'a' * 14}"
    assert told["path"] == line.path


@pytest.mark.django_db
@pytest.mark.parametrize("letter", ["W", "가"])
@pytest.mark.parametrize("kind", ["brief", "handover"])
def test_paper_is_set_from_such_words(reader: Any, shown: Scene, kind: str, letter: str) -> None:
    word = letter * 120
    for rows, field in ((Negotiation, "title"), (Track, "title"), (Term, "name")):
        rows._default_manager.update(**{f"{field}_en": word, f"{field}_ko": word})
    said = make.StatementFactory(
        tracks=[shown.track], paraphrase_en=letter * 300, paraphrase_ko=letter * 300,
        parties=[make.PartyFactory(code="US")],
    )  # fmt: skip
    make.StatusChangeFactory(
        track=shown.track, basis=said, headline_en=letter * 190, headline_ko=letter * 190,
        effective_on="2025-10-05",
    )  # fmt: skip
    paper = reader.get(f"/rok-us/{kind}.pdf?known_on=2025-10-14").content
    assert pages_of(paper) <= (1 if kind == "brief" else 2)
