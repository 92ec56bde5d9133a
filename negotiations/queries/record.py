"""The rows of the record, one by one and in lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q

from negotiations.models import Clocks, Milestone
from negotiations.queries import lookups
from negotiations.queries.assembly import MODELS, assemble
from negotiations.queries.held import held
from negotiations.queries.paging import by_date, page_ids
from negotiations.queries.pieces import Teller, records
from negotiations.queries.shapes import (
    AccountRecord,
    LinkageRecord,
    MilestoneRecord,
    Page,
    PositionRecord,
    StatusChangeRecord,
)
from negotiations.refusals import Refusal
from negotiations.vocabulary import (
    AccountBearing,
    LinkageKind,
    LinkageStanding,
    MilestoneKind,
    Momentum,
    Outcome,
    Stage,
    Standing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilters:
    """What to look for; each noun takes what it has. `effective_*`: any of these days may be it."""

    negotiation: str | None = None
    track: str | None = None
    party: str | None = None
    stage: str | None = None
    momentum: str | None = None
    kind: str | None = None
    standing: str | None = None
    outcome: str | None = None
    bearing: str | None = None
    meeting: str | None = None
    topic: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None


# What each noun can be asked by, beside track and days, and the words that are valid there.
_WORDS: dict[str, dict[str, type[StrEnum]]] = {
    "status_change": {"stage": Stage, "momentum": Momentum},
    "position": {"standing": Standing},
    "linkage": {"kind": LinkageKind, "standing": LinkageStanding},
    "milestone": {"kind": MilestoneKind, "outcome": Outcome},
    "account": {"bearing": AccountBearing},
}
# Where the track stands: on the row, behind the term, at either end of a tie.
_TRACKS = {
    "status_change": ("track",),
    "position": ("term__track",),
    "linkage": ("from_track", "to_track"),
    "account": ("track",),
}


# Only a party can say these; the desk has no word of its own.
_ALWAYS_VOICED = frozenset({"position", "account"})


def list_status_changes(
    *,
    clocks: Clocks,
    filters: RecordFilters,
    limit: int = 50,
    cursor: str | None = None,
    tell: Teller = records,
) -> Page[StatusChangeRecord]:
    """Visible status changes effective by `on`, newest first; filters: stage, momentum, party."""
    return _list("status_change", clocks, filters, limit, cursor, tell)


def list_positions(
    *,
    clocks: Clocks,
    filters: RecordFilters,
    limit: int = 50,
    cursor: str | None = None,
    tell: Teller = records,
) -> Page[PositionRecord]:
    """Visible positions effective by `on`, newest first; filters: standing, party."""
    return _list("position", clocks, filters, limit, cursor, tell)


def list_linkages(
    *,
    clocks: Clocks,
    filters: RecordFilters,
    limit: int = 50,
    cursor: str | None = None,
    tell: Teller = records,
) -> Page[LinkageRecord]:
    """Visible ties effective by `on`, newest first; filters: kind, standing, party."""
    return _list("linkage", clocks, filters, limit, cursor, tell)


def list_milestones(
    *,
    clocks: Clocks,
    filters: RecordFilters,
    limit: int = 50,
    cursor: str | None = None,
    tell: Teller = records,
) -> Page[MilestoneRecord]:
    """Visible rows of milestones effective by `on`, newest first; filters: kind, outcome."""
    return _list("milestone", clocks, filters, limit, cursor, tell)


def list_accounts(
    *,
    clocks: Clocks,
    filters: RecordFilters,
    limit: int = 50,
    cursor: str | None = None,
    tell: Teller = records,
) -> Page[AccountRecord]:
    """Visible accounts effective by `on`, newest first; filters: bearing, meeting, topic, party."""
    return _list("account", clocks, filters, limit, cursor, tell)


def status_change(id: int, *, clocks: Clocks) -> StatusChangeRecord:
    """A told status change, also where it was corrected; refuses `not_found`."""
    return _one("status_change", id, clocks)


def position(id: int, *, clocks: Clocks) -> PositionRecord:
    """A told position, also where it was corrected; refuses `not_found`."""
    return _one("position", id, clocks)


def linkage(id: int, *, clocks: Clocks) -> LinkageRecord:
    """A told tie, also where it was corrected; refuses `not_found`."""
    return _one("linkage", id, clocks)


def milestone(id: int, *, clocks: Clocks) -> MilestoneRecord:
    """A told row of a milestone, also where it was corrected; refuses `not_found`."""
    return _one("milestone", id, clocks)


def account(id: int, *, clocks: Clocks) -> AccountRecord:
    """A told account, also where it was corrected; refuses `not_found`."""
    return _one("account", id, clocks)


def _list(
    kind: str,
    clocks: Clocks,
    filters: RecordFilters,
    limit: int,
    cursor: str | None,
    tell: Teller,
) -> Page[Any]:
    rows = held(MODELS[kind], clocks=clocks).filter(_wanted(kind, filters, clocks=clocks))
    order = by_date(kind, "effective")
    ids, following = page_ids(rows, order=order, limit=limit, cursor=cursor)
    told = tell(kind, ids, clocks=clocks)
    return Page(results=tuple(told[pk] for pk in ids), next=following)


def _one(kind: str, pk: int, clocks: Clocks) -> Any:
    if not MODELS[kind].objects.told(clocks).filter(pk=pk).exists():
        raise Refusal("not_found")
    return getattr(assemble(clocks=clocks, **{kind: [pk]}), kind)[pk]


def _wanted(kind: str, filters: RecordFilters, *, clocks: Clocks) -> Q:
    lookups.in_order(filters.effective_from, filters.effective_to, noun="effective")
    negotiation = lookups.negotiation_id(filters.negotiation, clocks=clocks)
    track = lookups.track_id(filters.track, negotiation=negotiation, clocks=clocks)
    wanted = Q()
    if track is not None:
        wanted = _of_track(kind, track)
    elif negotiation is not None:
        wanted = of_negotiation(kind, negotiation)
    if kind != "milestone" and filters.party is not None:
        desk = filters.party == "desk" and kind not in _ALWAYS_VOICED
        wanted &= Q(according_to=None if desk else lookups.party_id(filters.party))
    plain = {
        name: lookups.word(getattr(filters, name), words, name=name)
        for name, words in _WORDS[kind].items()
    } | {
        "effective_upper__gte": filters.effective_from,
        "effective_lower__lte": filters.effective_to,
    }
    if kind == "account":
        plain |= {"meeting": filters.meeting, "topic": filters.topic}
    return wanted & Q(**{name: value for name, value in plain.items() if value is not None})


def _of_track(kind: str, track: int) -> Q:
    if kind == "milestone":
        links = Milestone.tracks.through.objects
        return Q(Exists(links.filter(milestone=OuterRef("pk"), track=track)))
    wanted = Q()
    for column in _TRACKS[kind]:
        wanted |= Q(**{column: track})
    return wanted


def of_negotiation(kind: str, negotiation: int) -> Q:
    """Which rows of a kind concern the negotiation of that id."""
    if kind == "milestone":
        return Q(negotiation=negotiation)
    wanted = Q()
    for column in _TRACKS[kind]:
        wanted |= Q(**{f"{column}__negotiation": negotiation})
    return wanted
