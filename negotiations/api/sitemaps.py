"""What search engines are told of: robots.txt (RFC 9309) and sitemaps (sitemaps.org, 0.9)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from rest_framework.request import Request
from rest_framework.response import Response

from negotiations.api.asking import Asked
from negotiations.api.feed_items import prefix
from negotiations.api.feed_texts import LANGUAGES
from negotiations.api.feeds import Outward
from negotiations.api.reading import absolute
from negotiations.api.rendering import instant_text
from negotiations.queries.sitemaps import Place, main_places, portion, portions
from negotiations.refusals import Refusal

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NOUNS = ("statements", "sources")
# Pages that stand for themselves.
_FIXED = (
    *("/", "/changes/", "/corrections/", "/vocabulary/", "/about/", "/for-scripts/"),
    *("/trust/", "/ledger/", "/reports/"),
)
_ROBOTS = """\
User-agent: *
Disallow: /desk/
Disallow: /ko/desk/
Disallow: /search/
Disallow: /ko/search/
Disallow: /embed/
Disallow: /ko/embed/
Disallow: /subscriptions/
Disallow: /ko/subscriptions/

Sitemap: {sitemap}
"""


class ShowRobots(Outward):
    """What robots are asked to leave alone: what is no page of the record, or costs much."""

    media_type = "text/plain; charset=utf-8"

    def answer(self, asked: Asked) -> bytes:  # noqa: ARG002  the same whatever is asked
        """The file."""
        return _ROBOTS.format(sitemap=absolute(self.request, "/sitemap.xml")).encode()


class ShowSitemap(Outward):
    """The list of sitemaps, or one of them: the main pages, or a portion of a noun."""

    media_type = "application/xml; charset=utf-8"

    def get(self, request: Request, **path: str) -> Response:
        """Answer."""
        self.part = path.pop("part", "")
        return super().get(request, **path)

    def answer(self, asked: Asked, **_: Any) -> bytes:
        """The sitemap as bytes; Refusal `not_found` where there is none of that name."""
        if not self.part:
            return self._index()
        if self.part == "pages":
            fixed = (Place(path=path, changed_at=None) for path in _FIXED)
            return self._urls([*fixed, *main_places(clocks=asked.clocks)])
        noun, _dash, number = self.part.partition("-")
        if noun not in _NOUNS or int(number) not in portions(noun):
            raise Refusal("not_found")
        return self._urls(portion(noun, int(number), clocks=asked.clocks))

    def _index(self) -> bytes:
        names = ["pages", *(f"{noun}-{number}" for noun in _NOUNS for number in portions(noun))]
        told = "".join(
            f"<sitemap><loc>{self._address(f'/sitemap-{name}.xml')}</loc></sitemap>\n"
            for name in names
        )
        return f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{told}</sitemapindex>\n'.encode()

    def _urls(self, places: Iterable[Place]) -> bytes:
        told = "".join(self._url(place, code) for place in places for code in LANGUAGES)
        space = f'xmlns="{_SPACE}" xmlns:xhtml="{_XHTML}"'
        return f"{_HEAD}<urlset {space}>\n{told}</urlset>\n".encode()

    def _url(self, place: Place, language: str) -> str:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" '
            f'href="{self._address(prefix(code) + place.path)}"/>'
            for code in LANGUAGES
        )
        at = place.changed_at
        changed = f"<lastmod>{instant_text(at)}</lastmod>" if at else ""
        location = self._address(prefix(language) + place.path)
        return f"<url><loc>{location}</loc>{changed}{others}</url>\n"

    def _address(self, path: str) -> str:
        return escape(absolute(self.request, path), {'"': "&quot;"})
