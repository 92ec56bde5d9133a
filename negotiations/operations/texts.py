"""Text that comes in: normal form, no characters that cannot be kept; and finding a quotation."""

from __future__ import annotations

import re
import unicodedata

from negotiations.refusals import Refusal

_MARKS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"}
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str, *, at: str = "") -> str:
    """Text in Unicode NFC, outer white space gone; Refusal `bad_text` as `keepable`."""
    return keepable(text, at=at).strip()


def keepable(text: str, *, at: str = "") -> str:
    """Text in Unicode NFC; Refusal `bad_text` for NUL, other controls and lone surrogates."""
    found = _CONTROLS.search(text)
    if found:
        raise Refusal("bad_text", at=at, why=f"U+{ord(found[0]):04X}")
    return unicodedata.normalize("NFC", text)


def mended(text: str) -> str:
    """Text as `keepable` takes it: what cannot be kept is left out, line ends are newlines."""
    kept = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", kept)


def level(text: str) -> str:
    """Text with plain quotation marks and spaces, letter for letter: offsets stay as they are."""
    return re.sub(r"\s", " ", text.translate(_MARKS))


def fold(text: str) -> str:
    """What two texts are compared by: NFC, white space and quotation marks folded."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_MARKS).split())


def find_quotation(text: str, quotation: str) -> tuple[int, int] | None:
    """Where the quotation first stands in the text, as code point offsets (half-open), or None."""
    words = [re.escape(word) for word in quotation.translate(_MARKS).split()]
    if not words:
        return None
    found = re.search(r"\s+".join(words), text.translate(_MARKS))
    return (found.start(), found.end()) if found else None


def check_quotation(text: str, quotation: str, start: int, end: int) -> None:
    """Refusal `quotation_not_found` unless the text has the quotation at these offsets (rule 1)."""
    if not 0 <= start < end <= len(text) or fold(text[start:end]) != fold(quotation):
        raise Refusal("quotation_not_found", at="/quotation")
