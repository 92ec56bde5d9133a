"""The words by which texts are proposed for tracks, for the officers of a negotiation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from negotiations.desk_words import Role
from negotiations.models import Keyword, Negotiation, Track
from negotiations.queries import names
from negotiations.queries.seats import Seat
from negotiations.queries.shapes import TrackRef
from negotiations.recognition import words_digest
from negotiations.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackWords:
    """A track and its words, in the order in which they were added."""

    track: TrackRef
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keywords:
    """A negotiation and the words of its tracks; `digest` tells these words from others."""

    slug: str
    title_en: str
    title_ko: str
    tracks: tuple[TrackWords, ...]
    digest: str


def keywords(negotiation: str, *, seat: Seat) -> Keywords:
    """The words of all tracks; four SQL queries.

    Refuses `not_found` where the account is no officer there.
    """
    allowed = negotiation in seat.where(Role.OFFICER)
    row = Negotiation.objects.filter(slug=negotiation).first() if allowed else None
    if row is None:
        raise Refusal("not_found")
    listed = Keyword.objects.filter(track__negotiation=row).order_by("pk")
    found = list(listed.values_list("track__slug", "word"))
    words: dict[str, list[str]] = defaultdict(list)
    for slug, word in found:
        words[slug].append(word)
    ids = Track.objects.filter(negotiation=row).values_list("pk", flat=True)
    return Keywords(
        slug=row.slug,
        title_en=row.title_en,
        title_ko=row.title_ko,
        tracks=tuple(
            TrackWords(track=ref, words=tuple(words[ref.slug]))
            for ref in names.tracks(ids).values()
        ),
        digest=words_digest(found),
    )
