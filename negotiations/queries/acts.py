"""The newest act on a track or a negotiation that an answer knows of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Clocks
from negotiations.sql import array, fetch


@dataclass(frozen=True, slots=True)
class Acted:
    """Number and instant of the newest public act on a track (0 and null: none), and when the desk
    last looked at it and found nothing new.
    """

    number: int
    at: datetime | None
    checked_at: datetime | None


# Instants never run backwards along the numbers, so all up to this one were there by then.
LAST = """
    (SELECT number FROM negotiations_ledgerentry WHERE at <= %(as_of)s
    ORDER BY at DESC, number DESC LIMIT 1)
"""
_ON_TRACKS = f"""
    SELECT here.track, COALESCE(act.number, 0), act.at, looked.at
    FROM unnest(%(tracks)s::bigint[]) here (track)
    LEFT JOIN LATERAL (
        SELECT number, at FROM negotiations_ledgertrack JOIN negotiations_ledgerentry USING (number)
        WHERE negotiations_ledgertrack.track = here.track AND number <= {LAST}
        ORDER BY negotiations_ledgertrack.number DESC LIMIT 1) act ON true
    LEFT JOIN LATERAL (
        SELECT at FROM negotiations_ledgerentry
        WHERE verb = 'check_track' AND public AND object_id = here.track AND number <= {LAST}
        ORDER BY number DESC LIMIT 1) looked ON true
"""  # noqa: S608  words of ours
_ON_NEGOTIATIONS = f"""
    SELECT here.negotiation, COALESCE((
        SELECT number FROM negotiations_ledgernegotiation
        WHERE negotiation = here.negotiation AND number <= {LAST} ORDER BY number DESC LIMIT 1), 0)
    FROM unnest(%(negotiations)s::bigint[]) here (negotiation)
"""  # noqa: S608  words of ours


def acts_on(tracks: Collection[int], *, clocks: Clocks) -> dict[int, Acted]:
    """The newest act on each of these tracks by `as_of`; one SQL query."""
    rows = fetch(_ON_TRACKS, {"tracks": array(tracks), "as_of": clocks.as_of})
    return {track: Acted(*told) for track, *told in rows}


def newest_act(negotiation: int, *, clocks: Clocks) -> int:
    """The number of the newest public act on a negotiation by `as_of`, 0 for none; one query."""
    return newest_acts([negotiation], clocks=clocks)[negotiation]


def newest_acts(negotiations: Collection[int], *, clocks: Clocks) -> dict[int, int]:
    """The same of each of these negotiations; one SQL query."""
    values = {"negotiations": array(negotiations), "as_of": clocks.as_of}
    return dict(fetch(_ON_NEGOTIATIONS, values))
