"""Tracks and their timelines."""

from __future__ import annotations

from negotiations.api.asking import Asked
from negotiations.api.filters import CLOCKS, PAGING, TIMELINE_KIND
from negotiations.api.reading import Read
from negotiations.queries import timelines, tracks
from negotiations.queries.pieces import told_of
from negotiations.queries.shapes import Entry, Page, TrackDetail, TrackState


class ListTracks(Read):
    """Where the tracks of a negotiation stand, in the order of its board."""

    tag = "Tracks"
    shape = Page[TrackState]
    parameters = (*CLOCKS, *PAGING)

    def answer(self, asked: Asked, *, negotiation: str) -> Page[TrackState]:
        """One page of them."""
        return tracks.list_tracks(negotiation, clocks=asked.clocks, **asked.paging, tell=told_of)


class ShowTrack(Read):
    """Where one track stands, with everything that is held about it.

    `stage`, `momentum`, `documentary_basis` and `effective_on` are the desk's own reading;
    `agreement`, `floor` and `ceiling` come from the parties' readings alone. A party that has not
    spoken has a reading whose `stage` is null: silence is never assent.
    """

    tag = "Tracks"
    shape = TrackDetail
    parameters = CLOCKS

    def answer(self, asked: Asked, *, negotiation: str, track: str) -> TrackDetail:
        """The track of that slug."""
        return tracks.track(negotiation, track, clocks=asked.clocks)


class ListTimeline(Read):
    """What happened on a track, newest first.

    Besides what every entry tells, exactly the member named by its `kind` is set.
    """

    tag = "Tracks"
    shape = Page[Entry]
    parameters = (*CLOCKS, *PAGING, TIMELINE_KIND)

    def answer(self, asked: Asked, *, negotiation: str, track: str) -> Page[Entry]:
        """One page of entries."""
        kinds = asked.values.get("kind", ())
        return timelines.timeline(
            negotiation, track, clocks=asked.clocks, kinds=kinds, **asked.paging
        )
