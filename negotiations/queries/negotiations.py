"""Negotiations."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from negotiations.models import Clocks, Negotiation
from negotiations.queries import names
from negotiations.queries.lookups import plain
from negotiations.queries.paging import by_name, page_rows
from negotiations.queries.shapes import NegotiationSummary, Page, PartyRef, TrackRef
from negotiations.refusals import Refusal
from negotiations.sql import array, fetch

_ORDER = by_name("negotiations", "slug")
_TRACKS = """
    SELECT negotiation_id, id, slug, title_en, title_ko, headline, position, parent_id
    FROM negotiations_track
    WHERE negotiation_id = ANY(%s::bigint[]) AND registered_at <= %s ORDER BY id
"""


class _Placed(NamedTuple):
    """A track as it is pointed to, and its place among the others."""

    pk: int
    slug: str
    title_en: str
    title_ko: str
    headline: bool
    position: int
    parent_id: int | None


def list_negotiations(
    *, clocks: Clocks, limit: int = 50, cursor: str | None = None
) -> Page[NegotiationSummary]:
    """The negotiations registered by `as_of`, by slug; three SQL queries."""
    rows = Negotiation.objects.filter(registered_at__lte=clocks.as_of)
    found, following = page_rows(rows, order=_ORDER, limit=limit, cursor=cursor)
    return Page(results=tuple(summaries(found, clocks=clocks)), next=following)


def slugs(*, clocks: Clocks, limit: int, cursor: str | None = None) -> Page[str]:
    """The slugs of the same; one SQL query."""
    rows = Negotiation.objects.filter(registered_at__lte=clocks.as_of).only("slug")
    found, following = page_rows(rows, order=_ORDER, limit=limit, cursor=cursor)
    return Page(results=tuple(row.slug for row in found), next=following)


def negotiation(slug: str, *, clocks: Clocks) -> NegotiationSummary:
    """One negotiation; refuses `not_found`."""
    (found,) = summaries([find_whole(slug, clocks=clocks)], clocks=clocks)
    return found


def told_negotiations(slugs: Collection[str], *, clocks: Clocks) -> dict[str, NegotiationSummary]:
    """These negotiations by slug, as far as they were registered; three SQL queries."""
    if not slugs:
        return {}
    rows = Negotiation.objects.filter(slug__in=slugs, registered_at__lte=clocks.as_of)
    return {told.slug: told for told in summaries(list(rows), clocks=clocks)}


def summaries(rows: Collection[Negotiation | Whole], *, clocks: Clocks) -> list[NegotiationSummary]:
    """These negotiations with their parties and tracks; two SQL queries."""
    ids = [row.pk for row in rows]
    parties = names.parties_of(ids)
    tracks: dict[int, list[_Placed]] = {pk: [] for pk in ids}
    for negotiation, *placed in fetch(_TRACKS, [array(ids), clocks.as_of]):
        tracks[negotiation].append(_Placed(*placed))
    return [
        summary(
            row,
            parties=tuple(parties.get(row.pk, ())),
            tracks=tuple(
                names.track_ref(track, negotiation=row.slug)
                for track, _ in in_tree_order(tracks[row.pk])
            ),
        )
        for row in rows
    ]


def summary(
    row: Any, *, parties: tuple[PartyRef, ...], tracks: tuple[TrackRef, ...]
) -> NegotiationSummary:
    """A negotiation with its parties by id, and its tracks in the order of the tree."""
    return NegotiationSummary(
        slug=row.slug,
        title_en=row.title_en,
        title_ko=row.title_ko,
        summary_en=row.summary_en,
        summary_ko=row.summary_ko,
        parties=parties,
        tracks=tracks,
    )


class Whole(NamedTuple):
    """A negotiation with the ids of its parties, in their order."""

    pk: int
    slug: str
    title_en: str
    title_ko: str
    summary_en: str
    summary_ko: str
    party_ids: list[int]


_WHOLE = """
    SELECT id, slug, title_en, title_ko, summary_en, summary_ko, ARRAY(
        SELECT party_id FROM negotiations_negotiation_parties
        WHERE negotiation_id = negotiations_negotiation.id ORDER BY party_id)
    FROM negotiations_negotiation WHERE slug = ANY(%s::text[]) AND registered_at <= %s
    ORDER BY slug
"""


def find_whole(slug: str, *, clocks: Clocks) -> Whole:
    """The negotiation an address names; one SQL query, refuses `not_found`."""
    found = find_wholes([plain(slug)], clocks=clocks)
    if not found:
        raise Refusal("not_found")
    return found[0]


def find_wholes(slugs: Collection[str], *, clocks: Clocks) -> list[Whole]:
    """Of the negotiations with these slugs those on record by `as_of`, by slug; one SQL query."""
    return [Whole(*row) for row in fetch(_WHOLE, [list(slugs), clocks.as_of])]


def in_tree_order(tracks: Collection[Any]) -> list[tuple[Any, int]]:
    """Tracks with their depth: headline tracks first, each followed by what hangs below it."""
    here = {track.pk for track in tracks}
    below: dict[int | None, list[Any]] = {}
    for track in sorted(tracks, key=lambda t: (not t.headline, t.position, t.pk)):
        below.setdefault(track.parent_id if track.parent_id in here else None, []).append(track)
    ordered = list(_descend(below, None, 0))
    placed = {track.pk for track, _ in ordered}
    # Tracks that hang below each other in a ring are still told.
    return ordered + [(track, 0) for track in tracks if track.pk not in placed]


def _descend(
    below: dict[int | None, list[Any]], parent: int | None, depth: int
) -> Iterator[tuple[Any, int]]:
    for track in below.get(parent, ()):
        yield track, depth
        yield from _descend(below, track.pk, depth + 1)
