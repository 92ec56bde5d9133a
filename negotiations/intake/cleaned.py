"""Foreign markup that is safe to keep and to show, cleaned in a process that may be killed."""

from __future__ import annotations

import re

from negotiations.confinement import answer_of
from negotiations.refusals import Refusal

# All that cleaned markup may be made of. `confined/cleaning.py` makes it so; this holds it to that.
_TAG = (
    r"</?(?:a|abbr|address|article|aside|b|blockquote|br|caption|cite|code|dd|del|dfn|div|dl|dt"
    r"|em|figcaption|figure|footer|h[1-6]|header|hr|i|ins|li|main|nav|ol|p|q|rp|rt|ruby|s|section"
    r"|small|strong|sub|sup|table|tbody|td|tfoot|th|thead|time|tr|u|ul)"
    r'(?: (?:href="(?i:https?)://[^"<>]*+"|rel="noopener nofollow noreferrer"'
    r'|(?:lang|datetime|colspan|rowspan)="[\w :.+-]*+"))*+>'
)
_SAFE = re.compile(rf"(?:[^<>\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]++|{_TAG})*+", re.ASCII)


def cleaned_html(
    html: str | bytes, *, base_url: str, charset: str = "", seconds: float | None = None
) -> str:
    """A page's markup reduced to paragraphs, headings, lists, tables, quotations and links.

    `charset` is what is declared for bytes, which are read as UTF-8 where they are that. Links are
    absolute (`base_url` is the page's address), http or https, and `rel="noopener nofollow
    noreferrer"`; no script, style, form, frame, picture, class or id is left. In Unicode NFC;
    cleaning it again changes nothing. Raises Refusal `unreadable_document` where that takes more
    than ten seconds of work or a gigabyte of memory.
    """
    document = html if isinstance(html, bytes) else html.encode(errors="replace")
    declared = charset if isinstance(html, bytes) else "utf-8"
    asked = {"charset": declared, "base_url": base_url}
    found = answer_of("cleaning.clean_document", document, asked=asked, seconds=seconds)
    if not isinstance(found, str) or not is_clean(found):
        raise Refusal("unreadable_document", at="/url")
    return found


def is_clean(html: str) -> bool:
    """Whether markup has nothing in it but what cleaned markup may be made of."""
    return _SAFE.fullmatch(html) is not None
