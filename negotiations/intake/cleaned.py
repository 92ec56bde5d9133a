"""Foreign markup down to what a text needs: no script, no style, no form, no picture."""

from __future__ import annotations

from urllib.parse import urljoin

import nh3

_TAGS = {
    "a", "abbr", "article", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del",
    "details", "div", "dl", "dt", "em", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "ins", "li", "main", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "section", "small", "span",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr",
    "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "hreflang"}, "time": {"datetime"}, "*": {"lang"}}
_ATTRIBUTES |= {name: {"colspan", "rowspan"} for name in ("td", "th")}
# What stands in them is no text of the page.
_DROPPED = {"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head"}
_SCHEMES = {"http", "https"}


def cleaned_html(markup: str, *, base_url: str = "") -> str:
    """The text of a page with its structure and links alone; cleaned again it stays the same.

    Relative links are joined to `base_url`; links that are no web addresses lose theirs.
    """

    def attribute(element: str, name: str, value: str) -> str | None:
        return _link(value, base_url) if (element, name) == ("a", "href") else value

    return nh3.clean(
        markup,
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def _link(value: str, base_url: str) -> str | None:
    try:
        return urljoin(base_url, value.strip()) if base_url else value
    except ValueError:
        return None
