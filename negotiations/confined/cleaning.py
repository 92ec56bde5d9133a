"""Foreign markup down to an allow-list.

Deep nesting costs nh3 minutes, so it is given no stranger's document outside of this process.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from typing import Any

import nh3

from .decoding import decode

TAGS = frozenset(
    [
        "a", "abbr", "address", "article", "aside", "b", "blockquote", "br", "caption", "cite",
        "code", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "li", "main", "nav", "ol",
        "p", "q", "rp", "rt", "ruby", "s", "section", "small", "strong", "sub", "sup", "table",
        "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
    ]
)  # fmt: skip
# What these hold is no text of the document.
_EMPTIED = frozenset(
    [
        "audio", "button", "canvas", "datalist", "embed", "frameset", "head", "iframe", "math",
        "noembed", "noframes", "noscript", "object", "picture", "script", "select", "style",
        "svg", "template", "textarea", "title", "video",
    ]
)  # fmt: skip
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_VALUES = {
    "datetime": re.compile(r"[\w :.+\-]{1,60}", re.ASCII),
    "lang": re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}", re.ASCII | re.IGNORECASE),
    "colspan": re.compile(r"[0-9]{1,3}"),
    "rowspan": re.compile(r"[0-9]{1,3}"),
}
_ATTRIBUTES = {
    "*": {"lang"}, "a": {"href"}, "time": {"datetime"}, "del": {"datetime"}, "ins": {"datetime"},
    "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"},
}  # fmt: skip
# Markup that is read differently each time it is written is left as its text.
_ROUNDS = 5


def clean_document(document: bytes, *, charset: str, base_url: str) -> str:
    """The markup of a document, cleaned."""
    return clean(decode(document, charset), base_url)


def clean(html: str, base_url: str) -> str:
    """Markup of the allow-list alone: cleaning it again changes nothing. Links are absolute."""
    cleaner, before = _cleaner(base_url, TAGS), html
    for _ in range(_ROUNDS):
        after = _kept(cleaner.clean(_kept(before)))
        if after == before:
            return after
        before = after
    return _kept(_cleaner(base_url, frozenset()).clean(before))


def _cleaner(base_url: str, tags: frozenset[str]) -> nh3.Cleaner:
    rules: dict[str, Any] = {
        "tags": set(tags),
        "clean_content_tags": set(_EMPTIED),
        "attributes": _ATTRIBUTES,
        "attribute_filter": _value,
        "link_rel": "noopener nofollow noreferrer",
        "url_schemes": {"http", "https"},
    }
    if re.match(r"https?://", base_url):
        with suppress(ValueError):
            return nh3.Cleaner(**rules, url_relative=("rewrite_with_base", base_url))
    return nh3.Cleaner(**rules, url_relative="deny")


def _value(tag: str, attribute: str, value: str) -> str | None:  # noqa: ARG001
    # Addresses are looked at by nh3 itself, which makes them absolute after this.
    form = _VALUES.get(attribute)
    return value if form is None or form.fullmatch(value) else None


def _kept(html: str) -> str:
    """In Unicode NFC and without controls, as texts are kept.

    A bracket and a stroke (U+0338) would become one letter, and the tag would not end there.
    """
    kept = _CONTROLS.sub("", html.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", kept.replace("\u0338", "&#x338;")).strip()
