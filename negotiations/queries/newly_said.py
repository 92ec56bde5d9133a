"""What was newly said on tracks between two states: how much, and the weightiest of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from negotiations.models import Clocks
from negotiations.queries.acts import LAST
from negotiations.queries.walks import values_of, visible
from negotiations.sql import array, fetch
from negotiations.vocabulary import Attribution

# As far as is counted on one track; of those the weightiest are shown.
MOST_COUNTED, MOST_SHOWN = 500, 3
# From the firmest to the loosest.
_FIRMNESS = (
    Attribution.OFFICIAL_DOCUMENT,
    Attribution.ON_RECORD,
    Attribution.LEAKED_DOCUMENT,
    Attribution.ON_BACKGROUND,
    Attribution.DEEP_BACKGROUND,
    Attribution.MEDIA_REPORT,
)


@dataclass(frozen=True, slots=True)
class Said:
    """How many statements, at least so many where there are `more`; ids of the weightiest."""

    count: int = 0
    more: bool = False
    weightiest: tuple[int, ...] = ()


def newly_said(
    tracks: Collection[int],
    *,
    before: Clocks,
    after: Clocks,
    since: int | None,
    bearing: Collection[int],
) -> dict[int, Said]:
    """The statements of these tracks that are seen now and were not before; one SQL query.

    A correction of what was told before is nothing new. With `since` what was published after that
    number is meant, without what became known after the day of `before`. `bearing` are the ids of
    those that something rests on, which weigh most.
    """
    rows = fetch(
        f"""
        SELECT here.track, found.count, found.walked > {MOST_COUNTED:d}, found.ids
        FROM unnest(%(tracks)s::bigint[]) here (track)
        CROSS JOIN LATERAL (
            SELECT count(*), max(new.walked) AS walked,
                (array_agg(said.id ORDER BY {_WEIGHT}))[1:{MOST_SHOWN:d}] AS ids
            FROM ({_known(after) if since is None else _published(after)}) new
                JOIN negotiations_statement said ON said.id = new.id
        ) found
        WHERE found.count > 0
        """,  # noqa: S608  words of ours
        {
            **values_of(after),
            "tracks": array(tracks),
            "before": before.known_by,
            "since": since or 0,
            "bearing": array(bearing),
            "firmness": [word.value for word in _FIRMNESS],
        },
    )
    return {
        track: Said(min(count, MOST_COUNTED), more, tuple(ids)) for track, count, more, ids in rows
    }


_WEIGHT = """
    (said.id = ANY(%(bearing)s::bigint[])) DESC, (said.repeats_id IS NULL) DESC,
    (said.quotation <> '') DESC, said.credibility,
    array_position(%(firmness)s::text[], said.attribution::text),
    new.known_on DESC, new.number DESC
"""


def _known(after: Clocks) -> str:
    """SQL: what became known after the day before, newest first; `walked` counts them.

    Nothing that is told can be known later than on the day after, which begins first in the east.
    """
    return f"""
        SELECT id, known_on, number, count(*) OVER () AS walked FROM (
            SELECT row.statement_id AS id, row.known_on, row.ledger_number AS number
            FROM negotiations_statementtrack row
            WHERE row.track_id = here.track AND row.known_on > %(before)s
                AND row.known_on <= LEAST(%(known_by)s, %(told_until)s + 1)
                AND row.said_lower <= %(on)s
                AND {visible("row", "statement", clocks=after, singly=True)}
                AND NOT {_told_before("row", "earlier.known_on <= %(before)s")}
            ORDER BY row.known_on DESC LIMIT {MOST_COUNTED + 1:d}
        ) one
    """  # noqa: S608  words of ours


def _published(after: Clocks) -> str:
    """SQL: what was published after the number; `walked` counts the newest acts looked through."""
    return f"""
        SELECT row.statement_id AS id, row.known_on, row.ledger_number AS number, act.walked
        FROM (
            SELECT number, count(*) OVER () AS walked FROM (
                SELECT number FROM negotiations_ledgertrack
                WHERE track = here.track AND number > %(since)s AND number <= {LAST}
                ORDER BY number DESC LIMIT {MOST_COUNTED + 1:d}
            ) newest
        ) act
            JOIN negotiations_statement one ON one.ledger_number = act.number
            JOIN negotiations_statementtrack row
                ON row.statement_id = one.id AND row.track_id = here.track
        WHERE row.said_lower <= %(on)s AND {visible("row", "statement", clocks=after)}
            AND NOT {_told_before("row", "earlier.ledger_number <= %(since)s")}
    """  # noqa: S608  words of ours


def _told_before(row: str, then: str) -> str:
    """The condition that this is another version of what was told before."""
    return (
        "EXISTS (SELECT FROM negotiations_statement earlier"
        f" WHERE earlier.chain = {row}.chain AND earlier.ledger_number < {row}.ledger_number"
        f" AND earlier.published_at <= %(as_of)s AND {then})"
    )
