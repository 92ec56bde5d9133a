"""A feed as bytes: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from negotiations.api.feed_items import ToldFeed, ToldItem
from negotiations.api.rendering import encode

AUTHOR = "Parley"
_VERSION = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedForm:
    """How a feed is written, and as what."""

    media_type: str
    write: Callable[[ToldFeed], bytes]


class _Dated(SyndicationFeed):
    """Changed when it says; the framework takes the moment of asking for an empty feed."""

    def latest_post_date(self) -> datetime:
        """The instant of the newest act."""
        return self.feed["updated_at"]


class _Atom(_Dated, Atom1Feed):
    pass


class _Rss(_Dated, Rss201rev2Feed):
    pass


def atom(feed: ToldFeed) -> bytes:
    """Atom 1.0."""
    return _written(_Atom, feed, author=AUTHOR)


def rss(feed: ToldFeed) -> bytes:
    """RSS 2.0."""
    return _written(_Rss, feed, author=None)


def json_feed(feed: ToldFeed) -> bytes:
    """JSON Feed 1.1; `_parley` tells an item's type as webhooks do, and its place in the ledger."""
    return encode(
        {
            "version": _VERSION,
            "title": feed.title,
            "home_page_url": feed.home,
            "feed_url": feed.address,
            "description": feed.about,
            "language": feed.language,
            "authors": [{"name": AUTHOR}],
            "items": [_json_item(item) for item in feed.items],
            "_parley": {"about": feed.documentation},
        }
    )


def _json_item(item: ToldItem) -> Mapping[str, Any]:
    elsewhere = {"external_url": item.source} if item.source else {}
    return {
        "id": item.id,
        "url": item.address,
        **elsewhere,
        "title": item.title,
        "content_html": item.html,
        "date_published": item.at,
        "tags": item.categories,
        "_parley": {"type": item.type, "number": item.number, "hash": item.hash},
    }


def _written(form: type[SyndicationFeed], feed: ToldFeed, *, author: str | None) -> bytes:
    written: Any = form(
        title=feed.title,
        link=feed.home,
        description=feed.about,
        subtitle=feed.about,
        language=feed.language,
        author_name=author,
        feed_url=feed.address,
        feed_guid=feed.id,
        updated_at=feed.updated_at.astimezone(UTC),
    )
    for item in feed.items:
        at = item.at.astimezone(UTC)
        written.add_item(
            title=item.title,
            link=item.address,
            description=item.html,
            unique_id=item.id,
            unique_id_is_permalink=False,
            pubdate=at,
            updateddate=at,
            categories=item.categories,
        )
    body = BytesIO()
    written.write(body, "utf-8")
    return body.getvalue()


FORMS: Mapping[str, FeedForm] = {
    "atom": FeedForm(media_type=Atom1Feed.content_type, write=atom),
    "rss": FeedForm(media_type=Rss201rev2Feed.content_type, write=rss),
    "json": FeedForm(media_type="application/feed+json", write=json_feed),
}
