"""What happened on a track, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from negotiations.models import Clocks
from negotiations.queries.cursors import write_cursor
from negotiations.queries.entries import KINDS, entry
from negotiations.queries.lookups import not_one_of
from negotiations.queries.paging import begin, by_date
from negotiations.queries.pieces import records_of
from negotiations.queries.shapes import Entry, Page
from negotiations.queries.states import find_track
from negotiations.queries.walks import values_of, walk
from negotiations.sql import fetch


def timeline(
    negotiation_slug: str,
    track_slug: str,
    *,
    clocks: Clocks,
    kinds: tuple[str, ...] = (),
    limit: int = 50,
    cursor: str | None = None,
) -> Page[Entry]:
    """Entries of a track effective by `on`, of these kinds (none named: all); three SQL queries,
    eight more for what has no piece.

    Refuses `not_found`, `bad_parameter` and `bad_cursor`.
    """
    row = find_track(negotiation_slug, track_slug, clocks=clocks)
    return timeline_of(row.pk, clocks=clocks, kinds=kinds, limit=limit, cursor=cursor)


def timeline_of(
    track: int, *, clocks: Clocks, kinds: tuple[str, ...], limit: int, cursor: str | None
) -> Page[Entry]:
    """The same of a track that was found; one SQL query less."""
    for kind in kinds:
        if kind not in KINDS:
            raise not_one_of("kind", kind, KINDS)
    order = by_date(f"timeline of {track}", "effective")
    after = begin(order=order, limit=limit, cursor=cursor)
    keys = _keys(dict.fromkeys(kinds or KINDS), track, clocks=clocks, most=limit + 1, after=after)
    ids: dict[str, list[int]] = {}
    for kind, pk, *_ in keys[:limit]:
        ids.setdefault(kind, []).append(pk)
    records = records_of(clocks=clocks, **ids)
    return Page(
        results=tuple(entry(getattr(records, kind)[pk]) for kind, pk, *_ in keys[:limit]),
        next=write_cursor(name=order.name, key=keys[limit - 1][2:]) if len(keys) > limit else None,
    )


def _keys(
    kinds: Iterable[str], track: int, *, clocks: Clocks, most: int, after: tuple[Any, ...] | None
) -> list[tuple[Any, ...]]:
    """Kind, id and sort key of the newest entries of all these kinds; one SQL query."""
    values = {**values_of(clocks), "track": track}
    if after is not None:
        values |= dict(zip(("lower", "upper", "number"), after, strict=True))
    walks = (
        walk(kind, "%(track)s", clocks=clocks, most=most, further=after is not None)
        for kind in kinds
    )
    merged = " UNION ALL ".join(f"({one})" for one in walks)
    return fetch(
        f"SELECT * FROM ({merged}) entry"  # noqa: S608  words of ours
        f" ORDER BY lower DESC, upper DESC, number DESC LIMIT {most:d}",
        values,
    )
