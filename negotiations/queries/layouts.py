"""What a negotiation is laid out on: its tracks in their order; for a board and its picture with
parties and milestones.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from negotiations.models import Clocks
from negotiations.queries import names
from negotiations.queries.acts import newest_acts
from negotiations.queries.lookups import no_track, plain
from negotiations.queries.milestones import Due, milestones_of
from negotiations.queries.negotiations import Whole, find_wholes, in_tree_order, summary
from negotiations.queries.shapes import NegotiationSummary, PartyRef, TrackRef
from negotiations.queries.states import TrackRow, party_ids, tracks_of_each
from negotiations.refusals import Refusal

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A negotiation and its tracks with their depth, in the order of the tree."""

    whole: Whole
    placed: tuple[tuple[TrackRow, int], ...]

    @property
    def tracks(self) -> list[TrackRow]:
        """The tracks alone."""
        return [track for track, _ in self.placed]

    @property
    def ids(self) -> list[int]:
        """Those of the tracks."""
        return [track.pk for track, _ in self.placed]

    def track(self, slug: str | None) -> TrackRow | None:
        """That behind the filter `track`, None for none; refuses `bad_parameter`."""
        if slug is None:
            return None
        found = next((track for track in self.tracks if track.slug == slug), None)
        if found is None:
            raise no_track(slug)
        return found

    def ref(self, track: TrackRow) -> TrackRef:
        """One of them as it is pointed to."""
        return names.track_ref(track, negotiation=self.whole.slug)

    def summary(self, parties: Mapping[int, PartyRef]) -> NegotiationSummary:
        """The negotiation as it is told; its own parties, at least, are among `parties`."""
        return summary(
            self.whole,
            parties=tuple(parties[pk] for pk in self.whole.party_ids),
            tracks=tuple(map(self.ref, self.tracks)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A plan with whoever counts on any of its tracks, by id, and its milestones by their dates."""

    plan: Plan
    parties: Mapping[int, PartyRef]
    due: tuple[Due, ...]
    clocks: Clocks
    ledger_number: int

    @property
    def negotiation(self) -> NegotiationSummary:
        """The negotiation, with its own parties."""
        return self.plan.summary(self.parties)


def plan(negotiation_slug: str, *, clocks: Clocks) -> Plan:
    """The plan of the negotiation of that slug; two SQL queries, refuses `not_found`."""
    return _only(_plans([plain(negotiation_slug)], clocks=clocks))


def layout(negotiation_slug: str, *, clocks: Clocks) -> Layout:
    """The layout of the negotiation of that slug; five SQL queries, refuses `not_found`."""
    return _only(layouts([plain(negotiation_slug)], clocks=clocks))


def layouts(slugs: Collection[str], *, clocks: Clocks) -> list[Layout]:
    """The layouts of those of these negotiations that are on record, by slug; five SQL queries."""
    plans = _plans(slugs, clocks=clocks)
    tracks = [track for plan in plans for track in plan.tracks]
    voices = {pk for track in tracks for pk in party_ids(track)}
    parties = names.parties(voices.union(*(plan.whole.party_ids for plan in plans)))
    due = milestones_of([track.pk for track in tracks], clocks=clocks)
    acts = newest_acts([plan.whole.pk for plan in plans], clocks=clocks)
    return [
        Layout(
            plan=plan,
            parties=parties,
            due=tuple(one for one in due if not {*plan.ids}.isdisjoint(one.tracks)),
            clocks=clocks,
            ledger_number=acts[plan.whole.pk],
        )
        for plan in plans
    ]


def _plans(slugs: Collection[str], *, clocks: Clocks) -> list[Plan]:
    wholes = find_wholes(slugs, clocks=clocks)
    tracks = tracks_of_each(wholes, clocks=clocks)
    return [Plan(whole=whole, placed=tuple(in_tree_order(tracks[whole.pk]))) for whole in wholes]


def _only(found: list[T]) -> T:
    if not found:
        raise Refusal("not_found")
    return found[0]
