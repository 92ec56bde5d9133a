"""Parts of a page by what they say."""

from __future__ import annotations

from tests.pages.markup import Element, Markup


def section(page: Markup, heading: str) -> str:
    """What the section under the heading with this id says."""
    return next(
        e.words for e in page.all("section") if e.attributes.get("aria-labelledby") == heading
    )


def facts(page: Markup) -> dict[str, str]:
    """All terms of the page's description lists with their descriptions."""
    told: dict[str, str] = {}
    last: Element | None = None
    for element in page.elements:
        if element.name == "dt":
            last = element
        elif element.name == "dd" and last is not None:
            told[last.words] = element.words
    return told
