"""Where tracks stand, and all that is held about one."""

from __future__ import annotations

from typing import Any

from negotiations.models import Clocks, Track
from negotiations.queries import names
from negotiations.queries.clocks import clocks_used
from negotiations.queries.milestones import milestone_history, milestone_states, told_rows
from negotiations.queries.negotiations import find_whole
from negotiations.queries.paging import Order, page_rows
from negotiations.queries.pieces import Tellers, records_of
from negotiations.queries.shapes import Entry, Page, TrackDetail, TrackState
from negotiations.queries.states import (
    TrackRow,
    all_parties,
    find_track,
    party_ids,
    standings,
    state_members,
    states,
    track_rows,
)
from negotiations.queries.terms import term_states, terms_of
from negotiations.queries.ties import latest_ties
from negotiations.queries.timelines import timeline_of
from negotiations.queries.utterance_days import last_said_on
from negotiations.queries.walks import values_of, visible
from negotiations.sql import fetch

_MOST_UPCOMING = 50


def list_tracks(
    negotiation_slug: str,
    *,
    clocks: Clocks,
    limit: int = 50,
    cursor: str | None = None,
    tell: Tellers = records_of,
) -> Page[TrackState]:
    """Where the tracks of a negotiation stand, in their order; refuses `not_found`.

    `tell` says in which form their readings come.
    """
    negotiation = find_whole(negotiation_slug, clocks=clocks).pk
    name = f"tracks of {negotiation}"
    order = Order(name=name, columns=("position", "pk"), kinds=(int, int), descending=False)
    rows = track_rows(_registered(clocks).filter(negotiation=negotiation))
    found, following = page_rows(rows, order=order, limit=limit, cursor=cursor)
    return Page(results=tuple(track_states(found, clocks=clocks, tell=tell)), next=following)


def track_states(
    tracks: list[Any], *, clocks: Clocks, tell: Tellers = records_of
) -> list[TrackState]:
    """The states of these tracks of `track_rows`; four SQL queries, four more without pieces."""
    where = standings(tracks, clocks=clocks)
    readings = {pk for standing in where for pk in standing.status_change_ids}
    records = tell(clocks=clocks, status_change=readings)
    return states(where, records=records.status_change, parties=all_parties(where))


def track(negotiation_slug: str, track_slug: str, *, clocks: Clocks) -> TrackDetail:
    """A track with everything that is held about it; refuses `not_found`."""
    return _detail(find_track(negotiation_slug, track_slug, clocks=clocks), clocks=clocks)


def track_and_timeline(
    negotiation_slug: str,
    track_slug: str,
    *,
    clocks: Clocks,
    kinds: tuple[str, ...],
    limit: int,
    cursor: str | None,
) -> tuple[TrackDetail, Page[Entry]]:
    """The same with its timeline, as `timelines.timeline` has it; the track is looked up once."""
    row = find_track(negotiation_slug, track_slug, clocks=clocks)
    entries = timeline_of(row.pk, clocks=clocks, kinds=kinds, limit=limit, cursor=cursor)
    return _detail(row, clocks=clocks), entries


def _detail(row: TrackRow, *, clocks: Clocks) -> TrackDetail:
    (standing,) = standings([row], clocks=clocks)
    terms = terms_of([row.pk], clocks=clocks)
    upcoming = _upcoming(row.pk, clocks=clocks)
    linkages = [word.pk for word in latest_ties([row.pk], clocks=clocks)]
    milestones = milestone_history(row.pk, clocks=clocks)
    records = records_of(
        clocks=clocks,
        status_change=standing.status_change_ids | set(upcoming),
        position={pk for term in terms for pk in term.position_ids},
        linkage=linkages,
        milestone=told_rows(milestones),
    )
    desk = records.status_change[standing.desk.id] if standing.desk else None
    return TrackDetail(
        **state_members(standing, records=records.status_change, parties=all_parties([standing])),
        children=_children(row, clocks=clocks),
        basis=desk.basis if desk else (),
        dissent=desk.dissent if desk else (),
        terms=term_states(terms, parties=party_ids(row), records=records, on=clocks.on),
        linkages=tuple(records.linkage[pk] for pk in linkages),
        milestones=milestone_states(milestones, records, on=clocks.on),
        last_said_on=last_said_on([row.pk], clocks=clocks),
        upcoming=tuple(records.status_change[pk] for pk in upcoming),
        clocks=clocks_used(clocks),
    )


def _registered(clocks: Clocks) -> Any:
    return Track.objects.filter(registered_at__lte=clocks.as_of)


def _children(row: Any, *, clocks: Clocks) -> tuple[Any, ...]:
    children = _registered(clocks).filter(parent=row.pk).order_by("position", "pk")
    return tuple(names.track_ref(child, negotiation=row.negotiation__slug) for child in children)


def _upcoming(track: int, *, clocks: Clocks) -> list[int]:
    rows = fetch(
        f"""
        SELECT row.id FROM negotiations_statuschange row
        WHERE row.track_id = %(track)s AND row.effective_lower > %(on)s
            AND {visible("row", "statuschange", clocks=clocks)}
        ORDER BY row.effective_lower, row.effective_upper, row.ledger_number
        LIMIT {_MOST_UPCOMING}
        """,  # noqa: S608  words of ours
        {**values_of(clocks), "track": track},
    )
    return [pk for (pk,) in rows]
