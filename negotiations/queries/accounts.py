"""The latest account of each party on each topic of a meeting, and what meetings are called."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from negotiations.models import Clocks
from negotiations.queries.walks import held, newest, values_of
from negotiations.sql import array, fetch


class LatestAccount(NamedTuple):
    """The latest account of one party on one topic of one meeting, on its track."""

    id: int
    track: int
    meeting: str
    topic: str
    party: int


class MeetingTitle(NamedTuple):
    """What a meeting is called; empty where none of that slug is on record."""

    en: str = ""
    ko: str = ""


def latest_accounts(tracks: Collection[int], *, clocks: Clocks) -> list[LatestAccount]:
    """Those of everybody on these tracks, by meeting, topic and party; one SQL query."""
    key = "row.track_id, row.meeting, row.topic, row.according_to_id"
    rows = fetch(
        f"""
        SELECT DISTINCT ON ({key}) row.id, {key} FROM negotiations_account row
        WHERE row.track_id = ANY(%(tracks)s::bigint[]) AND {held("row", "account", clocks=clocks)}
        ORDER BY {key}, {newest("row")}
        """,  # noqa: S608  words of ours
        {**values_of(clocks), "tracks": array(tracks)},
    )
    return [LatestAccount._make(row) for row in rows]


def meeting_titles(
    negotiation: int, meetings: Collection[str], *, clocks: Clocks
) -> dict[str, MeetingTitle]:
    """The titles of these meetings by slug, of those on record; one SQL query, none for none."""
    if not meetings:
        return {}
    rows = fetch(
        f"""
        SELECT DISTINCT ON (row.slug) row.slug, row.title_en, row.title_ko
        FROM negotiations_milestone row
        WHERE row.negotiation_id = %(negotiation)s AND row.slug = ANY(%(meetings)s::varchar[])
            AND {held("row", "milestone", clocks=clocks)}
        ORDER BY row.slug, {newest("row")}
        """,  # noqa: S608  words of ours
        {**values_of(clocks), "negotiation": negotiation, "meetings": sorted(meetings)},
    )
    return {slug: MeetingTitle(en, ko) for slug, en, ko in rows}
