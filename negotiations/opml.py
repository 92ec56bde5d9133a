"""Lists of feeds as other readers write and take them (OPML 2.0, opml.org)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Protocol
from xml.etree.ElementTree import Element, SubElement, tostring

from negotiations.confined.outlines import LINKS_UNDER
from negotiations.confinement import answer_of
from negotiations.desk_words import FeedKind
from negotiations.operations.texts import mended
from negotiations.refusals import Refusal

MOST_BYTES = 1024 * 1024
MOST_FEEDS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed of a list: `kind` is a word of FeedKind, `folder` the names around it or "".

    `links_under` is what the links of a watched page begin with, or ""; other readers pass it over.
    """

    title: str
    url: str
    kind: str = FeedKind.FEED.value
    folder: str = ""
    links_under: str = ""


_MEMBERS = frozenset({"title", "url", "kind", "folder", "links_under"})


class Listed(Protocol):
    """What goes into a list."""

    @property
    def title(self) -> str:
        """Its name, or ""."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def kind(self) -> str:
        """A word of FeedKind."""

    @property
    def links_under(self) -> str:
        """What the links of a watched page begin with, or ""."""


def read_opml(document: bytes, *, seconds: float | None = None) -> tuple[Outline, ...]:
    """The feeds of a list that somebody sends, each address once; addresses are as they stand.

    Raises Refusal `too_large` (over a megabyte), `not_opml` (also where it declares entities, or
    takes too long to read) and `too_many_feeds` (over 500).
    """
    if len(document) > MOST_BYTES:
        raise Refusal("too_large", at="/file", most=MOST_BYTES // 1024 // 1024)
    found = answer_of("outlines.read_outlines", document, asked={}, seconds=seconds)
    if not isinstance(found, list) or not all(map(_whole, found)):
        raise Refusal("not_opml", at="/file")
    if len(found) > MOST_FEEDS:
        raise Refusal("too_many_feeds", at="/file", most=MOST_FEEDS)
    return tuple(Outline(**{name: mended(text) for name, text in one.items()}) for one in found)


def _whole(one: Any) -> bool:
    """Whether a process that may have been taken over says what it is asked for."""
    return (
        isinstance(one, dict)
        and one.keys() == _MEMBERS
        and all(isinstance(text, str) for text in one.values())
        and one["kind"] in set(FeedKind)
    )


def write_opml(feeds: Iterable[Listed], *, title: str, at: datetime) -> bytes:
    """A list that `read_opml` and other readers take; `at` is when it is written."""
    root = Element("opml", version="2.0")
    head, body = SubElement(root, "head"), SubElement(root, "body")
    SubElement(head, "title").text = mended(title)
    SubElement(head, "dateCreated").text = format_datetime(at)
    folders: dict[str, Element] = {"": body}
    for one in feeds:
        name = mended(getattr(one, "folder", ""))
        if name not in folders:
            folders[name] = SubElement(body, "outline", text=name)
        SubElement(folders[name], "outline", _attributes(one))
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _attributes(one: Listed) -> dict[str, str]:
    # A list's outline must have a text; the address stands for it where there is no name.
    named = {"text": mended(one.title or one.url), "title": mended(one.title)}
    if one.kind == FeedKind.PAGE:
        under = {LINKS_UNDER: mended(one.links_under)} if one.links_under else {}
        return {**named, "type": "link", "url": mended(one.url), **under}
    return {**named, "type": "rss", "xmlUrl": mended(one.url)}
