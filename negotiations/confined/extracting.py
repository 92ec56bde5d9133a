"""The text out of a stranger's document, in a process that may be killed (see `process.py`)."""

from __future__ import annotations

import re
from typing import Any

from .decoding import decode

# Of so few letters no language can be told.
_TOO_SHORT = 20
_STRAY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffd]")
# What stands in these is not shown.
_UNSEEN = frozenset({"script", "style", "template"})
# Controls, as letters and as references: one of them would cost the whole page.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]))(?:;|(?![0-9a-f]))",
    re.ASCII | re.IGNORECASE,
)
_LANGUAGE = re.compile(r"([a-z]{2,3})([-_][a-z0-9]+)*", re.ASCII | re.IGNORECASE)


def extract(
    document: bytes, *, url: str, kind: str, charset: str, today: str, whole: bool = False
) -> dict[str, str]:
    """The text of a document, and what it says of itself; each member is "" where unknown.

    `whole`: also all that stands in a page, menus and margins as well.
    """
    text = decode(document, charset)
    if len(_STRAY.findall(text)) * 10 > len(text):
        return {"text": ""}
    if kind == "text/plain":
        return {"text": text, "language": language_of(text, "")}
    return _of_page(text, url, today, whole=whole)


def language_of(text: str, declared: str) -> str:
    """The language that a page declares where its text may be in it, else the likeliest one."""
    import py3langid

    found = _LANGUAGE.fullmatch(declared.strip())
    said = found[1].lower() if found else ""
    if len(text) < _TOO_SHORT:
        return said
    ranked = [name for name, _ in py3langid.rank(text[:20_000])]
    return said if said in ranked[:3] else ranked[0]


def _of_page(page: str, url: str, today: str, *, whole: bool) -> dict[str, str]:
    import trafilatura

    # Given as a tree: of a string that begins with http, the finder of dates would fetch it.
    tree = trafilatura.load_html(_CONTROL.sub("", page))
    if tree is None:
        return {"text": ""}
    # Before anything is taken out of the tree.
    more = {"whole": _whole(tree)} if whole else {}
    dates = {"original_date": True, "extensive_search": True, "max_date": today}
    found = trafilatura.bare_extraction(
        tree,
        url=url or None,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dates,
    )
    text = (getattr(found, "text", "") or "") or trafilatura.html2txt(tree)
    canonical = tree.xpath("string((//link[@rel='canonical']/@href)[1])")
    return {
        "text": text,
        "title": getattr(found, "title", "") or "",
        "publisher_name": getattr(found, "sitename", "") or "",
        "published_on": getattr(found, "date", "") or "",
        "language": language_of(text, tree.xpath("string(/html/@lang)")),
        "canonical": str(canonical),
        **more,
    }


def _whole(tree: Any) -> str:
    """Every text of a page, in order."""
    parts = []
    for part in tree.iter():
        # Comments have no name.
        if part.text and isinstance(part.tag, str) and part.tag not in _UNSEEN:
            parts.append(part.text)
        parts.append(part.tail or "")
    return " ".join(parts)
