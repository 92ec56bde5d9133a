"""The letters of a stranger's document."""

from __future__ import annotations

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def decode(document: bytes, charset: str) -> str:
    """The letters of a document: as UTF-8 where it is that, whatever is declared."""
    from w3lib.encoding import html_to_unicode

    if not document.startswith(_BOMS[1:]) and not document.isascii():
        try:
            return document.removeprefix(_BOMS[0]).decode()
        except UnicodeDecodeError:
            pass
    declared = f"text/html; charset={charset}" if charset else None
    return html_to_unicode(declared, document, default_encoding="cp949")[1]
