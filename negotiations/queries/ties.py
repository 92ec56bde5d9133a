"""What every voice says of how two tracks are tied: its newest words, and the latest.

A tie's key is the pair of tracks, from whichever end it is told, and the voice: whatever a voice
says later of the same two tracks replaces what it said before.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from negotiations.models import Clocks
from negotiations.queries.walks import held, newest, values_of
from negotiations.sql import array, fetch

_COLUMNS = "id, from_track_id, to_track_id, according_to_id, kind, standing"
_KEY = """
    LEAST(row.from_track_id, row.to_track_id), GREATEST(row.from_track_id, row.to_track_id),
    row.according_to_id
"""


class TieWord(NamedTuple):
    """One row of the record, as far as its place in the web counts."""

    pk: int
    before: int
    after: int
    party: int | None
    kind: str
    standing: str

    @property
    def pair(self) -> tuple[int, int]:
        """Its two tracks, the same from either end."""
        return min(self.before, self.after), max(self.before, self.after)


def newest_ties(tracks: Collection[int], *, most: int, clocks: Clocks) -> list[TieWord]:
    """The `most` newest words of each voice on each pair of which one track is among these.

    Newest first; one SQL query.
    """
    rows = f"""
        SELECT counted.* FROM (
            SELECT row.*, row_number() OVER (PARTITION BY {_KEY} ORDER BY {newest("row")}) AS place
            FROM {_held(clocks)}
        ) counted WHERE counted.place <= {most:d}
    """  # noqa: S608  words of ours
    return _words(rows, tracks, clocks=clocks)


def latest_ties(tracks: Collection[int], *, clocks: Clocks) -> list[TieWord]:
    """Of these the latest of each voice on each pair, newest first; one SQL query."""
    rows = (
        f"SELECT DISTINCT ON ({_KEY}) row.* FROM {_held(clocks)}"  # noqa: S608  words of ours
        f" ORDER BY {_KEY}, {newest('row')}"
    )
    return _words(rows, tracks, clocks=clocks)


def _held(clocks: Clocks) -> str:
    """The rows at these tracks, found from either end by its own index."""
    ends = "row.{end}_track_id = ANY(%(tracks)s::bigint[])"
    return (
        f"negotiations_linkage row WHERE ({ends.format(end='from')} OR {ends.format(end='to')})"
        f" AND {held('row', 'linkage', clocks=clocks)}"
    )


def _words(rows: str, tracks: Collection[int], *, clocks: Clocks) -> list[TieWord]:
    found = fetch(
        f"SELECT {_COLUMNS} FROM ({rows}) word ORDER BY {newest('word')}",  # noqa: S608  our words
        {**values_of(clocks), "tracks": array(tracks)},
    )
    return [TieWord._make(row) for row in found]
