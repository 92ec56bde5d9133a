"""Which story an item is another print of; that items are folded is told in test_catching.py."""

from __future__ import annotations

import pytest

from negotiations.likeness import bands_of
from negotiations.models import Clipping
from negotiations.operations.stories import Stories, Story

WORDS = "The two sides came closer to a deal today"


def _known(title: str, text: str) -> Stories:
    stories = Stories()
    row = Clipping(title=title, text=text)
    bands = bands_of(f"{title}\n{text}")
    stories.add(Story(row=row, bands=bands), digest="a", title=title)
    return stories


def _found(stories: Stories, *, digest: str = "b", title: str = "x", text: str = "") -> bool:
    bands = bands_of(f"{title}\n{text}")
    return stories.print_of(digest=digest, bands=bands, title=title, text=text) is not None


@pytest.mark.parametrize(
    ("title", "known"),
    [
        (WORDS, True),
        (WORDS.upper() + "!", True),
        ("Close to a deal today", False),
        ("", False),
    ],
)
def test_a_title_that_says_enough_tells_a_story(title: str, known: bool) -> None:
    assert _found(_known(WORDS, "One text."), title=title, text="Another one.") is known


@pytest.mark.parametrize("title", ["Statement", "논평", "12345"])
def test_a_title_that_says_little_tells_none(title: str) -> None:
    assert not _found(_known(title, "One text."), title=title, text="Another one, of its own.")


def test_an_address_tells_a_story_whatever_is_said() -> None:
    assert _found(_known(WORDS, "One text."), digest="a")


def test_of_thousands_that_are_near_the_nearest_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Texts whose numbers are one, though no two of them are alike by their letters."""
    stories, read = Stories(), list[int]()
    bands = bands_of(WORDS)
    for number in range(1000):
        row = Clipping(title="", text=f"{number} " * 50)
        stories.add(Story(row=row, bands=bands), digest=f"d{number}", title="")

    def text(self: Story) -> str:
        read.append(1)
        assert self.row is not None
        return self.row.text

    monkeypatch.setattr(Story, "text", text)
    assert stories.print_of(digest="x", bands=bands, title="", text=WORDS) is None
    assert len(read) == 10
