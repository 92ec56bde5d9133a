"""Stands in for the clippings room until it is merged."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from negotiations.addresses import address_digest
from negotiations.models import Clipping, Feed, Reprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Caught:
    """One item of a feed."""

    key: str
    url: str
    title: str
    text: str = ""
    published_at: datetime | None = None
    publisher_name: str = ""
    language: str = ""


def take_in(*, feed: int, items: Sequence[Caught], now: datetime) -> int:
    """Write what is new."""
    of, new = Feed.objects.get(pk=feed), 0
    for item in items:
        key = hashlib.sha256(item.key.encode()).hexdigest()
        if Reprint.objects.filter(feed=of, key_sha256=key).exists():
            continue
        clipping, _ = Clipping.objects.get_or_create(
            negotiation=of.negotiation,
            url_sha256=address_digest(item.url),
            defaults={
                "url": item.url,
                "title": item.title,
                "publisher_name": item.publisher_name,
                "caught_at": now,
                "bands": [],
            },
        )
        Reprint.objects.create(
            feed=of, clipping=clipping, key_sha256=key, url=item.url, title=item.title, taken_at=now
        )
        new += 1
    return new
