"""Where a quotation stands in the text that was kept of its source."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.operations.passages import nearest_passage
from negotiations.operations.texts import check_quotation, find_quotation
from negotiations.refusals import Refusal

# As much as is kept around a quotation.
_AROUND = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A passage of a text, half-open code point offsets, with what stands around it."""

    start: int
    end: int
    before: str
    words: str
    after: str


def place_of(
    text: str, quotation: str, start: int | None = None, end: int | None = None
) -> Place | None:
    """The place named by the offsets if the quotation stands there, else where it first stands."""
    if start is not None and end is not None:
        try:
            check_quotation(text, quotation, start, end)
        except Refusal:
            pass
        else:
            return _place(text, start, end)
    found = find_quotation(text, quotation)
    return _place(text, *found) if found else None


def nearest(text: str, quotation: str) -> Place | None:
    """The passage most like a quotation that does not stand in the text; None: nothing is near."""
    found = nearest_passage(text, quotation)
    return _place(text, found.start, found.end) if found else None


def _place(text: str, start: int, end: int) -> Place:
    return Place(
        start=start, end=end, before=text[max(0, start - _AROUND) : start],
        words=text[start:end], after=text[end : end + _AROUND],
    )  # fmt: skip
