"""What there is to find: the addresses that search engines are told of, by keys and in portions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Clocks, Negotiation, Person, Source, Statement, Track
from negotiations.queries.accounts import latest_meetings

# Of 50,000 that a sitemap may hold; each address stands in two languages.
PORTION = 10_000
_KEY = ("negotiation__slug", "slug")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One page: its path in English, and when what it tells was published (null: not told)."""

    path: str
    changed_at: datetime | None


_NOUNS = {"statements": Statement, "sources": Source}
# What every negotiation has a page of.
_ROOMS = (
    *("positions", "figures", "meetings", "linkages", "milestones", "compare"),
    *("brief", "handover"),
)


def portions(noun: str) -> list[int]:
    """The numbers of the portions of a noun; one SQL query, however long the record is."""
    published = _NOUNS[noun]._default_manager.filter(published_at__isnull=False)
    newest = published.order_by("-pk").values_list("pk", flat=True).first()
    return list(range(newest // PORTION + 1)) if newest else []


def portion(noun: str, number: int, *, clocks: Clocks) -> list[Place]:
    """The rows of a portion as they stand: what was corrected is found by its correction.

    One SQL query.
    """
    rows = _NOUNS[noun]._default_manager.visible(clocks)
    here = rows.filter(pk__gte=number * PORTION, pk__lt=(number + 1) * PORTION).order_by("pk")
    return [
        Place(path=f"/{noun}/{pk}/", changed_at=at)
        for pk, at in here.values_list("pk", "published_at")
    ]


def main_places(*, clocks: Clocks) -> Iterator[Place]:
    """The negotiations with their rooms, tracks and meetings, and the people who speak.

    Four SQL queries.
    """
    for slug in Negotiation.objects.order_by("slug").values_list("slug", flat=True):
        yield Place(path=f"/{slug}/", changed_at=None)
        for room in _ROOMS:
            yield Place(path=f"/{slug}/{room}/", changed_at=None)
    for negotiation, slug in _meetings(clocks):
        yield Place(path=f"/{negotiation}/meetings/{slug}/", changed_at=None)
    tracks = Track.objects.order_by("negotiation__slug", "slug")
    for negotiation, slug in tracks.values_list("negotiation__slug", "slug"):
        yield Place(path=f"/{negotiation}/{slug}/", changed_at=None)
    for slug in Person.objects.order_by("slug").values_list("slug", flat=True)[:PORTION]:
        yield Place(path=f"/people/{slug}/", changed_at=None)


def _meetings(clocks: Clocks) -> list[tuple[str, str]]:
    """The milestones that are meetings by now, by negotiation and slug."""
    found = latest_meetings(clocks=clocks).order_by(*_KEY)
    return list(found.values_list(*_KEY)[:PORTION])
