"""Floor 0: which words of a list stand in a text: whole ones in Latin letters, any part in Hangul.

English words match in any case, with a plural ending; Korean ones are followed by particles
without a space, so they are looked for as they are.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_LETTER = re.compile(r"[^\W\d_]")


class WordList:
    """Words, each standing for one or several keys, ready to be looked for."""

    def __init__(self, words: Mapping[str, Collection[str]]) -> None:
        """`words`: by key the words that stand for it."""
        self._keys: dict[str, list[str]] = {}
        for key, own in words.items():
            for word in own:
                if level := _level(word):
                    self._keys.setdefault(level, []).append(key)
        self._korean = [word for word in self._keys if _HANGUL.search(word)]
        latin = sorted((word for word in self._keys if not _HANGUL.search(word)), key=len)
        # The longer first: "currency swap" before "currency".
        self._latin = _pattern(reversed(latin)) if latin else None

    def found(self, text: str) -> dict[str, list[str]]:
        """By key the words of it that stand in the text, as they are listed, in lower case."""
        level, found = _level(text), dict[str, list[str]]()
        for word in self._in(level):
            for key in self._keys[word]:
                found.setdefault(key, []).append(word)
        return found

    def _in(self, level: str) -> Iterable[str]:
        yield from (word for word in self._korean if word in level)
        if self._latin is None:
            return
        longest = dict.fromkeys(match[1] for match in self._latin.finditer(level))
        # One that begins as a longer one does stands there as well: "Trump" in "Trump Jr".
        begins = (longer[:end] for longer in longest for end in _ends(longer))
        yield from dict.fromkeys((*longest, *(word for word in begins if word in self._keys)))


def words_digest(words: Iterable[tuple[str, str]]) -> str:
    """What lists of words are compared by: pairs of key and word, in any order."""
    return hashlib.sha256(repr(sorted(words)).encode()).hexdigest()


def is_korean(text: str) -> bool:
    """Whether at least a fifth of its letters are Hangul."""
    letters = _LETTER.findall(text)
    return bool(letters) and len(_HANGUL.findall(text)) * 5 >= len(letters)


def _level(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _ends(word: str) -> Iterable[int]:
    """Where a whole word within it ends, the last one left out."""
    return (at for at in range(1, len(word)) if word[at - 1].isalnum() and not word[at].isalnum())


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    # Looked ahead, not taken: of words that overlap, beginning at two places, each is found.
    each = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<![^\W_])(?=({each})(?:s|es|['’]s)?(?![^\W_]))")
