"""How long words are where they are drawn, about: pictures are laid out without a font at hand.

Lengths are in CSS pixels. `letter` is how wide an average Latin letter of the type is, a little
more than half its size; letters that are wide by Unicode's UAX #11, as Hangul is, are nearly twice
that, as W and M are; other capitals are somewhat broader than the average.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_WIDE, _BROAD = 1.9, 1.4


def length(words: str, *, letter: float) -> float:
    """About how long the words are."""
    return letter * sum(map(_width, words))


@lru_cache(maxsize=4096)
def _width(one: str) -> float:
    """How many average letters wide a letter is."""
    if one in "WM@" or unicodedata.east_asian_width(one) in "WF":
        return _WIDE
    return _BROAD if one.isupper() or one in "mw" else 1


def fitting(words: str, room: float, *, letter: float) -> str:
    """The words, with an ellipsis for what does not fit into `room`."""
    return words if length(words, letter=letter) <= room else _cut(words, room, letter)


def in_lines(words: str, room: float, *, most: int, letter: float) -> list[str]:
    """Words in at most so many lines of that width, with an ellipsis for what is left out.

    A word that is longer than a line is broken.
    """
    lines = [""]
    for word in words.split():
        for part in _parts(word, room, letter):
            joined = f"{lines[-1]} {part}".strip()
            if lines[-1] and length(joined, letter=letter) > room:
                lines.append(part)
            else:
                lines[-1] = joined
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _cut(lines[most - 1], room, letter)]


def _cut(words: str, room: float, letter: float) -> str:
    while words and length(f"{words}…", letter=letter) > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _parts(word: str, room: float, letter: float) -> list[str]:
    """A word in parts that fit: itself, if it does."""
    parts = [""]
    for one in word:
        if parts[-1] and length(parts[-1] + one, letter=letter) > room:
            parts.append("")
        parts[-1] += one
    return parts
