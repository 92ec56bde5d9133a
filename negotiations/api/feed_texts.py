"""Stored text as it may stand in feeds and calendars, whatever it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri
from django.utils.html import escape

from negotiations.turning import unturned

LANGUAGES = ("en", "ko")
# What XML 1.0 does not take (2.2), what no encoding takes, what is no character for good, the
# controls of C1, which calendars do not take, DEL with them; and byte order marks.
_UNTOLD = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
    )
    + "]"
)
_SPACES = re.compile(r"[^\S\n]+")
_LONGEST_LINE, _LONGEST_TEXT, _LONGEST_ADDRESS = 300, 5_000, 2_000


def words(text: str) -> str:
    """The text with its lines, without what cannot be told; cut where it is very long."""
    # Cut first: what is left out is never looked at.
    whole = text[: 2 * _LONGEST_TEXT].replace("\r\n", "\n")
    whole = re.sub("[\r\u0085\u2028\u2029]", "\n", whole)
    clean = unturned(_UNTOLD.sub("", whole))
    kept = unicodedata.normalize("NFC", _SPACES.sub(" ", clean)).strip()
    return _cut(kept, _LONGEST_TEXT)


def line(text: str) -> str:
    """The same on one line, as a title has it."""
    return _cut(" ".join(words(text).split()), _LONGEST_LINE)


def one(lines: Mapping[str, str], language: str) -> str:
    """The text in the language, or in the other where it is not there in this."""
    return lines[language] or next(filter(None, lines.values()), "")


def safe(text: str) -> str:
    """The text as HTML, with its line ends."""
    return escape(words(text)).replace("\n", "<br>")


def web_address(address: str) -> str | None:
    """An address of the web that may be followed, in ASCII; null for anything else."""
    told = unturned(_UNTOLD.sub("", address)).strip()
    try:
        parts = urlsplit(told)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or len(told) > _LONGEST_ADDRESS
        ):
            return None
        _ = parts.port
        return iri_to_uri(told.replace('"', "%22").replace("\\", "%5C"))
    except ValueError:
        return None


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
