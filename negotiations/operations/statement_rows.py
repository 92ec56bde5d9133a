"""Writing the rows of new drafts of statements: one in one SQL statement, many by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any
from uuid import uuid4

from django.db import connection, models

from negotiations.models import Party, Statement, StatementTrack, Track
from negotiations.sql import fetch

# Each SQL statement stays far below the time that one may take.
_AT_ONCE = 2_000
Key = tuple[int, str]


@dataclass(slots=True, kw_only=True)
class StatementRead:
    """A statement whose arguments hold: its columns, the statements that it names, and its ties."""

    values: dict[str, Any]
    named: list[Statement]
    tracks: list[Track]
    links: dict[str, list[Party]]


def insert_one(read: StatementRead, *, by: int, now: datetime) -> int:
    """The id of a new draft of this statement, written with its links; `by` drafts it."""
    values = {
        **_usual(Statement), **read.values, "drafted_by_id": by, "drafted_at": now,
        "chain": uuid4(), "to_tracks": [track.pk for track in read.tracks],
        **{f"to_{name}": list(_ids(rows)) for name, rows in read.links.items()},
    }  # fmt: skip
    ((id,),) = fetch(_one(), values)
    return int(id)


@cache
def _one() -> str:
    columns = list(_usual(Statement))
    parties, about = (_table(getattr(Statement, name).through) for name in ("parties", "about"))
    return f"""
        WITH made AS (
            INSERT INTO {_table(Statement)} ({_listed(columns)})
            VALUES ({", ".join(f"%({column})s" for column in columns)})
            RETURNING id, said_lower, said_upper
        ), parties AS (
            INSERT INTO {parties} (statement_id, party_id)
            SELECT id, unnest(%(to_parties)s::bigint[]) FROM made
        ), about AS (
            INSERT INTO {about} (statement_id, party_id)
            SELECT id, unnest(%(to_about)s::bigint[]) FROM made
        ), tracks AS (
            INSERT INTO {_table(StatementTrack)}
                (statement_id, track_id, said_lower, said_upper, withdrawn)
            SELECT id, unnest(%(to_tracks)s::bigint[]), said_lower, said_upper, false FROM made
        )
        SELECT id FROM made
    """  # noqa: S608  names of our own tables and columns


def insert_many(read: Sequence[StatementRead], *, by: int, now: datetime) -> list[int]:
    """The ids of new drafts of these statements, in their order; `by` is the drafter's account.

    What the rows point to is looked for at once, not at commit, which is one SQL statement. Raises
    IntegrityError where it is not there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    keys = _new_keys(len(read))
    usual = {**_usual(Statement), "drafted_by_id": by, "drafted_at": now}
    _copy(Statement, ["id", *usual], _statements(read, keys, usual))
    each = [(id, one) for (id, _), one in zip(keys, read, strict=True)]
    for name in ("parties", "about"):
        pairs = ((id, party) for id, one in each for party in _ids(one.links[name]))
        _copy(getattr(Statement, name).through, ["statement_id", "party_id"], pairs)
    columns = ["statement_id", "track_id", "said_lower", "said_upper", "withdrawn"]
    ties = (
        (id, track.pk, one.values["said_lower"], one.values["said_upper"], False)
        for id, one in each
        for track in one.tracks
    )
    _copy(StatementTrack, columns, ties)
    return [id for id, _ in keys]


def _statements(
    read: Sequence[StatementRead], keys: Sequence[Key], usual: Mapping[str, Any]
) -> Iterator[list[Any]]:
    for (id, chain), one in zip(keys, read, strict=True):
        row = {**usual, **one.values, "chain": chain}
        yield [id, *(row[name] for name in usual)]


def _new_keys(count: int) -> list[Key]:
    """An id and a chain for each of so many rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')), gen_random_uuid()::text"
            " FROM generate_series(1, %s)",
            [Statement._meta.db_table, count],
        )
        return list(cursor.fetchall())


def _copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    told = f"COPY {_table(model)} ({_listed(columns)}) FROM STDIN"
    rows = iter(rows)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        while some := list(islice(rows, _AT_ONCE)):
            with cursor.copy(told) as copy:
                for row in some:
                    copy.write_row(row)


@cache
def _usual(model: type[models.Model]) -> Mapping[str, Any]:
    """What a new row has in each column, but for its id, where nothing else is said."""
    fields = model._meta.concrete_fields
    return {
        field.attname: field.get_default()
        for field in fields
        if not field.generated and not field.primary_key
    }


def _ids(rows: Iterable[Party]) -> Iterable[int]:
    """Their ids; one that is named twice is meant once."""
    return dict.fromkeys(row.pk for row in rows)


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(column) for column in columns)
