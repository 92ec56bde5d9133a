"""Where a word that has no end may be broken on paper; on pages CSS breaks it."""

from __future__ import annotations

import re
from typing import Any

from negotiations.queries.brief_space import width

# A letter of no width at which a line may end (UAX #14, class ZW).
_BREAK = "\u200b"
# Words of more letters may be broken, then after so much (a Hangul syllable is two wide): sixteen
# capitals have room in the narrowest column.
_LONGEST, _PIECE = 24, 16
_LONG = re.compile(rf"[^\s{_BREAK}]{{{_LONGEST + 1},}}")
# Members of a sheet that are addresses: they are followed, not read.
_ADDRESSES = frozenset({"address", "path", "more_path", "more_query"})


def breakable(text: str) -> str:
    """The text, its words of more than 24 letters with places where a line may end."""
    return _LONG.sub(lambda word: _in_pieces(word[0]), text)


def all_breakable(told: Any) -> Any:
    """The same for all texts of a sheet as a dict, but for its addresses."""
    if isinstance(told, str):
        return breakable(told)
    if isinstance(told, dict):
        return {
            name: value if name in _ADDRESSES else all_breakable(value)
            for name, value in told.items()
        }
    return [all_breakable(one) for one in told] if isinstance(told, list | tuple) else told


def _in_pieces(word: str) -> str:
    told, room = "", _PIECE
    for one in word:
        if room < width(one):
            told, room = told + _BREAK, _PIECE
        told += one
        room -= width(one)
    return told
