"""Korean particles that depend on the last sound of the word before them."""

from __future__ import annotations

import re

_FIRST, _LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8
# After a consonant, after a vowel; digits are read aloud.
_PAIRS = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
}
_DIGITS_IN_CONSONANT, _DIGITS_IN_RIEUL = "01368", "178"
# What stands in brackets behind a word is not read with it: 트럼프(워싱턴)는.
_ASIDE = re.compile(r"(?<=\S)\([^()]*\)$")


def with_particle(word: str, particle: str) -> str:
    """`particle` (in its form after a consonant) as it is written after `word`.

    Where the last character is neither Hangul nor a digit both forms are given, as in 은(는).
    """
    closed, opened = _PAIRS[particle]
    read = _ASIDE.sub("", word.rstrip())
    final = _final(read.rstrip(" )]’”'\"")[-1:])
    if final is None:
        return f"(으){opened}" if particle == "으로" else f"{closed}({opened})"
    if particle == "으로":
        return opened if final in ("", "ㄹ") else closed
    return closed if final else opened


def _final(character: str) -> str | None:
    """How a character ends: "" in a vowel, "ㄹ", another consonant ("x"), or None: not known."""
    if character and character in "0123456789":
        if character in _DIGITS_IN_RIEUL:
            return "ㄹ"
        return "x" if character in _DIGITS_IN_CONSONANT else ""
    if not character or not _FIRST <= ord(character) <= _LAST:
        return None
    final = (ord(character) - _FIRST) % _FINALS
    return {0: "", _RIEUL: "ㄹ"}.get(final, "x")
