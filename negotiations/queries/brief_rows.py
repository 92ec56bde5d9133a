"""The rows that briefs choose from, of all tracks of a negotiation at once: one SQL query each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from negotiations.models import Clocks
from negotiations.queries.terms import Latest, latest_positions
from negotiations.queries.ties import latest_ties
from negotiations.queries.walks import held, values_of, walk
from negotiations.sql import array, fetch
from negotiations.vocabulary import (
    Attribution,
    LinkageKind,
    LinkageStanding,
    Standing,
    StatementKind,
)

# What counts as new, up to `on`.
FORTNIGHT = timedelta(days=14)
_MOST_NEWS = 60
# Ties by which one track waits for another, or moves with it.
_HOLDING = (
    LinkageKind.PRECONDITION_FOR,
    LinkageKind.CONDITIONAL_ON,
    LinkageKind.PACKAGED_WITH,
    LinkageKind.TRADED_AGAINST,
    LinkageKind.SEQUENCED_BEFORE,
    LinkageKind.DELAYED_BY,
)
# How far back a last word, and what is owed, is looked for on each track.
_MOST_WORDS, _MOST_OWED = 2000, 400

PROMISES = (StatementKind.COMMITS, StatementKind.COMMITS_CONDITIONALLY, StatementKind.OFFERS)
ASKS = (StatementKind.REQUESTS, StatementKind.DEMANDS)
_KEPT = (StatementKind.IMPLEMENTS, StatementKind.SIGNS, StatementKind.RATIFIES)
_GRANTED = (*_KEPT, StatementKind.CONCEDES, StatementKind.COMMITS)


def bargained(tracks: Collection[int], *, clocks: Clocks) -> list[Latest]:
    """What everybody says last that each term of these tracks is, by term and party.

    What is law stands beside it, and a position that was withdrawn is silence: both are left out.
    """
    return [
        one
        for one in latest_positions(tracks, clocks=clocks)
        if not one.legal and one.standing != Standing.WITHDRAWN
    ]


def standing_ties(tracks: Collection[int], *, clocks: Clocks) -> list[int]:
    """The latest word of each voice on each pair of these tracks, where that holds something up.

    Newest first; ties that are denied or ended are left out.
    """
    within = set(tracks)
    return [
        word.pk
        for word in latest_ties(tracks, clocks=clocks)
        if word.standing == LinkageStanding.ASSERTED
        and word.kind in _HOLDING
        and within.issuperset(word.pair)
    ]


class New(NamedTuple):
    """A row that took effect lately."""

    noun: str
    id: int


def news_of(tracks: Collection[int], *, clocks: Clocks) -> list[New]:
    """Readings, positions and milestones that took effect in the fortnight, newest first."""
    bears = {
        "status_change": "row.track_id = ANY(%(tracks)s::bigint[])",
        "position": "row.term_id IN (SELECT id FROM negotiations_term"
        " WHERE track_id = ANY(%(tracks)s::bigint[]))",
        "milestone": "row.id IN (SELECT milestone_id FROM negotiations_milestone_tracks"
        " WHERE track_id = ANY(%(tracks)s::bigint[]))",
    }
    parts = (
        f"SELECT '{noun}' AS noun, row.id, row.effective_lower AS lower,"  # noqa: S608
        f" row.effective_upper AS upper, row.ledger_number AS number"
        f" FROM negotiations_{table} row WHERE {wanted}"
        f" AND row.effective_lower > %(after)s AND {held('row', table, clocks=clocks)}"
        for noun, wanted in bears.items()
        for table in (noun.replace("_", ""),)
    )
    rows = fetch(
        f"SELECT noun, id FROM ({' UNION ALL '.join(parts)}) every"  # noqa: S608  words of ours
        f" ORDER BY lower DESC, upper DESC, number DESC LIMIT {_MOST_NEWS}",
        {**values_of(clocks), "tracks": array(tracks), "after": clocks.on - FORTNIGHT},
    )
    return [New(*row) for row in rows]


class Spoken(NamedTuple):
    """The newest statement on a track that was spoken for a party."""

    track: int
    party: int
    statement: int


def last_words(
    tracks: Collection[int], parties: Collection[int], *, clocks: Clocks
) -> list[Spoken]:
    """Of each of these parties on each of these tracks, among its newest 2,000 statements.

    Words in its own voice: neither a reprint or translation of words said elsewhere, nor what a
    newspaper makes of them.
    """
    rows = fetch(
        f"""
        SELECT here.track, party.id, said.id
        FROM unnest(%(tracks)s::bigint[]) here (track)
        CROSS JOIN unnest(%(parties)s::bigint[]) party (id)
        CROSS JOIN LATERAL (
            SELECT near.id FROM ({walk("statement", "here.track", clocks=clocks, most=_MOST_WORDS)})
                near
            JOIN negotiations_statement row ON row.id = near.id
                AND row.repeats_id IS NULL AND row.translates_id IS NULL
                AND row.attribution <> %(reported)s
            JOIN negotiations_statement_parties link
                ON link.statement_id = near.id AND link.party_id = party.id
            ORDER BY near.lower DESC, near.upper DESC, near.number DESC LIMIT 1
        ) said
        """,  # noqa: S608  words of ours
        {
            **values_of(clocks),
            "tracks": array(tracks),
            "parties": array(parties),
            "reported": Attribution.MEDIA_REPORT.value,
        },
    )
    return [Spoken(*row) for row in rows]


def outstanding(tracks: Collection[int], *, clocks: Clocks, most: int) -> tuple[list[int], int]:
    """Statements that promise or ask, newest first, with no later word that it was met.

    `most` of them, and how many there are. Looked for among the newest 400 statements of each of
    these tracks. A later word is one on the same track: for a promise, that whoever gave it carries
    it out, signs or ratifies, or takes it back; for what was asked, that somebody else carries it
    out, grants or promises it, or that whoever asked takes it back.
    """
    later = (
        "later.track = owed.track"
        " AND (later.lower, later.upper, later.number) > (owed.lower, owed.upper, owed.number)"
    )
    rows = fetch(
        f"""
        WITH near AS MATERIALIZED (
            SELECT here.track, row.id, row.lower, row.upper, row.number, said.kind,
                said.repeats_id, ARRAY(
                    SELECT party_id FROM negotiations_statement_parties
                    WHERE statement_id = row.id) AS parties
            FROM unnest(%(tracks)s::bigint[]) here (track)
            CROSS JOIN LATERAL (
                {walk("statement", "here.track", clocks=clocks, most=_MOST_OWED)}
            ) row
            JOIN negotiations_statement said ON said.id = row.id
            WHERE said.kind = ANY(%(kinds)s::varchar[])
        ), open AS (
            SELECT owed.id, max(owed.lower) AS lower, max(owed.upper) AS upper,
                max(owed.number) AS number
            FROM near owed
            WHERE owed.repeats_id IS NULL AND owed.parties <> '{{}}'
                AND owed.kind = ANY(%(owing)s::varchar[])
                AND NOT EXISTS (
                    SELECT FROM near later WHERE {later} AND (
                        later.kind = %(withdraws)s AND later.parties && owed.parties
                        OR owed.kind = ANY(%(promises)s::varchar[])
                            AND later.kind = ANY(%(kept)s::varchar[])
                            AND later.parties && owed.parties
                        OR owed.kind = ANY(%(asks)s::varchar[])
                            AND later.kind = ANY(%(granted)s::varchar[])
                            AND NOT later.parties <@ owed.parties))
            GROUP BY owed.id
        )
        SELECT id, count(*) OVER () FROM open
        ORDER BY lower DESC, upper DESC, number DESC LIMIT {most:d}
        """,  # noqa: S608  words of ours
        {
            **values_of(clocks),
            "tracks": array(tracks),
            "promises": _words(PROMISES),
            "asks": _words(ASKS),
            "owing": _words((*PROMISES, *ASKS)),
            "kept": _words(_KEPT),
            "granted": _words(_GRANTED),
            "withdraws": StatementKind.WITHDRAWS.value,
            "kinds": _words({*PROMISES, *ASKS, *_GRANTED, StatementKind.WITHDRAWS}),
        },
    )
    return [pk for pk, _ in rows], rows[0][1] if rows else 0


def _words(kinds: Collection[StatementKind]) -> list[str]:
    return sorted(kind.value for kind in kinds)
