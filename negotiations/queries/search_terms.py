"""What is typed into a search, taken apart: words, "phrases", beginnings* and -exclusions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from negotiations.queries.lookups import shown, unreadable
from negotiations.refusals import Refusal

LONGEST = 300
MOST_TERMS = 16
SHORTEST_BEGINNING = 3
_TOKEN = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟″«»「」『』", '"') | dict.fromkeys("−–—‐‑", "-"))
_SYLLABLES = re.compile("[가-힣]+")
_LETTERS = re.compile(r"[^\W_가-힣]")
_BEGINNING = re.compile(r"[a-z0-9]+\*")
# Between syllables a dot joins what is written as one word elsewhere: 한·미.
_DOTS = re.compile("(?<=[가-힣])[·‧・ㆍ･](?=[가-힣])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing to look for, or to leave out: words side by side, or the beginning of a word."""

    text: str
    begins: bool
    excluded: bool


def composed(text: str) -> str:
    """A text as it is compared and shown: composed, so that Hangul is in whole syllables."""
    return unicodedata.normalize("NFC", text)


def read_terms(q: str) -> tuple[Term, ...]:
    """The terms of a query; all of them must hold.

    Refuses `bad_parameter`: too long, too many, nothing to look for, only exclusions, a single
    syllable of Hangul, a beginning of fewer than three letters.
    """
    text = unicodedata.normalize("NFKC", _DOTS.sub("", composed(q))).translate(_QUOTES)
    if len(text) > LONGEST:
        raise _bad(f"{LONGEST} characters are the most it takes", f"{LONGEST}자까지 쓸 수 있습니다")
    terms = tuple(term for match in _TOKEN.finditer(text) for term in _term(match))
    if len(terms) > MOST_TERMS:
        raise _bad(f"{MOST_TERMS} words are the most it takes", f"낱말은 {MOST_TERMS}개까지입니다")
    if not terms:
        raise _bad(
            "there is no word to look for; try tariff, “currency swap” in quotation marks, or 관세",
            "찾을 낱말이 없습니다. 관세, tariff, 또는 따옴표로 묶은 “통화스와프 체결”처럼 쓰십시오",
        )
    if all(term.excluded for term in terms):
        raise _bad(
            "only what to leave out is said; add a word to look for",
            "뺄 낱말만 있습니다. 찾을 낱말도 쓰십시오",
        )
    return terms


def too_common(terms: tuple[Term, ...]) -> Refusal:
    """The refusal of words that stand in every text, such as “the”."""
    words = shown(" ".join(term.text for term in terms if not term.excluded))
    return _bad(
        f"“{words}” stands nearly everywhere; look for a rarer word",
        f"거의 모든 글에 있는 낱말입니다: ‘{words}’. 더 드문 낱말로 찾으십시오",
    )


def _term(match: re.Match[str]) -> tuple[Term, ...]:
    """The term of a token; none for one of punctuation alone, such as a lone minus."""
    said = match["phrase"] if match["word"] is None else match["word"]
    excluded = bool(match["minus"])
    if match["word"] is not None and _BEGINNING.fullmatch(said.lower()):
        if len(said) - 1 < SHORTEST_BEGINNING:
            raise _bad(
                f"“{said}”: a beginning has at least {SHORTEST_BEGINNING} letters",
                f"‘{said}’: 낱말의 앞부분은 {SHORTEST_BEGINNING}자 이상이어야 합니다",
            )
        return (Term(text=said[:-1].lower(), begins=True, excluded=excluded),)
    runs = _SYLLABLES.findall(said)
    if _LETTERS.search(said) is None and not any(len(run) > 1 for run in runs):
        if runs:
            raise _bad(
                f"“{shown(said)}” is one syllable; in Korean, look for two or more together",
                f"한 글자로는 찾을 수 없습니다: ‘{shown(said)}’. 두 글자 이상으로 찾으십시오",
            )
        return ()
    return (Term(text=said, begins=False, excluded=excluded),)


def _bad(en: str, ko: str) -> Refusal:
    return unreadable("q", en, ko)
