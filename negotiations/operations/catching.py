"""What feeds caught becomes clippings: each item once, prints of one story folded into one.

Twelve reprints of a wire story are one source of evidence, so they are one clipping, with its
reprints counted. A story is known by its address in canonical form; by its title, where that says
enough and is no older than three days; and by its text, of which four fifths are the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from negotiations.addresses import address_digest
from negotiations.likeness import FOUND_WITHIN, bands_of, distance
from negotiations.models import Clipping, Feed, Negotiation, Reprint
from negotiations.operations.keywords import names_of_people, track_words
from negotiations.operations.texts import mended
from negotiations.recognition import WordList, is_korean

# Prints of a story come within days of each other; among so many of the newest they are looked for.
_TITLES_WITHIN, _TEXTS_WITHIN, _MOST_LOOKED_AT = timedelta(days=3), timedelta(days=14), 5_000
_SIMILAR, _LETTERS = 80.0, 5_000
# A title of fewer letters ("Statement by the ministry") may stand over many stories.
_TELLING = 20
_TELLING_KOREAN = 10
_AHEAD = timedelta(days=2)
_TEXT = 20_000
_NO_LETTERS = re.compile(r"[\W_]+")


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


@dataclass(slots=True, kw_only=True)
class _Story:
    """A clipping as far as another print of it is recognised by."""

    row: Clipping
    bands: list[int]
    text: str


@dataclass(slots=True)
class _Stories:
    """Those of the last days, the newest first, and those that this batch adds."""

    by_address: dict[str, _Story] = field(default_factory=dict)
    by_title: dict[str, _Story] = field(default_factory=dict)
    all: list[_Story] = field(default_factory=list)

    def add(self, story: _Story, *, now: datetime) -> None:
        self.by_address[story.row.url_sha256] = story
        if story.row.caught_at >= now - _TITLES_WITHIN and (key := _title_key(story.row.title)):
            self.by_title.setdefault(key, story)
        self.all.append(story)

    def print_of(self, item: Caught, digest: str, bands: list[int]) -> _Story | None:
        known = self.by_address.get(digest) or self.by_title.get(_title_key(item.title))
        return known or self._alike(_level(item), bands)

    def _alike(self, text: str, bands: list[int]) -> _Story | None:
        # Read when first needed: it makes a table of all letters, which takes a tenth of a second.
        from rapidfuzz.fuzz import ratio

        near = (one for one in self.all if distance(bands, one.bands) <= FOUND_WITHIN)
        for one in near:
            if ratio(text, one.text, score_cutoff=_SIMILAR):
                return one
        return None


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
    stories = _recent(of.negotiation, [item for _, item in fresh], now=now)
    tracks, people = track_words(of.negotiation), names_of_people()
    reprints, clippings = [], []
    for key, item in fresh:
        digest, bands = address_digest(item.url), bands_of(f"{item.title}\n{item.text}")
        story = stories.print_of(item, digest, bands)
        if story is None:
            row = _clipping(of, item, now, url_sha256=digest, bands=bands)
            row.proposed_tracks, row.proposed_speakers = _proposed(item, tracks, people)
            story = _Story(row=row, bands=bands, text=_level(item))
            stories.add(story, now=now)
            clippings.append(row)
        reprints.append(_reprint(of, story.row, item, now, key_sha256=key))
    Clipping.objects.bulk_create(clippings)
    Reprint.objects.bulk_create(reprints)
    return len(reprints)


def _fresh(of: Feed, items: Iterable[Caught]) -> list[tuple[str, Caught]]:
    """Those that this feed has not brought yet, by the digests of their keys."""
    keyed = {hashlib.sha256(item.key.encode()).hexdigest(): item for item in items}
    known = Reprint.objects.filter(feed=of, key_sha256__in=keyed).values_list(
        "key_sha256", flat=True
    )
    seen = set(known)
    return [(key, item) for key, item in keyed.items() if key not in seen]


def _recent(of: Negotiation, items: Sequence[Caught], *, now: datetime) -> _Stories:
    """What an item may be another print of. Two SQL queries."""
    rows = Clipping.objects.filter(negotiation=of).only(
        "url_sha256", "title", "text", "bands", "caught_at"
    )
    stories = _Stories()
    newest = rows.filter(caught_at__gte=now - _TEXTS_WITHIN).order_by("-caught_at", "-pk")
    for row in newest[:_MOST_LOOKED_AT]:
        stories.add(_Story(row=row, bands=row.bands, text=_level(row)), now=now)
    for row in rows.filter(url_sha256__in={address_digest(item.url) for item in items}):
        known = _Story(row=row, bands=row.bands, text="")
        stories.by_address.setdefault(row.url_sha256, known)
    return stories


def _clipping(of: Feed, item: Caught, now: datetime, **known: Any) -> Clipping:
    return Clipping(
        negotiation_id=of.negotiation_id, url=item.url, title=mended(item.title),
        text=mended(item.text)[:_TEXT], caught_at=now, **known,
        language=item.language[:12] or _language(item), published_at=_moment(item, now),
        publisher_name=mended(item.publisher_name),
    )  # fmt: skip


def _reprint(of: Feed, row: Clipping, item: Caught, now: datetime, *, key_sha256: str) -> Reprint:
    return Reprint(
        feed=of, clipping=row, key_sha256=key_sha256, url=item.url, title=mended(item.title),
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


def _title_key(title: str) -> str:
    """What titles are compared by; "" where one says too little to tell a story."""
    letters = _NO_LETTERS.sub("", title.casefold())
    return letters if len(letters) >= (_TELLING_KOREAN if is_korean(title) else _TELLING) else ""


def _level(item: Caught | Clipping) -> str:
    return " ".join(f"{item.title} {item.text}"[:_LETTERS].casefold().split())
