"""The ledger as told to the outside: public acts only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from negotiations.models import LedgerEntry, Track
from negotiations.queries import lookups, names
from negotiations.queries.corrections import corrections
from negotiations.queries.paging import MOST, too_many
from negotiations.queries.shapes import Change, Page, TrackRef

__all__ = ["changes", "changes_on", "corrections", "latest_number", "recent_changes"]


def latest_number(*, using: str = "default") -> int:
    """The number of the newest public act; 0 before the first. One SQL query.

    `using` names a database of the settings, for who compares two.
    """
    newest = LedgerEntry.objects.using(using).filter(public=True).order_by("-number")
    return newest.values_list("number", flat=True).first() or 0


def changes(
    *,
    after: int = 0,
    limit: int = 50,
    negotiation: str | None = None,
    track: str | None = None,
) -> Page[Change]:
    """Public acts with a higher number, oldest first; `next` is the `after` of the next page.

    Two SQL queries and one a filter; refuses `bad_parameter`.
    """
    rows = _about(negotiation, track).filter(number__gt=after).order_by("number")
    return _page(rows, limit=limit)


def recent_changes(
    *,
    before: int | None = None,
    limit: int = 50,
    negotiation: str | None = None,
    track: str | None = None,
) -> Page[Change]:
    """Public acts with a lower number, newest first; `next` is the `before` of the next page.

    Two SQL queries and one a filter; refuses `bad_parameter`.
    """
    rows = _about(negotiation, track).order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return _page(rows, limit=limit)


def changes_on(
    tracks: Iterable[tuple[str, str]], *, after: int, limit: int = 50
) -> tuple[Change, ...]:
    """Public acts on any of these tracks (negotiation, slug) with a higher number, newest first.

    Three SQL queries; what only says that somebody looked (`check_track`) is left out.
    """
    wanted = Q()
    for negotiation, slug in tracks:
        wanted |= Q(negotiation__slug=negotiation, slug=slug)
    if not wanted:
        return ()
    ids = list(Track.objects.filter(wanted).values_list("pk", flat=True))
    acts = LedgerEntry.objects.filter(public=True, number__gt=after, track_ids__overlap=ids)
    return _page(acts.exclude(verb="check_track").order_by("-number"), limit=limit).results


def _about(negotiation: str | None, track: str | None) -> QuerySet[LedgerEntry]:
    """Public acts, narrowed to a negotiation or a track."""
    rows = LedgerEntry.objects.filter(public=True)
    negotiation_id = lookups.negotiation_id(negotiation)
    track_id = lookups.track_id(track, negotiation=negotiation_id)
    if track_id is not None:
        return rows.filter(track_ids__contains=[track_id])
    if negotiation_id is not None:
        return rows.filter(negotiation_ids__contains=[negotiation_id])
    return rows


def _page(rows: QuerySet[LedgerEntry], *, limit: int) -> Page[Change]:
    if not 1 <= limit <= MOST:
        raise too_many(MOST)
    found = list(rows[: limit + 1])
    shown = found[:limit]
    tracks = names.tracks(pk for row in shown for pk in row.track_ids)
    return Page(
        results=tuple(_change(row, tracks) for row in shown),
        next=str(shown[-1].number) if len(found) > limit else None,
    )


def _change(row: Any, tracks: dict[int, TrackRef]) -> Change:
    return Change(
        number=row.number,
        verb=row.verb,
        noun=row.noun,
        object_id=row.object_id,
        at=row.at,
        role=row.role,
        payload=row.payload,
        previous_hash=row.previous_hash,
        hash=row.hash,
        tracks=tuple(ref for pk, ref in tracks.items() if pk in row.track_ids),
    )
