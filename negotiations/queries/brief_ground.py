"""All that a brief is chosen from, under the clocks of its pin and with the names of then."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from negotiations.queries import names
from negotiations.queries.assembly import Records
from negotiations.queries.brief_rows import (
    Held,
    New,
    Spoken,
    last_said,
    last_words,
    latest_positions,
    news_of,
    outstanding,
    standing_ties,
)
from negotiations.queries.former_names import FormerNames
from negotiations.queries.former_places import former_places
from negotiations.queries.milestones import Due, milestones_of
from negotiations.queries.negotiations import Whole, find_whole, in_tree_order
from negotiations.queries.pieces import records_of
from negotiations.queries.pins import Pin
from negotiations.queries.shapes import PartyRef, TrackRef
from negotiations.queries.states import Standing, TrackRow, party_ids, standings, tracks_of
from negotiations.vocabulary import Stage

_KINDS = ("status_change", "position", "linkage", "milestone", "statement")
# Nothing is owed on what is over.
_OVER = frozenset({Stage.COMPLETED, Stage.LAPSED, Stage.TERMINATED, Stage.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One negotiation at one pin; `tracks` in the order of the board, records by kind and id."""

    pin: Pin
    whole: Whole
    tracks: tuple[TrackRow, ...]
    standings: Mapping[int, Standing]
    due: tuple[Due, ...]
    held: tuple[Held, ...]
    ties: tuple[int, ...]
    news: tuple[New, ...]
    spoken: tuple[Spoken, ...]
    owed: tuple[int, ...]
    owed_in_all: int
    last_said_on: date | None
    parties: Mapping[int, PartyRef]
    records: Records

    def track_ref(self, track: TrackRow) -> TrackRef:
        """A track as it is pointed to."""
        return names.track_ref(track, negotiation=self.whole.slug)


def ground_of(slug: str, *, pin: Pin, words: bool, owed: int = 0, tracks: int = 0) -> Ground:
    """What a brief chooses from; with `words`, also the last words on the first `tracks` tracks
    that have any reading, and at most `owed` statements of what is owed.

    Some fifteen SQL queries, whatever there is, and six more where rows have no piece; two more
    where names were mended since. Refuses `not_found`.
    """
    clocks = pin.clocks
    whole = find_whole(slug, clocks=clocks)
    former = FormerNames(since=pin.number)
    whole, rows = former_places(
        whole, tracks_of(whole, clocks=clocks), former=former, number=pin.number, clocks=clocks
    )
    ordered = tuple(track for track, _ in in_tree_order(rows))
    ids = [track.pk for track in ordered]
    where = standings(ordered, clocks=clocks)
    due = [one for one in milestones_of(ids, clocks=clocks) if one.outcome == "open"]
    held, ties, news = (
        find(ids, clocks=clocks) for find in (latest_positions, standing_ties, news_of)
    )
    spoken: list[Spoken] = []
    owing, owed_in_all = [], 0
    if words:
        first = _first(where, tracks)
        voices = {pk for one in where for pk in one.voices}
        spoken = last_words(first, voices, clocks=clocks)
        going = [one.track.pk for one in where if not one.desk or one.desk.stage not in _OVER]
        owing, owed_in_all = outstanding(going, clocks=clocks, most=owed)
    records = records_of(
        clocks=clocks,
        status_change={
            *(pk for one in where for pk in one.status_change_ids),
            *(one.id for one in news if one.noun == "status_change"),
        },
        position={
            *(one.position for one in held),
            *(one.id for one in news if one.noun == "position"),
        },
        linkage=ties,
        milestone={
            *(one.id for one in due),
            *(one.id for one in news if one.noun == "milestone"),
        },
        statement={*(one.statement for one in spoken), *owing},
    )
    voices = {*whole.party_ids, *(pk for track in ordered for pk in party_ids(track))}
    parties = names.parties(voices)
    return Ground(
        pin=pin,
        whole=whole,
        tracks=ordered,
        standings={one.track.pk: one for one in where},
        due=tuple(due),
        held=tuple(held),
        ties=tuple(ties),
        news=tuple(news),
        spoken=tuple(spoken),
        owed=tuple(owing),
        owed_in_all=owed_in_all,
        last_said_on=last_said(ids, clocks=clocks),
        parties={pk: former.at(pin.number, party) for pk, party in parties.items()},
        records=_named(records, former=former, number=pin.number),
    )


def _first(where: Collection[Standing], most: int) -> list[int]:
    """The tracks that come first on the board and of which there is anything to tell."""
    return [one.track.pk for one in where if one.desk or any(one.voices.values())][:most]


def _named(records: Records, *, former: FormerNames, number: int) -> Records:
    if not former:
        return records
    found: dict[str, Any] = {
        kind: {pk: former.at(number, one) for pk, one in getattr(records, kind).items()}
        for kind in _KINDS
    }
    return Records(**found)
