"""Which tracks and negotiations a row bears on: who hears of it, and who may act on it."""

from __future__ import annotations

from negotiations.models import (
    Account,
    Linkage,
    Milestone,
    Position,
    Published,
    Statement,
    StatusChange,
    Track,
)


def scope_of(row: Published) -> list[Track]:
    """The tracks that hear of a row's publication: its own, and those that a correction leaves."""
    before = row.supersedes
    return tracks_of(row) if before is None else [*tracks_of(row), *tracks_of(before)]


def negotiations_of(row: Published) -> set[int]:
    """The ids of the negotiations that a row bears on; none for a source."""
    return {track.negotiation_id for track in scope_of(row)}


def tracks_of(row: Published) -> list[Track]:
    """The tracks that a row bears on."""
    match row:
        case StatusChange() | Account():
            return [row.track]
        case Position():
            return [row.term.track]
        case Linkage():
            return [row.from_track, row.to_track]
        case Milestone() | Statement():
            return list(row.tracks.all())
        case _:
            return []
