"""How much room a brief has, and about how much of it each thing takes.

What is told is a fact and the same in both languages, so room is reckoned before anything is set:
in millimetres of the height of a page of A4, with texts of the size and the length that
pages.papers cuts them to on a middling level, and for whichever of the two languages takes more.
What sets the page then takes larger or smaller letters; here only the number of things is decided.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from negotiations.queries.shapes import StatementRecord

# Of a middling level: how wide titles, lines, quotations and titles of sources are at most.
_TITLE, _LINE, _QUOTE, _SOURCE = 60, 130, 140, 60
# Narrow letters in a line of the whole page, of the wide column of its grid, and of half a page.
WHOLE, WIDE, HALF = 128, 86, 60
_NOTE = 60
# Heights of a line of the text and of the endnotes, and what lies between two of them.
_HEIGHT, _GAP, _NOTE_HEIGHT, _NOTE_GAP = 3.65, 1.4, 2.83, 0.9


def width(text: str) -> int:
    """How wide a text is, in narrow letters: a Hangul syllable is two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def widest(row: Any, name: str, most: int = _LINE) -> int:
    """How wide `name`_en or `name`_ko is, whichever is wider, cut to `most`."""
    return min(max(width(getattr(row, f"{name}_{language}")) for language in ("en", "ko")), most)


def title(row: Any, name: str = "title") -> int:
    """The same of a title."""
    return widest(row, name, _TITLE)


def lines(letters: int, measure: int, columns: int = 1) -> float:
    """How high so many letters stand in lines of `measure` letters, in one of that many columns.

    One thing, with what lies between it and the next.
    """
    return (max(ceil(letters / measure), 1) * _HEIGHT + _GAP) / columns


def note_height(said: StatementRecord, *, words: bool, source: bool) -> float:
    """About how high an endnote is, in one of two columns.

    `words`, `source`: whether it tells the words, and the title of the source.
    """
    told = max(widest(said, "paraphrase", _QUOTE), min(width(said.quotation or ""), _QUOTE))
    letters = (
        title(said.speaker, "name")
        + title(said.speaker, "office")
        + title(said, "place")
        + (told + 14 if words else 0)
        + widest(said.source.publisher, "name", _SOURCE)
        + (min(width(said.source.title), _SOURCE) if source else 10)
        + 52
    )
    return (ceil(letters / _NOTE) * _NOTE_HEIGHT + _NOTE_GAP) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What there is to choose from, in the order of its weight, and its share of the space.

    `height` tells how high one of them is without its endnotes, `cited` what it rests on; `words`:
    whether the endnotes tell the words (else the part does).
    """

    wanted: Sequence[Any]
    share: float
    height: Callable[[Any], float]
    cited: Callable[[Any], Iterable[StatementRecord]]
    words: bool = True


@dataclass(slots=True)
class Space:
    """A height in millimetres that is being filled; an endnote takes room once."""

    left: float
    noted: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)

    def take(self, part: Part, one: Any, *, most: float) -> float | None:
        """Take room for it and tell how much; None where that were more than `most`, or is left."""
        new = {said.id: said for said in part.cited(one) if said.id not in self.noted}
        asked = part.height(one) + sum(
            note_height(said, words=part.words, source=said.source.id not in self.sources)
            for said in new.values()
        )
        if asked > min(most, self.left):
            return None
        self.left -= asked
        self.noted |= new.keys()
        self.sources |= {said.source.id for said in new.values()}
        return asked


def chosen(parts: dict[str, Part], space: Space, *, spare: float = 0) -> dict[str, list[Any]]:
    """What of each part has room, in its order: each has its share, then the first what is left.

    `spare` is left over for something else.
    """
    whole = space.left
    space.left -= spare
    places = {name: _shared(part, space, part.share * whole) for name, part in parts.items()}
    for name, part in parts.items():
        for place, one in enumerate(part.wanted):
            if place not in places[name] and space.take(part, one, most=space.left) is not None:
                places[name].add(place)
    space.left += spare
    return {
        name: [part.wanted[place] for place in sorted(places[name])] for name, part in parts.items()
    }


def _shared(part: Part, space: Space, share: float) -> set[int]:
    taken: set[int] = set()
    for place, one in enumerate(part.wanted):
        asked = space.take(part, one, most=share)
        if asked is None:
            break
        share -= asked
        taken.add(place)
    return taken
