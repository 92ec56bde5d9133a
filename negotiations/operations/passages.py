"""The passage of a text that is nearest to a quotation which does not stand in it word for word."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.operations.texts import level

_NEAR = 60.0
_LONGEST_WORD = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where it stands (half-open code point offsets), and how alike it is, 0 to 1."""

    start: int
    end: int
    similarity: float


def nearest_passage(text: str, quotation: str) -> Passage | None:
    """The passage most like the quotation, in whole words; None where nothing is near.

    Case, quotation marks and the kind of white space do not count.
    """
    # Read when first needed: it makes a table of all letters, which takes a tenth of a second.
    from rapidfuzz.fuzz import partial_ratio_alignment

    wanted = " ".join(level(quotation).lower().split())
    plain = _lowered(level(text))
    if not wanted or not plain:
        return None
    found = partial_ratio_alignment(wanted, plain, score_cutoff=_NEAR)
    if found is None or found.dest_end <= found.dest_start:
        return None
    start, end = _whole_words(text, found.dest_start, found.dest_end)
    return Passage(start=start, end=end, similarity=round(found.score / 100, 3))


def _lowered(text: str) -> str:
    """Letter by letter, so that offsets stay: the small form of İ is two code points."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The edges moved to those of their words, where these are near: not every script has them."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    before = range(start, max(start - _LONGEST_WORD, 0) - 1, -1)
    after = range(end, min(end + _LONGEST_WORD, len(text)) + 1)
    return (
        next((at for at in before if at == 0 or text[at - 1].isspace()), start),
        next((at for at in after if at == len(text) or text[at].isspace()), end),
    )
