"""What a negotiation is laid out on, as board, as lanes, or as both on one page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from negotiations.models import Clocks
from negotiations.queries import names
from negotiations.queries.acts import newest_acts
from negotiations.queries.lookups import plain
from negotiations.queries.milestones import Due, milestones_of
from negotiations.queries.negotiations import Whole, find_wholes, in_tree_order, summary
from negotiations.queries.shapes import NegotiationSummary, PartyRef
from negotiations.queries.states import TrackRow, party_ids, tracks_of_each
from negotiations.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Tracks with their depth in the order of the tree, whoever counts on any of them by id, and
    the milestones in the order of their dates.
    """

    whole: Whole
    placed: tuple[tuple[TrackRow, int], ...]
    parties: Mapping[int, PartyRef]
    due: tuple[Due, ...]
    clocks: Clocks
    ledger_number: int

    @property
    def tracks(self) -> list[TrackRow]:
        """The tracks alone."""
        return [track for track, _ in self.placed]

    @property
    def negotiation(self) -> NegotiationSummary:
        """The negotiation, with its own parties."""
        return summary(
            self.whole,
            parties=tuple(self.parties[pk] for pk in self.whole.party_ids),
            tracks=tuple(
                names.track_ref(track, negotiation=self.whole.slug) for track in self.tracks
            ),
        )


def layout(negotiation_slug: str, *, clocks: Clocks) -> Layout:
    """The layout of the negotiation of that slug; five SQL queries, refuses `not_found`."""
    found = layouts([plain(negotiation_slug)], clocks=clocks)
    if not found:
        raise Refusal("not_found")
    return found[0]


def layouts(slugs: Collection[str], *, clocks: Clocks) -> list[Layout]:
    """The layouts of those of these negotiations that are on record, by slug; five SQL queries."""
    wholes = find_wholes(slugs, clocks=clocks)
    tracks = tracks_of_each(wholes, clocks=clocks)
    every = [track for rows in tracks.values() for track in rows]
    voices = {pk for track in every for pk in party_ids(track)}
    parties = names.parties(voices.union(*(whole.party_ids for whole in wholes)))
    due = milestones_of([track.pk for track in every], clocks=clocks)
    acts = newest_acts([whole.pk for whole in wholes], clocks=clocks)
    return [
        Layout(
            whole=whole,
            placed=tuple(in_tree_order(tracks[whole.pk])),
            parties=parties,
            due=tuple(_bearing_on(tracks[whole.pk], due)),
            clocks=clocks,
            ledger_number=acts[whole.pk],
        )
        for whole in wholes
    ]


def _bearing_on(tracks: Collection[TrackRow], due: Collection[Due]) -> list[Due]:
    here = {track.pk for track in tracks}
    return [one for one in due if not here.isdisjoint(one.tracks)]
