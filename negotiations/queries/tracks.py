"""Where tracks stand, and all that is held about one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from negotiations.models import Clocks, Linkage, StatusChange, Term, Track
from negotiations.queries import names
from negotiations.queries.assembly import Records
from negotiations.queries.clocks import clocks_used
from negotiations.queries.held import NEWEST, VOICE, latest_of_each, latest_positions
from negotiations.queries.lanes import day_of
from negotiations.queries.lookups import find_negotiation, plain
from negotiations.queries.milestones import milestone_history, milestone_states
from negotiations.queries.paging import Order, page_rows
from negotiations.queries.pieces import Tellers, records_of
from negotiations.queries.shapes import Page, TermState, TrackDetail, TrackState
from negotiations.queries.states import (
    all_parties,
    standings,
    state_members,
    states,
    track_rows,
)
from negotiations.queries.walks import values_of, walk
from negotiations.refusals import Refusal
from negotiations.sql import fetch


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
    negotiation = find_negotiation(negotiation_slug, clocks=clocks)
    name = f"tracks of {negotiation.pk}"
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
    row = _find(negotiation_slug, track_slug, clocks=clocks)
    (standing,) = standings([row], clocks=clocks)
    terms = _terms(row.pk, clocks=clocks)
    upcoming = _upcoming(row.pk, clocks=clocks)
    linkages, milestones = _linkages(row.pk, clocks=clocks), milestone_history(row, clocks=clocks)
    records = records_of(
        clocks=clocks,
        status_change=standing.status_change_ids | set(upcoming),
        position={pk for term in terms for pk in term.position_ids},
        linkage=linkages,
        milestone={pk for rows in milestones for pk in rows},
    )
    desk = records.status_change[standing.desk.id] if standing.desk else None
    return TrackDetail(
        **state_members(standing, records=records.status_change, parties=all_parties([standing])),
        children=_children(row, clocks=clocks),
        basis=desk.basis if desk else (),
        dissent=desk.dissent if desk else (),
        terms=tuple(_term_state(term, records) for term in terms),
        linkages=tuple(records.linkage[pk] for pk in linkages),
        milestones=milestone_states(milestones, records),
        last_said_on=_last_said(row.pk, clocks=clocks),
        upcoming=tuple(records.status_change[pk] for pk in upcoming),
        clocks=clocks_used(clocks),
    )


def _registered(clocks: Clocks) -> Any:
    return Track.objects.filter(registered_at__lte=clocks.as_of)


def _find(negotiation: str, slug: str, *, clocks: Clocks) -> Any:
    rows = _registered(clocks).filter(
        negotiation__slug=plain(negotiation),
        negotiation__registered_at__lte=clocks.as_of,
        slug=plain(slug),
    )
    found = track_rows(rows).first()
    if found is None:
        raise Refusal("not_found")
    return found


def _children(row: Any, *, clocks: Clocks) -> tuple[Any, ...]:
    children = _registered(clocks).filter(parent=row.pk).order_by("position", "pk")
    return tuple(names.track_ref(child, negotiation=row.negotiation__slug) for child in children)


def _terms(track: int, *, clocks: Clocks) -> list[Any]:
    terms: Any = Term.objects.filter(track=track, registered_at__lte=clocks.as_of).order_by("pk")
    terms = terms.annotate(
        said=latest_positions(legal=False, clocks=clocks),
        law=latest_positions(legal=True, clocks=clocks),
    )
    for term in terms:
        pairs = zip(term.said, term.law, strict=True)
        term.position_ids = [pk for pair in pairs for pk in pair if pk is not None]
    # Before anybody's position could be known, nobody knew that the term was bargained over.
    return [term for term in terms if term.position_ids]


def _term_state(term: Any, records: Records) -> TermState:
    return TermState(
        slug=term.slug,
        name_en=term.name_en,
        name_ko=term.name_ko,
        unit=term.unit,
        positions=tuple(records.position[pk] for pk in term.position_ids),
    )


def _linkages(track: int, *, clocks: Clocks) -> list[int]:
    rows = latest_of_each(Linkage, key=("from_track", "to_track", VOICE), clocks=clocks)
    touching = rows.filter(Q(from_track=track) | Q(to_track=track))
    return list(touching.order_by(*NEWEST).values_list("pk", flat=True))


def _last_said(track: int, *, clocks: Clocks) -> date | None:
    """The day of the newest statement: one step on the index of a track's statements."""
    said = fetch(
        walk("statement", "%(track)s", clocks=clocks, most=1), {**values_of(clocks), "track": track}
    )
    return min(day_of(said[0][2], said[0][3]), clocks.on) if said else None


def _upcoming(track: int, *, clocks: Clocks) -> list[int]:
    rows: Any = StatusChange.objects
    rows = rows.visible(clocks).filter(track=track, effective_lower__gt=clocks.on)
    soonest = rows.order_by("effective_lower", "effective_upper", "ledger_number")
    return list(soonest.values_list("pk", flat=True)[:50])
