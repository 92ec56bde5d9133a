"""The ledger as told to the outside: public acts only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from negotiations.models import LedgerEntry, LedgerNegotiation, LedgerTrack, Track
from negotiations.queries import lookups, names
from negotiations.queries.corrections import corrections
from negotiations.queries.paging import MOST, too_many
from negotiations.queries.shapes import Act, Page, TrackRef
from negotiations.sql import fetch_first

__all__ = [
    "Latest",
    "Scope",
    "Sign",
    "act",
    "changes_on",
    "corrections",
    "entries_after",
    "latest",
    "latest_number",
    "members",
    "newest_number",
    "news",
    "recent_changes",
    "scope_of",
    "signs",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which acts are asked for: all, those on a negotiation, or those on a track (ids)."""

    negotiation: int | None = None
    track: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """That there is an act, and whom it concerns."""

    number: int
    negotiations: frozenset[int]
    tracks: frozenset[int]

    def concerns(self, scope: Scope) -> bool:
        """Whether the act is one of those asked for."""
        if scope.track is not None:
            return scope.track in self.tracks
        return scope.negotiation is None or scope.negotiation in self.negotiations


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """The newest public act: number, instant and hash; 0, null and empty before the first."""

    number: int = 0
    at: datetime | None = None
    hash: str = ""


_LATEST = """
    SELECT number, at, hash FROM negotiations_ledgerentry
    WHERE public ORDER BY number DESC LIMIT 1
"""


def latest(*, using: str = "default") -> Latest:
    """The newest public act. One SQL query.

    `using` names a database of the settings, for who compares two. Every read asks it first, so
    this is the query that notices a connection that has died.
    """
    rows = fetch_first(_LATEST, using=using)
    return Latest(number=rows[0][0], at=rows[0][1], hash=rows[0][2]) if rows else Latest()


def latest_number(*, using: str = "default") -> int:
    """The number of the newest public act, as `latest` has it."""
    return latest(using=using).number


def newest_number() -> int:
    """The number of the newest act, public or not; 0 before the first. One SQL query."""
    newest = LedgerEntry.objects.order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def scope_of(*, negotiation: str | None, track: str | None) -> Scope:
    """What these filters ask for; one SQL query each, refuses `bad_parameter`."""
    negotiation_id = lookups.negotiation_id(negotiation)
    track_id = lookups.track_id(track, negotiation=negotiation_id)
    return Scope(negotiation=negotiation_id, track=track_id)


def entries_after(scope: Scope, *, after: int, limit: int) -> list[LedgerEntry]:
    """Public entries with a higher number, oldest first: `limit` and one more, if there are.

    One SQL query, a walk along one index; refuses `bad_parameter` (limit outside 1 to 200).
    """
    _check(limit)
    return list(_walk(scope, limit=limit, number__gt=after))


def news(scope: Scope, *, after: int) -> bool:
    """Whether there is a public act with a higher number; one SQL query."""
    return _index(scope).filter(number__gt=after).exists()


def signs(after: int, *, limit: int) -> list[Sign]:
    """The first public acts with a higher number, `limit` at most; one SQL query."""
    rows = LedgerEntry.objects.filter(public=True, number__gt=after).order_by("number")
    columns = rows.values_list("number", "negotiation_ids", "track_ids")
    return [
        Sign(number=number, negotiations=frozenset(negotiations), tracks=frozenset(tracks))
        for number, negotiations, tracks in columns[:limit]
    ]


def act(number: int) -> Act | None:
    """One public act; two SQL queries."""
    row = LedgerEntry.objects.filter(public=True, number=number).first()
    return None if row is None else Act(**members(row, names.tracks(row.track_ids)))


def recent_changes(
    *,
    before: int | None = None,
    limit: int = 50,
    negotiation: str | None = None,
    track: str | None = None,
) -> Page[Act]:
    """Public acts with a lower number, newest first; `next` is the `before` of the next page.

    Two SQL queries and one a filter; refuses `bad_parameter`.
    """
    _check(limit)
    lower = {} if before is None else {"number__lt": before}
    scope = scope_of(negotiation=negotiation, track=track)
    found = list(_walk(scope, limit=limit, newest_first=True, **lower))
    shown = found[:limit]
    return Page(results=_acts(shown), next=str(shown[-1].number) if len(found) > limit else None)


def changes_on(
    tracks: Iterable[tuple[str, str]], *, after: int, limit: int = 50
) -> tuple[Act, ...]:
    """Public acts on any of these tracks (negotiation, slug) with a higher number, newest first.

    Three SQL queries; what only says that somebody looked (`check_track`) is left out.
    """
    wanted = Q()
    for negotiation, slug in tracks:
        wanted |= Q(negotiation__slug=negotiation, slug=slug)
    if not wanted:
        return ()
    _check(limit)
    ids = list(Track.objects.filter(wanted).values_list("pk", flat=True))
    acts = LedgerEntry.objects.filter(public=True, number__gt=after, track_ids__overlap=ids)
    return _acts(list(acts.exclude(verb="check_track").order_by("-number")[:limit]))


def members(row: Any, tracks: dict[int, TrackRef]) -> dict[str, Any]:
    """What is told of an entry, by the names of `Act`."""
    return {
        "number": row.number,
        "verb": row.verb,
        "noun": row.noun,
        "object_id": row.object_id,
        "at": row.at,
        "role": row.role,
        "payload": row.payload,
        "previous_hash": row.previous_hash,
        "hash": row.hash,
        "tracks": tuple(ref for pk, ref in tracks.items() if pk in row.track_ids),
    }


def _acts(rows: list[LedgerEntry]) -> tuple[Act, ...]:
    tracks = names.tracks(pk for row in rows for pk in row.track_ids)
    return tuple(Act(**members(row, tracks)) for row in rows)


def _index(scope: Scope) -> QuerySet[Any]:
    """Where the numbers of these acts stand in order."""
    if scope.track is not None:
        return LedgerTrack.objects.filter(track=scope.track)
    if scope.negotiation is not None:
        return LedgerNegotiation.objects.filter(negotiation=scope.negotiation)
    return LedgerEntry.objects.filter(public=True)


def _walk(
    scope: Scope, *, limit: int, newest_first: bool = False, **bounds: int
) -> QuerySet[LedgerEntry]:
    """One step more than `limit` along the index; however long the ledger, nothing else is read."""
    order = "-number" if newest_first else "number"
    along = _index(scope).filter(**bounds).order_by(order)[: limit + 1]
    if scope == Scope():
        return along
    return LedgerEntry.objects.filter(number__in=along.values("number")).order_by(order)


def _check(limit: int) -> None:
    if not 1 <= limit <= MOST:
        raise too_many(MOST)
