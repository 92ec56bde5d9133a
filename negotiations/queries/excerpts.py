"""Where the words of a search stand in a text: excerpts with their hits, as plain pieces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from negotiations.queries.search_terms import Term, composed
from negotiations.queries.shapes import Excerpt, Segment

# Characters of an excerpt, and how much of them stands before the first hit.
LENGTH = 280
_BEFORE = 80
# A word, or letters with dots between them, which are one word: U.S. is us.
_LATIN = r"[^\W\d_가-힣](?:\.[^\W\d_가-힣])+(?![^\W_가-힣])\.?|[^\W_가-힣]+(?:[.,][0-9]+)*"
_TOKEN = re.compile(rf"[가-힣]+|{_LATIN}")
_WORD = re.compile(_LATIN)
_POSSESSIVE = re.compile(r"(?<=[^\W_])['’]s\b")
# How many letters a word has in common with another form of it, at least.
_COMMON = 3
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text that may be shown: a member of a record, its language, and its words, composed."""

    field: str
    language: str
    text: str

    def __post_init__(self) -> None:
        """Compose the text, so that Hangul stands in whole syllables."""
        object.__setattr__(self, "text", composed(self.text))


def excerpts(
    rows: Mapping[int, tuple[Sequence[Passage], Sequence[Passage]]], terms: tuple[Term, ...]
) -> dict[int, tuple[Excerpt, ...]]:
    """For each row its texts with hits, and what else it is found by; one SQL query.

    Where no text has one, the beginning of the first comes before what has. Words are marked in the
    forms in which they stand there, Hangul wherever the syllables stand.
    """
    # Most texts come again and again (names): each is looked at once.
    every = {p.text for both in rows.values() for passages in both for p in passages}
    pattern = _pattern(terms, every)
    hits = {text: [match.span() for match in pattern.finditer(text)] for text in every}
    return {
        pk: (*(_marked(texts, hits) or _begun(texts)), *_marked(beside, hits))
        for pk, (texts, beside) in rows.items()
    }


def _marked(passages: Sequence[Passage], hits: Mapping[str, list[Span]]) -> list[Excerpt]:
    return [_cut(passage, hits[passage.text]) for passage in passages if hits[passage.text]]


def _begun(passages: Sequence[Passage]) -> list[Excerpt]:
    return [_cut(passage, []) for passage in passages[:1]]


def _cut(passage: Passage, spans: list[Span]) -> Excerpt:
    """The text around the first hit, cut between words."""
    text = passage.text
    start, end = 0, len(text)
    if end > LENGTH:
        first = spans[0] if spans else (0, 0)
        start = max(0, min(first[0] - _BEFORE, end - LENGTH))
        end = min(len(text), max(start + LENGTH, first[1]))
        start = _space(text, start, first[0], forwards=True) if start else 0
        end = _space(text, end, first[1], forwards=False) if end < len(text) else end
    return Excerpt(
        field=passage.field,
        language=passage.language,
        segments=tuple(_segments(text, start, end, spans)),
        cut_before=start > 0,
        cut_after=end < len(text),
    )


def _space(text: str, place: int, bound: int, *, forwards: bool) -> int:
    """The nearest end of a word between a place and the hit, or the place itself."""
    if forwards:
        at = text.find(" ", place, bound)
        return place if at < 0 else at + 1
    at = text.rfind(" ", bound, place)
    return place if at < 0 else at


def _segments(text: str, start: int, end: int, spans: Iterable[Span]) -> Iterable[Segment]:
    place = start
    for first, last in spans:
        if first < start or last > end:
            continue
        if first > place:
            yield Segment(text=text[place:first], hit=False)
        yield Segment(text=text[first:last], hit=True)
        place = last
    if place < end:
        yield Segment(text=text[place:end], hit=False)


def _pattern(terms: tuple[Term, ...], texts: Iterable[str]) -> re.Pattern[str]:
    """What is marked: the terms that are looked for, in the forms that the texts have of them."""
    looked_for = [term for term in terms if not term.excluded]
    whole = (_said(term) for term in looked_for if not term.begins)
    words = {folded(word) for text in whole for word in _WORD.findall(text)}
    forms = _forms(words, texts) if words else {}
    # Longer ones first, so that a phrase is marked as a whole.
    patterns = sorted((_term(term, forms) for term in looked_for), key=len, reverse=True)
    # Never an empty one, which would stand everywhere.
    return re.compile("|".join(filter(None, patterns)) or r"(?!)", re.IGNORECASE)


def _term(term: Term, forms: Mapping[str, set[str]]) -> str:
    if term.begins:
        return rf"(?<![^\W_가-힣]){re.escape(term.text)}[^\W_가-힣]*"
    tokens = _TOKEN.findall(_said(term))
    marked = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None:
            # A number and its unit stand together; two Korean words that do are another word.
            marked += r"[\W_]+" if _is_hangul(before) == _is_hangul(token) else r"[\W_]*"
        marked += _token(token, forms)
    return marked


def _said(term: Term) -> str:
    """The words of a term; whose they are is no word."""
    return _POSSESSIVE.sub("", composed(term.text))


def _is_hangul(token: str) -> bool:
    return "가" <= token[0] <= "힣"


def _token(token: str, forms: Mapping[str, set[str]]) -> str:
    if not _WORD.fullmatch(token):
        return re.escape(token)
    written = sorted({token, *forms.get(folded(token), ())}, key=len, reverse=True)
    either = "|".join(re.escape(form) for form in written)
    return rf"(?<![^\W_가-힣])(?:{either})(?![^\W_가-힣])"


def _forms(words: set[str], texts: Iterable[str]) -> dict[str, set[str]]:
    """The words of the texts that have the same stem as each of these, as they are written."""
    begun = tuple(word[:_COMMON] for word in words)
    written: dict[str, set[str]] = {}
    for word in {word for text in texts for word in _WORD.findall(text)}:
        if (plain := folded(word)).startswith(begun):
            written.setdefault(plain, set()).add(word)
    if not written:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, form FROM unnest(%s::text[]) AS words (word), "
            "unnest(%s::text[]) AS forms (form) WHERE left(word, %s) = left(form, %s) "
            "AND negotiations_phrase(word) = negotiations_phrase(form)",
            [sorted(words), sorted(written), _COMMON, _COMMON],
        )
        found: dict[str, set[str]] = {}
        for word, form in cursor.fetchall():
            found.setdefault(word, set()).update(written[form])
    return found


def folded(word: str) -> str:
    """A word without case and accents, as the database compares it."""
    if "." in word and word[0].isalpha():
        word = word.replace(".", "")
    if word.isascii():
        return word.lower().replace(",", "")
    parts = unicodedata.normalize("NFKD", word)
    return "".join(c for c in parts if not "̀" <= c <= "ͯ").lower().replace(",", "")
