"""From change to change: the days on which something new is seen of a track, as known that day.

A row is seen once it is both known and in effect: what is announced for a later day makes that day
a step. A reading is told from the day on which it is known, as what is coming; so that day is one
as well, as is every day on which a correction became known, which takes away what it replaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from negotiations.queries.lookups import plain
from negotiations.sql import fetch


@dataclass(frozen=True, slots=True)
class Steps:
    """The first day on which there was anything, and the nearest before and after a day."""

    first: date | None
    earlier: date | None
    later: date | None


def steps(negotiation: str, track: str | None, *, day: date, until: date, as_of: datetime) -> Steps:
    """The days around `day` on which a track, or any of a negotiation, was given something new.

    That is a reading, a position, a tie, a milestone or an account; what became known or took
    effect after `until` does not count, nor what was published after `as_of`. One SQL query, of a
    few index look-ups for each track and term; no names lead to no days.
    """
    asked = {"negotiation": plain(negotiation), "slug": plain(track) if track else None}
    rows = fetch(
        f"""
        WITH here AS MATERIALIZED ({_NAMED}), terms AS MATERIALIZED ({_TERMS})
        SELECT ({_nearest("first")}), ({_nearest("earlier")}), ({_nearest("later")})
        """,
        {**asked, "day": day, "until": until, "as_of": as_of},
    )
    return Steps(*rows[0])


def newest_change(negotiation: str, track: str | None, *, by: date, as_of: datetime) -> date | None:
    """The last of these days that is not after `by`; one SQL query."""
    return steps(negotiation, track, day=by + _DAY, until=by, as_of=as_of).earlier


_DAY = timedelta(days=1)
_NAMED = """
    SELECT track.id FROM negotiations_track track
        JOIN negotiations_negotiation whole ON whole.id = track.negotiation_id
    WHERE whole.slug = %(negotiation)s AND track.registered_at <= %(as_of)s
        AND (%(slug)s::text IS NULL OR track.slug = %(slug)s)
"""
_TERMS = "SELECT term.id FROM negotiations_term term JOIN here ON here.id = term.track_id"

# Which days count, and which of them comes first.
_SIDES = {
    "first": ("{day} <= %(until)s", "ASC", "min"),
    "earlier": ("{day} < %(day)s AND {day} <= %(until)s", "DESC", "max"),
    "later": ("{day} > %(day)s AND {day} <= %(until)s", "ASC", "min"),
}
# The days that a row makes, each under its condition; those of rows that are announced ahead have
# an index of their own.
_AHEAD = "row.effective_lower > row.known_on"
_SEEN = f"(NOT {_AHEAD} OR row.supersedes_id IS NOT NULL)"


def _nearest(side: str) -> str:
    bounds, order, best = _SIDES[side]
    found = " UNION ALL ".join(_of_each(bounds, order))
    return f"SELECT {best}(found.day) FROM ({found}) found"  # noqa: S608  words of ours


def _of_each(bounds: str, order: str) -> Iterator[str]:
    """SQL: the nearest day of each track and term, by kind."""
    for keys, table, column in (
        ("here", "statuschange", "track_id"),
        ("terms", "position", "term_id"),
        ("here", "linkage", "from_track_id"),
        ("here", "linkage", "to_track_id"),
        ("here", "account", "track_id"),
    ):
        for day, wanted in _days(table, bounds):
            yield (
                f"SELECT step.day FROM {keys} key CROSS JOIN LATERAL ("  # noqa: S608
                f"SELECT {day} AS day FROM negotiations_{table} row"
                f" WHERE row.{column} = key.id AND {wanted} ORDER BY {day} {order} LIMIT 1) step"
            )
    # Milestones are few, and only those of these tracks are read.
    for day, wanted in _days("milestone", bounds):
        yield (
            f"SELECT {day} AS day FROM negotiations_milestone row"  # noqa: S608  words of ours
            " WHERE row.id IN (SELECT link.milestone_id FROM negotiations_milestone_tracks link"
            f" JOIN here ON here.id = link.track_id) AND {wanted}"
        )


def _days(table: str, bounds: str) -> Iterator[tuple[str, str]]:
    """The columns of the days that a row of this kind makes, each with the condition that it does.

    Readings make the day on which they are known whatever day they are for.
    """
    seen = {"row.known_on": "true" if table == "statuschange" else _SEEN}
    for day, when in {**seen, "row.effective_lower": _AHEAD}.items():
        yield day, f"{bounds.format(day=day)} AND {when} AND {_told_on(day, table)}"


def _told_on(day: str, table: str) -> str:
    """The condition that a row is seen on this very day of its own.

    A retraction is known from the day of what it takes back, so it is no day of its own; nor is
    the day of a row that a correction, known no later, has replaced.
    """
    return (
        "row.published_at <= %(as_of)s AND NOT row.withdrawn AND NOT EXISTS ("
        f"SELECT FROM negotiations_{table} later WHERE later.supersedes_id IS NOT NULL"
        " AND later.chain = row.chain AND later.ledger_number > row.ledger_number"
        f" AND later.known_on <= {day} AND later.published_at <= %(as_of)s)"
    )
