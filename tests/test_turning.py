"""What would turn around the words after it is left out; nothing else is."""

from __future__ import annotations

import pytest

from negotiations.turning import unturned


@pytest.mark.parametrize("turning", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_embeddings_overrides_and_isolates_are_left_out(turning: str) -> None:
    assert unturned(f"a{turning}b") == "ab"


@pytest.mark.parametrize("text", ["", "שלום", "\u200eעברית\u200f", "한미 협상 \u200b"])
def test_letters_and_marks_of_any_script_stay(text: str) -> None:
    assert unturned(text) == text
