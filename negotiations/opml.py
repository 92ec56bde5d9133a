"""Stands in for the parsing room until it is merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from defusedxml import ElementTree

from negotiations.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed of a list."""

    title: str
    url: str
    kind: str = "feed"
    folder: str = ""


def read_opml(body: bytes) -> tuple[Outline, ...]:
    """Read it."""
    try:
        tree = ElementTree.fromstring(body)
    except Exception:
        raise Refusal("unreadable_document", at="/file") from None
    found = [one for one in tree.iter("outline") if one.get("xmlUrl")]
    return tuple(Outline(title=one.get("text", ""), url=one.get("xmlUrl", "")) for one in found)


def write_opml(feeds: Iterable[Any], *, title: str, at: datetime) -> bytes:  # noqa: ARG001
    """Write it."""
    lines = "".join(
        f"<outline text={quoteattr(one.title)} xmlUrl={quoteattr(one.url)}/>" for one in feeds
    )
    return f'<?xml version="1.0"?><opml version="2.0"><body>{lines}</body></opml>'.encode()
