"""The passage that is nearest to a quotation that does not stand in a text word for word."""

from __future__ import annotations

import random
import time

import pytest

from negotiations.operations.passages import Passage, nearest_passage

TEXT = (
    "The minister said:\n“We are  very close to a deal.” Asked when, he said, “Soon, I hope.”"
    " 장관은 협상이 거의 다 끝났다고 말했다."
)


@pytest.mark.parametrize(
    ("quotation", "passage"),
    [
        ("We are very close to a deal.", "“We are  very close to a deal.”"),
        ("we were very close to the deal", "“We are  very close to a deal.”"),
        ("'Soon i hope'", "“Soon, I hope.”"),
        ("협상은 거의 다 끝났다", "협상이 거의 다 끝났다고"),
    ],
)
def test_the_nearest_passage_is_whole_words(quotation: str, passage: str) -> None:
    found = nearest_passage(TEXT, quotation)
    assert found is not None
    assert TEXT[found.start : found.end] == passage
    assert 0.6 <= found.similarity <= 1


def test_a_passage_that_stands_there_is_quite_like_itself() -> None:
    start = TEXT.index("Asked when")
    assert nearest_passage(TEXT, "Asked when") == Passage(
        start=start, end=start + 11, similarity=1.0
    )


@pytest.mark.parametrize(
    ("text", "quotation"), [("", "a"), ("a", ""), (TEXT, " "), (TEXT, "QXZJ QXZJ")]
)
def test_where_nothing_is_near_nothing_is_offered(text: str, quotation: str) -> None:
    assert nearest_passage(text, quotation) is None


def test_offsets_count_code_points_of_the_text_as_it_is() -> None:
    text = "İstanbul’da: “Yakınız” 🕊️ dedi."
    found = nearest_passage(text, '"yakiniz"')
    assert found is not None
    assert text[found.start : found.end] == "“Yakınız”"


def test_a_script_without_spaces_keeps_the_edges_found() -> None:
    text = "協議は" * 100 + "合意に近いと大臣は述べた" + "。続報を待つ" * 100
    found = nearest_passage(text, "合意に近いと大臣は述べました")
    assert found is not None
    assert found.end - found.start < 20


def test_a_long_text_takes_a_moment_only() -> None:
    chosen = random.Random(1)
    words = ["".join(chosen.choices("abcdefghij", k=6)) for _ in range(60_000)]
    text = " ".join(words)
    began = time.monotonic()
    assert nearest_passage(text, " ".join([*words[40_000:40_020], "end"])) is not None
    assert time.monotonic() - began < 3
