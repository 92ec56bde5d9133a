"""Text that comes in: normal form, no characters that cannot be kept; and finding a quotation."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property

from negotiations.refusals import Refusal

_MARKS = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"}
_RUNS = re.compile(r"\A\s+|\s\s+")
# Letters by their category, of Hangul and of braille, that show nothing.
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str, *, at: str = "") -> str:
    """Text in Unicode NFC, outer white space gone; Refusal `bad_text` as `keepable`.

    What shows nothing at all is no text.
    """
    cleaned = keepable(text, at=at).strip()
    return "" if blank(cleaned) else cleaned


def blank(text: str) -> bool:
    """Whether nobody would see anything: white space, format characters (Cf), fillers alone."""
    return all(
        one.isspace() or one in _FILLERS or unicodedata.category(one) == "Cf" for one in text
    )


def keepable(text: str, *, at: str = "") -> str:
    """Text in Unicode NFC; Refusal `bad_text` for NUL, other controls and lone surrogates."""
    # Nothing of what is looked for is printable, and that is quick to know.
    found = None if text.isprintable() else _CONTROLS.search(text)
    if found:
        raise Refusal("bad_text", at=at, why=f"U+{ord(found[0]):04X}")
    return unicodedata.normalize("NFC", text)


def mended(text: str) -> str:
    """Text as `keepable` takes it: what cannot be kept is left out, line ends are newlines."""
    kept = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", kept)


def level(text: str) -> str:
    """Text with plain quotation marks and spaces, letter for letter: offsets stay as they are."""
    return re.sub(r"\s", " ", _plain_marks(text))


def fold(text: str) -> str:
    """What two texts are compared by: NFC, white space and quotation marks folded."""
    return " ".join(_plain_marks(unicodedata.normalize("NFC", text)).split())


def find_quotation(text: str, quotation: str) -> tuple[int, int] | None:
    """Where the quotation first stands in the text, as code point offsets (half-open), or None."""
    return Searched(text).find(quotation)


class Searched:
    """A text that several quotations are looked for in: it is folded once."""

    def __init__(self, text: str) -> None:
        """Nothing is folded before something is looked for."""
        self.text = text

    def find(self, quotation: str) -> tuple[int, int] | None:
        """Where the quotation first stands, as code point offsets (half-open) of the text."""
        wanted = " ".join(_plain_marks(quotation).split())
        at = self._folded.find(wanted) if wanted else -1
        if at < 0:
            return None
        return self._place(at), self._place(at + len(wanted) - 1) + 1

    def _place(self, at: int) -> int:
        """Where a letter of the folded text stands in the text."""
        if len(self._folded) == len(self.text):
            return at
        starts, shifts = self._shifts
        return at + shifts[bisect_right(starts, at) - 1]

    @cached_property
    def _plain(self) -> str:
        return _plain_marks(self.text)

    @cached_property
    def _folded(self) -> str:
        """Plain marks, and one space for all white space between words."""
        return " ".join(self._plain.split())

    @cached_property
    def _shifts(self) -> tuple[list[int], list[int]]:
        """From which places of the folded text on letters stand how much further in the text."""
        starts, shifts, left_out = [0], [0], 0
        for run in _RUNS.finditer(self._plain):
            # Of white space at the beginning nothing is kept, of other runs one space.
            kept = 1 if run.start() else 0
            starts.append(run.start() - left_out + kept)
            left_out += len(run[0]) - kept
            shifts.append(left_out)
        return starts, shifts


def _plain_marks(text: str) -> str:
    if not text.isascii():
        for mark, plain in _MARKS.items():
            text = text.replace(mark, plain)
    return text


def check_quotation(text: str, quotation: str, start: int, end: int) -> None:
    """Refusal `quotation_not_found` unless the text has the quotation at these offsets (rule 1)."""
    if not 0 <= start < end <= len(text):
        raise Refusal("quotation_not_found", at="/quotation")
    standing = text[start:end]
    if standing != quotation and fold(standing) != fold(quotation):
        raise Refusal("quotation_not_found", at="/quotation")
