"""Whether anything was said since: what the clocks of now tell and those of a brief could not."""

from __future__ import annotations

from collections.abc import Collection

from negotiations.models import Clocks
from negotiations.queries.walks import values_of, visible
from negotiations.sql import array, fetch


def said_later(tracks: Collection[int], *, before: Clocks, after: Clocks) -> bool:
    """Whether statements are seen that were made, or became public, later; one SQL query."""
    later = "row.known_on > %(public_before)s OR row.said_lower > %(world_before)s"
    if before.known_at is not None:
        later = f"{later} OR row.known_at > %(instant_before)s"
    rows = fetch(
        "SELECT EXISTS (SELECT FROM unnest(%(tracks)s::bigint[]) here (track)"  # noqa: S608
        " JOIN negotiations_statementtrack row ON row.track_id = here.track"
        f" WHERE ({later}) AND row.said_lower <= %(on)s"
        f" AND {visible('row', 'statement', clocks=after, singly=True)})",
        {
            **values_of(after),
            "tracks": array(tracks),
            "public_before": before.known_by,
            "world_before": before.on,
            "instant_before": before.known_at,
        },
    )
    return bool(rows[0][0])
