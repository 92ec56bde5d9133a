"""The items of a stranger's feed or page; imported where it is read (see `process.py`)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from .decoding import decode

MOST_ITEMS = 10_000
_MOST_TITLE, _MOST_TEXT, _MOST_URL = 500, 20_000, 2_000
# Letters of markup of which a text is made at most: ten are hardly ever more than one letter.
_MOST_MARKUP = 200_000
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)
# Controls, and what turns or hides the letters around it.
STRAY = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
# References to letters that there are not: one of them would cost the whole feed.
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,9})|([0-9]{1,9}))[0-9a-f]*;?", re.ASCII | re.IGNORECASE)
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_PROLOG = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ITEM = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_ENDS = {"<feed": "</feed>", "<rdf:rdf": "</rdf:RDF>"}
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)


def read_items(document: bytes, *, kind: str, url: str, charset: str) -> dict[str, Any]:
    """Title, items and how many were left out; `title` null where it is no feed at all."""
    if kind == "page":
        return _of_page(decode(document, charset), url)
    text = letters(document, charset)
    if text.lstrip("\ufeff \t\r\n")[:1] == "{":
        return _of_json(text)
    return _of_xml(text)


def letters(document: bytes, charset: str) -> str:
    """As UTF-8 where it is that, whatever is declared; then as declared; then as Korean."""
    wide = document.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and (likely := _utf_8(document)) is not None:
        return likely
    found = _DECLARED.match(document)
    names = ["utf-16" if wide else "", found[1].decode("ascii") if found else "", charset, "cp949"]
    for name in filter(None, names):
        try:
            return document.decode(name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return document.decode("utf-8", "replace")


def _utf_8(document: bytes) -> str | None:
    """As UTF-8, where hardly a letter is broken: one that breaks off is no Korean."""
    try:
        return document.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError:
        text = document.decode("utf-8-sig", "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") * 20 < foreign else None


def _of_xml(text: str) -> dict[str, Any]:
    import feedparser

    # Without what declares entities: they are a bomb or a thief.
    plain = _DOCTYPE.sub("", _PROLOG.sub("", text), count=1)
    plain, over = _cut(_REFERENCE.sub(_letter, STRAY.sub("", plain)))
    # As bytes: a string that looks like an address or a path would be opened.
    # Without its address: a GUID would be joined to that, and change when the feed moves.
    headers = {"content-type": "application/xml; charset=utf-8"}
    found = feedparser.parse(
        plain.encode(), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    # A page that says <entry> somewhere is none.
    if not found.get("version"):
        return {"title": None, "items": [], "dropped": 0}
    items = [_entry(one, found.feed.get("language", "")) for one in found.entries[:MOST_ITEMS]]
    return _told(found.feed.get("title", ""), items, over)


def _letter(reference: re.Match[str]) -> str:
    """A numbered reference, where it is to a letter that can be kept."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return " " if number >= 0x110000 or STRAY.match(chr(number)) else reference[0]


def _cut(feed: str) -> tuple[str, int]:
    """The feed with its first items alone, and how many were left out: to parse costs a millisecond
    an item.
    """
    starts = [found.start() for found in _ITEM.finditer(feed)]
    if len(starts) <= MOST_ITEMS:
        return feed, 0
    head = feed[: starts[0]].lower()
    ends = next((end for root, end in _ENDS.items() if root in head), "</channel></rss>")
    return feed[: starts[MOST_ITEMS]] + ends, len(starts) - MOST_ITEMS


def _entry(one: Any, language: str) -> dict[str, str]:
    content = [part.get("value", "") for part in one.get("content") or ()]
    return {
        "key": str(one.get("id") or ""),
        "url": _link(one),
        "title": _line(one.get("title") or ""),
        "text": _text(max([one.get("summary") or "", *content], key=len)),
        "published": _moment(one.get("published_parsed") or one.get("updated_parsed")),
        "language": str(one.get("language") or language or ""),
    }


def _link(one: Any) -> str:
    """The link of an item; of its GUID alone, where that is an address."""
    link = str(one.get("link") or "")
    return "" if link == one.get("id") and not link.startswith(("http:", "https:")) else link


def _of_json(text: str) -> dict[str, Any]:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org)."""
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        found = None
    version = found.get("version") if isinstance(found, dict) else None
    entries = found.get("items") if isinstance(found, dict) else None
    if not isinstance(entries, list) or "jsonfeed.org" not in str(version):
        return {"title": None, "items": [], "dropped": 0}
    language = found.get("language")
    items = [_member(one, language) for one in entries[:MOST_ITEMS] if isinstance(one, dict)]
    return _told(found.get("title"), items, len(entries) - len(items))


def _member(one: dict[str, Any], language: Any) -> dict[str, str]:
    def said(*names: str) -> str:
        values = (one.get(name) for name in names)
        return next((str(value) for value in values if isinstance(value, str | int) and value), "")

    return {
        "key": said("id"),
        "url": said("url", "external_url"),
        "title": _line(said("title")),
        "text": _text(said("content_html") or html.escape(said("content_text", "summary"))),
        "published": said("date_published", "date_modified")[:40],
        "language": said("language") or (language if isinstance(language, str) else ""),
    }


def _of_page(text: str, url: str) -> dict[str, Any]:
    """The links of a page, each once, in the order in which they stand there."""
    from lxml import etree
    from lxml import html as markup

    try:
        tree = markup.document_fromstring(STRAY.sub("", text).encode(), base_url=url)
    except (etree.ParserError, ValueError):
        return {"title": None, "items": [], "dropped": 0}
    base = _joined(url, tree.xpath("string((//base/@href)[1])") or "") or url
    etree.strip_elements(tree, "script", "style", "template", with_tail=False)
    items = list(_links(tree, base))
    return _told(tree.xpath("string(//title)"), items[:MOST_ITEMS], len(items[MOST_ITEMS:]))


def _links(tree: Any, base: str) -> Iterator[dict[str, str]]:
    seen = set()
    language = tree.xpath("string(/html/@lang)")[:12]
    for anchor in tree.iterfind(".//a[@href]"):
        url = _joined(base, anchor.get("href"))
        title = " ".join(anchor.text_content().split())[:_MOST_TITLE]
        if url and url not in seen and title:
            seen.add(url)
            yield {"key": url, "url": url, "title": title, "language": language}


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip()).partition("#")[0]
    except ValueError:
        return ""


def _told(title: Any, items: list[dict[str, str]], dropped: int) -> dict[str, Any]:
    for one in items:
        one["key"], one["url"] = one["key"][:4000], one["url"][: _MOST_URL + 1]
    return {
        "title": _line(title if isinstance(title, str) else ""),
        "items": items,
        "dropped": dropped,
    }


def _text(markup: str) -> str:
    """The text of some markup: without scripts, styles and tags."""
    import nh3

    # A lone surrogate, as half of a cut emoji is, would end the process.
    plain = STRAY.sub("", markup[:_MOST_MARKUP])
    if "<" in plain:
        plain = nh3.clean(_BREAKS.sub("\\g<0>\n", plain), tags=set())
    lines = (" ".join(line.split()) for line in STRAY.sub("", html.unescape(plain)).splitlines())
    return "\n".join(filter(None, lines))[:_MOST_TEXT]


def _line(markup: str, most: int = _MOST_TITLE) -> str:
    return " ".join(_text(markup[: 20 * most]).split())[:most].strip()


def _moment(parsed: Any) -> str:
    """A moment in UTC as feedparser tells it."""
    if parsed is None:
        return ""
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*parsed[:6])
