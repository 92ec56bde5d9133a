"""All that a brief is chosen from, under the clocks of its pin and with the names of then."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from negotiations.models import Clocks
from negotiations.queries import names
from negotiations.queries.assembly import Records
from negotiations.queries.brief_rows import (
    New,
    Spoken,
    bargained,
    last_words,
    news_of,
    outstanding,
    standing_ties,
)
from negotiations.queries.former_names import FormerNames
from negotiations.queries.former_places import former_places
from negotiations.queries.meetings import Topic, contradicted
from negotiations.queries.milestones import Due, milestones_of
from negotiations.queries.negotiations import Whole, find_whole, in_tree_order
from negotiations.queries.pieces import records_of
from negotiations.queries.pins import Pin
from negotiations.queries.shapes import PartyRef, TrackRef
from negotiations.queries.states import Standing, TrackRow, party_ids, standings, tracks_of
from negotiations.queries.terms import Latest
from negotiations.queries.utterance_days import last_said_on
from negotiations.vocabulary import Outcome, Stage

_KINDS = ("status_change", "position", "linkage", "milestone", "statement")
# Meetings of which accounts contradict each other, latest first.
MOST_MEETINGS = 3
# Nothing is owed on what is over.
_OVER = frozenset({Stage.COMPLETED, Stage.LAPSED, Stage.TERMINATED, Stage.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The ids of what there is to choose from, in the order in which it is chosen."""

    due: tuple[Due, ...]
    held: tuple[Latest, ...]
    ties: tuple[int, ...]
    news: tuple[New, ...]
    spoken: tuple[Spoken, ...]
    contradicted: tuple[tuple[Any, list[Topic]], ...]
    owed: tuple[int, ...]
    owed_in_all: int
    last_said_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One negotiation at one pin; `tracks` in the order of the board, records by kind and id."""

    pin: Pin
    whole: Whole
    tracks: tuple[TrackRow, ...]
    standings: Mapping[int, Standing]
    parties: Mapping[int, PartyRef]
    records: Records
    found: Found

    def track_ref(self, track: TrackRow) -> TrackRef:
        """A track as it is pointed to."""
        return names.track_ref(track, negotiation=self.whole.slug)


def ground_of(slug: str, *, pin: Pin, words: int = 0, owed: int = 0) -> Ground:
    """What a brief chooses from; for a handover also the last words on the first `words` tracks,
    and at most `owed` statements of what is owed.

    Some twenty SQL queries, whatever there is, and five more where rows have no piece; one more
    where something was mended since. Refuses `not_found`.
    """
    clocks = pin.clocks
    whole = find_whole(slug, clocks=clocks)
    former = FormerNames(since=pin.number)
    whole, rows = former_places(
        whole, tracks_of(whole, clocks=clocks), former=former, number=pin.number, clocks=clocks
    )
    tracks = tuple(track for track, _ in in_tree_order(rows))
    where = standings(tracks, clocks=clocks)
    found = _found(whole.pk, where, clocks=clocks, words=words, owed=owed)
    parties = names.parties(
        {*whole.party_ids, *(pk for track in tracks for pk in party_ids(track))}
    )
    return Ground(
        pin=pin,
        whole=whole,
        tracks=tracks,
        standings={one.track.pk: one for one in where},
        parties={pk: former.at(pin.number, party) for pk, party in parties.items()},
        records=_named(_records(where, found, clocks=clocks), former=former, number=pin.number),
        found=found,
    )


def _found(
    negotiation: int, where: list[Standing], *, clocks: Clocks, words: int, owed: int
) -> Found:
    ids = [one.track.pk for one in where]
    spoken: list[Spoken] = []
    owing: list[int] = []
    owed_in_all = 0
    if words:
        voices = {pk for one in where for pk in one.voices}
        spoken = last_words(_first(where, words), voices, clocks=clocks)
    if owed:
        going = [one.track.pk for one in where if not one.desk or one.desk.stage not in _OVER]
        owing, owed_in_all = outstanding(going, clocks=clocks, most=owed)
    due = milestones_of(ids, clocks=clocks)
    return Found(
        due=tuple(one for one in due if one.outcome == Outcome.OPEN or one.slips),
        held=tuple(bargained(ids, clocks=clocks)),
        ties=tuple(standing_ties(ids, clocks=clocks)),
        news=tuple(news_of(ids, clocks=clocks)),
        spoken=tuple(spoken),
        contradicted=tuple(contradicted(negotiation, clocks=clocks)[:MOST_MEETINGS]),
        owed=tuple(owing),
        owed_in_all=owed_in_all,
        last_said_on=last_said_on(ids, clocks=clocks),
    )


def _records(where: list[Standing], found: Found, *, clocks: Clocks) -> Records:
    ids: dict[str, set[int]] = {kind: set() for kind in _KINDS}
    ids["status_change"] |= {pk for one in where for pk in one.status_change_ids}
    ids["position"] |= {one.id for one in found.held}
    ids["linkage"] |= set(found.ties)
    ids["milestone"] |= {row.id for one in found.due for row in one.rows}
    ids["statement"] |= {*(one.statement for one in found.spoken), *found.owed}
    for new in found.news:
        ids[new.noun].add(new.id)
    return records_of(clocks=clocks, **ids)


def _first(where: Collection[Standing], most: int) -> list[int]:
    """The first tracks: those that hang below no other, then those that anybody has read."""
    last = {
        one.track.pk: (
            one.track.parent_id is not None,
            not (one.desk or any(one.voices.values())),
        )
        for one in where
    }
    return sorted(last, key=lambda pk: last[pk])[:most]


def _named(records: Records, *, former: FormerNames, number: int) -> Records:
    if not former:
        return records
    found: dict[str, Any] = {
        kind: {pk: former.at(number, one) for pk, one in getattr(records, kind).items()}
        for kind in _KINDS
    }
    return Records(**found)
