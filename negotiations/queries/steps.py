"""From change to change: the days on which something new could be known of a track."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from negotiations.queries.lookups import plain
from negotiations.sql import array, fetch


@dataclass(frozen=True, slots=True)
class Steps:
    """The first day on which there was anything, and the nearest before and after a day."""

    first: date | None
    earlier: date | None
    later: date | None


def steps(negotiation: str, track: str | None, *, day: date, until: date, as_of: datetime) -> Steps:
    """The days around `day` on which a track, or any of a negotiation, was given something new.

    That is a reading, a position, a tie or a milestone; what became known after `until` does not
    count, nor what was published after `as_of`. One SQL query, of a few index look-ups for each
    track and term; no names lead to no days.
    """
    asked = {"negotiation": plain(negotiation), "slug": plain(track) if track else None}
    return _steps(_NAMED, asked, day=day, until=until, as_of=as_of)


def steps_of(tracks: Collection[int], *, day: date, until: date, as_of: datetime) -> Steps:
    """The same of these tracks, by their ids."""
    return _steps(_GIVEN, {"tracks": array(tracks)}, day=day, until=until, as_of=as_of)


_NAMED = """
    SELECT track.id FROM negotiations_track track
        JOIN negotiations_negotiation whole ON whole.id = track.negotiation_id
    WHERE whole.slug = %(negotiation)s AND track.registered_at <= %(as_of)s
        AND (%(slug)s::text IS NULL OR track.slug = %(slug)s)
"""
_GIVEN = "SELECT unnest(%(tracks)s::bigint[]) AS id"
_TERMS = "SELECT term.id FROM negotiations_term term JOIN here ON here.id = term.track_id"


def _steps(tracks: str, values: dict[str, Any], **clocks: Any) -> Steps:
    rows = fetch(
        f"""
        WITH here AS MATERIALIZED ({tracks}), terms AS MATERIALIZED ({_TERMS})
        SELECT ({_nearest("first")}), ({_nearest("earlier")}), ({_nearest("later")})
        """,
        {**values, **clocks},
    )
    return Steps(*rows[0])


# Which days count, and which of them comes first.
_SIDES = {
    "first": ("row.known_on <= %(until)s", "ASC", "min"),
    "earlier": ("row.known_on < %(day)s AND row.known_on <= %(until)s", "DESC", "max"),
    "later": ("row.known_on > %(day)s AND row.known_on <= %(until)s", "ASC", "min"),
}


def _nearest(side: str) -> str:
    bounds, order, best = _SIDES[side]
    found = " UNION ALL ".join(_of_each(bounds, order))
    return f"SELECT {best}(found.known_on) FROM ({found}) found"  # noqa: S608  words of ours


def _of_each(bounds: str, order: str) -> Iterator[str]:
    """SQL: the nearest day of each track and term, by kind."""
    for keys, table, column in (
        ("here", "statuschange", "track_id"),
        ("terms", "position", "term_id"),
        ("here", "linkage", "from_track_id"),
        ("here", "linkage", "to_track_id"),
    ):
        yield (
            f"SELECT step.known_on FROM {keys} key CROSS JOIN LATERAL ("  # noqa: S608
            f"SELECT row.known_on FROM negotiations_{table} row"
            f" WHERE row.{column} = key.id AND {bounds} AND {_told_that_day(table)}"
            f" ORDER BY row.known_on {order} LIMIT 1) step"
        )
    # Milestones are few, and only those of these tracks are read.
    yield (
        "SELECT row.known_on FROM negotiations_milestone row"  # noqa: S608  words of ours
        " WHERE row.id IN (SELECT link.milestone_id FROM negotiations_milestone_tracks link"
        f" JOIN here ON here.id = link.track_id) AND {bounds} AND {_told_that_day('milestone')}"
    )


def _told_that_day(table: str) -> str:
    """The condition that a row is seen on the very day from which it is known.

    A retraction is known from the day of what it takes back, so it is no day of its own; nor is
    the day of a row that a correction, known no later, has replaced.
    """
    return (
        "row.published_at <= %(as_of)s AND NOT row.withdrawn AND NOT EXISTS ("
        f"SELECT FROM negotiations_{table} later WHERE later.supersedes_id IS NOT NULL"
        " AND later.chain = row.chain AND later.ledger_number > row.ledger_number"
        " AND later.known_on <= row.known_on AND later.published_at <= %(as_of)s)"
    )
