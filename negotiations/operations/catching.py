"""What feeds caught becomes clippings: each item once, prints of one story folded into one.

Twelve reprints of a wire story are one source of evidence, so they are one clipping, with its
reprints counted (`stories.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from negotiations.addresses import address_digest
from negotiations.likeness import bands_of
from negotiations.models import Clipping, Feed, Negotiation, Reprint
from negotiations.operations.keywords import names_of_people, track_words
from negotiations.operations.stories import Story, recent_stories
from negotiations.operations.texts import mended
from negotiations.recognition import WordList, is_korean

_AHEAD = timedelta(days=2)
_TEXT = 20_000
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Caught:
    """One item of a feed, by its `key` (GUID or address); all but key, url and title may be ""."""

    key: str
    url: str
    title: str
    text: str = ""
    published_at: datetime | None = None
    publisher_name: str = ""
    language: str = ""


def take_in(*, feed: int, items: Sequence[Caught], now: datetime) -> int:
    """Write what is new, within the caller's transaction; how many items were.

    An item is taken in once by its feed and key, whatever becomes of its text later. Others who
    take in for the same negotiation wait.
    """
    of = Feed.objects.select_related("negotiation").get(pk=feed)
    Negotiation.objects.select_for_update(no_key=True).get(pk=of.negotiation_id)
    fresh = _fresh(of, items)
    if not fresh:
        return 0
    digests = [address_digest(item.url) for _, item in fresh]
    stories = recent_stories(of.negotiation, digests, now=now)
    tracks, people = track_words(of.negotiation), names_of_people()
    reprints, clippings = [], []
    for (key, item), digest in zip(fresh, digests, strict=True):
        bands = bands_of(f"{item.title}\n{item.text}")
        story = stories.print_of(digest=digest, bands=bands, title=item.title, text=item.text)
        if story is None:
            row = _clipping(of, item, now, url_sha256=digest, bands=bands)
            row.proposed_tracks, row.proposed_speakers = _proposed(item, tracks, people)
            story = Story(row=row, bands=bands)
            stories.add(story, digest=digest, title=item.title)
            clippings.append(row)
        reprints.append(_reprint(of, story, item, now, key_sha256=key))
    Clipping.objects.bulk_create(clippings, batch_size=_AT_ONCE)
    Reprint.objects.bulk_create(reprints, batch_size=_AT_ONCE)
    return len(reprints)


def _fresh(of: Feed, items: Iterable[Caught]) -> list[tuple[str, Caught]]:
    """Those that this feed has not brought yet, by the digests of their keys."""
    keyed = {hashlib.sha256(item.key.encode()).hexdigest(): item for item in items}
    known = Reprint.objects.filter(feed=of, key_sha256__in=keyed).values_list(
        "key_sha256", flat=True
    )
    seen = set(known)
    return [(key, item) for key, item in keyed.items() if key not in seen]


def _clipping(of: Feed, item: Caught, now: datetime, **known: Any) -> Clipping:
    return Clipping(
        negotiation_id=of.negotiation_id, url=item.url, title=mended(item.title),
        text=mended(item.text)[:_TEXT], caught_at=now, **known,
        language=item.language[:12] or _language(item), published_at=_moment(item, now),
        publisher_name=mended(item.publisher_name),
    )  # fmt: skip


def _reprint(of: Feed, story: Story, item: Caught, now: datetime, *, key_sha256: str) -> Reprint:
    kept = {"clipping_id": story.id} if story.id else {"clipping": story.row}
    return Reprint(
        **kept, feed=of, key_sha256=key_sha256, url=item.url, title=mended(item.title),
        publisher_name=mended(item.publisher_name), published_at=_moment(item, now), taken_at=now,
    )  # fmt: skip


def _proposed(
    item: Caught, tracks: WordList, people: WordList
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    text = f"{item.title}\n{item.text}"
    return (
        [{"track": slug, "words": words} for slug, words in tracks.found(text).items()],
        [{"person": slug, "word": words[0]} for slug, words in people.found(text).items()],
    )


def _moment(item: Caught, now: datetime) -> datetime | None:
    """When it was published; none where that is said to be days from now."""
    at = item.published_at
    return at if at is None or at <= now + _AHEAD else None


def _language(item: Caught) -> str:
    return "ko" if is_korean(f"{item.title} {item.text[:500]}") else ""
