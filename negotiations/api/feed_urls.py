"""The addresses of feeds, calendars and sitemaps, beside those of the pages they are about.

They stand before the pages, and name their language themselves: no reader of feeds has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path, re_path

from negotiations.api.calendars import ShowCalendar
from negotiations.api.feed_forms import FORMS
from negotiations.api.feed_items import prefix
from negotiations.api.feed_texts import LANGUAGES
from negotiations.api.feeds import ShowFeed
from negotiations.api.routes import gather
from negotiations.api.sitemaps import ShowRobots, ShowSitemap

_NEGOTIATION = "<str:negotiation>/"
_TRACK = f"{_NEGOTIATION}<str:track>/"
# Those of parties come before those of tracks: no negotiation has that slug.
_PLACES = ("", "parties/<str:code>/", _NEGOTIATION, _TRACK)


def _paths() -> Iterator[URLPattern]:
    feed, calendar = gather(ShowFeed), gather(ShowCalendar)
    # Korean first: otherwise /ko/feed.atom were that of a negotiation called “ko”.
    for language in reversed(LANGUAGES):
        root, told = f"{prefix(language)}/".lstrip("/"), {"language": language}
        for place in _PLACES:
            for form in FORMS:
                yield path(f"{root}{place}feed.{form}", feed, {**told, "form": form}, "api_feed")
        for place in (_NEGOTIATION, _TRACK):
            yield path(f"{root}{place}milestones.ics", calendar, told, "api_calendar")


urlpatterns = [
    *_paths(),
    path("robots.txt", gather(ShowRobots), name="api_robots"),
    path("sitemap.xml", gather(ShowSitemap), name="api_sitemap"),
    re_path(
        r"^sitemap-(?P<part>pages|statements-[0-9]{1,9}|sources-[0-9]{1,9})\.xml$",
        gather(ShowSitemap),
        name="api_sitemap_part",
    ),
]
