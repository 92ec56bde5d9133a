"""What a negotiation is laid out on, as board, as lanes, or as both on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from negotiations.models import Clocks
from negotiations.queries import names
from negotiations.queries.acts import newest_act
from negotiations.queries.milestones import Due, milestones_of
from negotiations.queries.negotiations import Whole, find_whole, in_tree_order, summary
from negotiations.queries.shapes import NegotiationSummary, PartyRef
from negotiations.queries.states import TrackRow, party_ids, tracks_of


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
    whole = find_whole(negotiation_slug, clocks=clocks)
    placed = in_tree_order(tracks_of(whole, clocks=clocks))
    voices = {pk for track, _ in placed for pk in party_ids(track)}
    return Layout(
        whole=whole,
        placed=tuple(placed),
        parties=names.parties({*whole.party_ids, *voices}),
        due=tuple(milestones_of([track.pk for track, _ in placed], clocks=clocks)),
        clocks=clocks,
        ledger_number=newest_act(whole.pk, clocks=clocks),
    )
