"""The feeds of a stranger's OPML list; imported where it is read (see `process.py`)."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from .feeds import STRAY, letters

# Folders that lie deeper in each other are left out.
MOST_FEEDS, _DEEPEST = 500, 20
_MOST_TITLE, _MOST_URL = 200, 2_001
_PAGE = "link"
# An attribute of our own, as OPML 2.0 lets lists have: in a namespace.
LINKS_UNDER = "{urn:parley:feeds}linksUnder"


def read_outlines(document: bytes) -> list[dict[str, str]] | None:
    """Each feed once, in order, one more than are allowed at most; None where it is no OPML."""
    from defusedxml import DefusedXmlException, ElementTree

    try:
        # What declares entities is refused, not mended: no program writes lists with them.
        root = ElementTree.fromstring(STRAY.sub("", letters(document, "")).strip())
    except (ParseError, DefusedXmlException, ValueError):
        return None
    body = root.find("body") if root.tag == "opml" else None
    if body is None:
        return None
    found: dict[str, dict[str, str]] = {}
    for outline, folders in _walk(body):
        feed = _feed(outline, " / ".join(folders))
        if feed and len(found) <= MOST_FEEDS:
            found.setdefault(feed["url"], feed)
    return list(found.values())


def _walk(body: Element) -> list[tuple[Element, tuple[str, ...]]]:
    """All outlines, each with the names of the folders around it, in order."""
    found: list[tuple[Element, tuple[str, ...]]] = []
    waiting: list[tuple[Element, tuple[str, ...]]] = [(one, ()) for one in reversed(body)]
    while waiting:
        outline, folders = waiting.pop()
        found.append((outline, folders))
        if len(folders) < _DEEPEST:
            inner = (*folders, _line(outline.get("text") or outline.get("title")))
            waiting.extend((one, inner) for one in reversed(outline))
    return found


def _feed(outline: Element, folder: str) -> dict[str, str] | None:
    given = {name.lower(): value.strip() for name, value in outline.attrib.items()}
    page = given.get("type", "").lower() == _PAGE
    url = given.get("url" if page else "xmlurl", "")[:_MOST_URL]
    if not url:
        return None
    return {
        "title": _line(given.get("title", given.get("text"))),
        "url": url,
        "kind": "page" if page else "feed",
        "folder": _line(folder),
        "links_under": outline.get(LINKS_UNDER, "").strip()[:_MOST_URL] if page else "",
    }


def _line(text: Any) -> str:
    return " ".join((text or "").split())[:_MOST_TITLE].strip()
