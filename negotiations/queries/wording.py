"""Two wordings of a passage, word by word: pure comparison."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from negotiations.queries.shapes.evidence import Piece

# Comparing costs the product of both lengths.
_MOST_WORDS = 600
_WORDS = re.compile(r"\s*\S+")


def compared(before: str, after: str) -> tuple[Piece, ...]:
    """What is the same, what was taken out and what came in, in order; whole where it is long."""
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    if len(one) > _MOST_WORDS or len(other) > _MOST_WORDS:
        return (*_piece("removed", one), *_piece("added", other))
    pieces: list[Piece] = []
    bare = [[word.strip() for word in words] for words in (one, other)]
    matcher = SequenceMatcher(isjunk=None, a=bare[0], b=bare[1], autojunk=False)
    for how, a, b, c, d in matcher.get_opcodes():
        if how == "equal":
            pieces += _piece("same", one[a:b])
        else:
            pieces += [*_piece("removed", one[a:b]), *_piece("added", other[c:d])]
    return tuple(pieces)


def _piece(kind: str, words: list[str]) -> list[Piece]:
    text = " ".join("".join(words).split())
    return [Piece(kind=kind, text=text)] if text else []  # type: ignore[arg-type]
