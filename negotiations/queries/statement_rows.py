"""The newest statements that filters ask for, as SQL: one query, with the pieces at hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from negotiations.models import Clocks
from negotiations.queries.making import program
from negotiations.queries.pieces import FRESH
from negotiations.queries.walks import newest, said_by, values_of, visible
from negotiations.sql import fetch

# What narrows, by the name of the value; `{s}` is the statement.
_FILTERS: Mapping[str, str] = {
    "negotiation": "EXISTS (SELECT FROM negotiations_statementtrack link"
    " JOIN negotiations_track track ON track.id = link.track_id"
    " WHERE link.statement_id = {s}.id AND track.negotiation_id = %(negotiation)s)",
    "party": "EXISTS (SELECT FROM negotiations_statement_parties link"
    " WHERE link.statement_id = {s}.id AND link.party_id = %(party)s)",
    "about": "EXISTS (SELECT FROM negotiations_statement_about link"
    " WHERE link.statement_id = {s}.id AND link.party_id = %(about)s)",
    "speaker": "{s}.speaker_id = %(speaker)s",
    "publisher": "{s}.source_id IN (SELECT source.id FROM negotiations_source source"
    " WHERE source.publisher_id = %(publisher)s)",
    "source": "{s}.source_id IN (SELECT source.id FROM negotiations_source source"
    " WHERE source.chain = %(source)s)",
    "kind": "{s}.kind = %(kind)s",
    "said_from": "{s}.said_upper >= %(said_from)s",
    "said_to": "{s}.said_lower <= %(said_to)s",
}
# The id behind both slugs, found once before the walk: a join would lose the order of the index.
_NAMED_TRACK = """
    (SELECT track.id FROM negotiations_track track
        JOIN negotiations_negotiation whole ON whole.id = track.negotiation_id
    WHERE track.slug = %(named_track)s AND track.registered_at <= %(as_of)s
        AND whole.slug = %(named_negotiation)s AND whole.registered_at <= %(as_of)s)
"""
# An instant of the public's clock takes no piece for sure.
_BODY = f"""
    LEFT JOIN negotiations_piece piece ON piece.number = row.ledger_number
        AND piece.on_from <= %(on)s AND piece.known_from <= %(known_by)s
        AND piece.as_of_from <= %(as_of)s AND {FRESH.replace("%s", "%(program)s")}
"""
Key = tuple[date, date, int]
Row = tuple[int, Key, bytes | None]


def newest_rows(
    wanted: Mapping[str, Any], *, clocks: Clocks, most: int, after: Key | None
) -> list[Row]:
    """Ids, sort keys and pieces of the newest visible statements said by `on`; one SQL query.

    `wanted` holds what narrows, by the names of StatementFilters: ids for names, and nothing that
    is not asked for; a track may be named by slugs instead (`named_track`, `named_negotiation`),
    and where there is none, there are no statements. Those of one track are one walk of its index.
    """
    values = {**values_of(clocks), **wanted, "most": most, "program": program()}
    named = "named_track" in wanted
    on_track = named or "track" in wanted
    track = _NAMED_TRACK if named else "%(track)s"
    last = said_by(clocks, track=track if on_track else None)
    where = [f"row.said_lower <= {last} AND {visible('row', 'statement', clocks=clocks)}"]
    if on_track:
        where.append(f"row.track_id = {track}")
    statement = "s" if on_track else "row"
    narrowing = [_FILTERS[name].format(s=statement) for name in wanted if name in _FILTERS]
    if after is not None:
        values |= dict(zip(("lower", "upper", "number"), after, strict=True))
        where.append(
            "(row.said_lower, row.said_upper, row.ledger_number)"
            " < (%(lower)s, %(upper)s, %(number)s)"
        )
    rows = fetch(
        f"SELECT {'row.statement_id' if on_track else 'row.id'}, row.said_lower, row.said_upper,"  # noqa: S608  words of ours
        f" row.ledger_number, {'NULL' if clocks.known_at else 'piece.body'}"
        f" FROM {_table(on_track, narrowing)}{'' if clocks.known_at else _BODY}"
        f" WHERE {' AND '.join([*where, *narrowing])}"
        f" ORDER BY {newest('row', 'said')} LIMIT %(most)s",
        values,
    )
    return [(pk, (lower, upper, number), body) for pk, lower, upper, number, body in rows]


def _table(on_track: bool, narrowing: list[str]) -> str:
    if not on_track:
        return "negotiations_statement row"
    joined = " JOIN negotiations_statement s ON s.id = row.statement_id" if narrowing else ""
    return f"negotiations_statementtrack row{joined}"
