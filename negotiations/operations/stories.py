"""Which story an item is another print of, among those that its negotiation knows.

By its address in canonical form; by its title, where that says enough and is no older than three
days; by its text, of which four fifths are the same, within fourteen days. Thousands of stories are
looked through for each item, so they are held as numbers, and a text is read where it is near.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from negotiations.likeness import FOUND_WITHIN, distance, probes
from negotiations.models import Clipping, Negotiation
from negotiations.recognition import is_korean

# Prints of a story come within days of each other; among so many of the newest they are looked for.
_TITLES_WITHIN, _TEXTS_WITHIN, _MOST_LOOKED_AT = timedelta(days=3), timedelta(days=14), 5_000
# Of a story's text so many letters count, and so many of the nearest are compared by letters: a
# stranger may write thousands of texts that are all near.
_SIMILAR, _LETTERS, _MOST_COMPARED = 80.0, 5_000, 10
# A title of fewer letters ("Statement by the ministry") may stand over many stories.
_TELLING, _TELLING_KOREAN = 20, 10
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(slots=True, kw_only=True)
class Story:
    """A clipping: `id` of one that is kept, and its row where that is new or was read."""

    bands: Sequence[int]
    id: int = 0
    row: Clipping | None = None

    def text(self) -> str:
        """What it is compared by; one SQL query, once, where it is not at hand."""
        if self.row is None:
            self.row = Clipping.objects.only("title", "text").get(pk=self.id)
        return level(self.row.title, self.row.text)


@dataclass(slots=True)
class Stories:
    """Those of the last days, the newest first, and then those that are added."""

    all: list[Story] = field(default_factory=list)
    by_address: dict[str, Story] = field(default_factory=dict)
    by_title: dict[str, Story] = field(default_factory=dict)
    by_band: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, story: Story, *, digest: str, title: str) -> None:
        """A story more; `title` is "" where it is too old to be known by that."""
        self.by_address.setdefault(digest, story)
        if key := _title_key(title):
            self.by_title.setdefault(key, story)
        for band in story.bands:
            self.by_band[band].append(len(self.all))
        self.all.append(story)

    def print_of(
        self, *, digest: str, bands: Collection[int], title: str, text: str
    ) -> Story | None:
        """The story of which this is another print; None for a new one."""
        known = self.by_address.get(digest) or self.by_title.get(_title_key(title))
        return known or self._alike(bands, level(title, text))

    def _alike(self, bands: Collection[int], text: str) -> Story | None:
        # Read when first needed: it makes a table of all letters, which takes a tenth of a second.
        from rapidfuzz.fuzz import ratio

        found = {at for band in probes(bands) for at in self.by_band.get(band, ())}
        ranked = sorted((distance(bands, self.all[at].bands), at) for at in found)
        near = [self.all[at] for apart, at in ranked[:_MOST_COMPARED] if apart <= FOUND_WITHIN]
        return next((one for one in near if ratio(text, one.text(), score_cutoff=_SIMILAR)), None)


def recent_stories(of: Negotiation, digests: Collection[str], *, now: datetime) -> Stories:
    """What an item may be another print of: the newest, and what has these addresses.

    Two SQL queries.
    """
    rows = Clipping.objects.filter(negotiation=of)
    stories = Stories()
    newest = rows.filter(caught_at__gte=now - _TEXTS_WITHIN).order_by("-caught_at", "-pk")
    told = newest.values_list("pk", "url_sha256", "title", "bands", "caught_at")
    for id, digest, title, bands, caught_at in told[:_MOST_LOOKED_AT]:
        named = title if caught_at >= now - _TITLES_WITHIN else ""
        stories.add(Story(id=id, bands=bands), digest=digest, title=named)
    older = rows.filter(url_sha256__in=digests).values_list("pk", "url_sha256", "bands")
    for id, digest, bands in older:
        stories.by_address.setdefault(digest, Story(id=id, bands=bands))
    return stories


def level(title: str, text: str) -> str:
    """The beginning of a story, without what tells no two of them apart."""
    return " ".join(f"{title} {text}"[:_LETTERS].casefold().split())


def _title_key(title: str) -> str:
    """What titles are compared by; "" where one says too little to tell a story."""
    letters = _NO_LETTERS.sub("", title.casefold())
    telling = len(letters) >= _TELLING or (len(letters) >= _TELLING_KOREAN and is_korean(title))
    return letters if telling else ""
