"""Writing the rows of a batch: by COPY, without an object for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, models

from negotiations.models import Statement, StatementTrack
from negotiations.operations.statements import StatementRead

# Each SQL statement stays far below the time that one may take.
_AT_ONCE = 2_000
Key = tuple[int, str]


def insert(read: Sequence[StatementRead], *, by: int, now: datetime) -> list[int]:
    """The ids of new drafts of these statements, in their order; `by` is the drafter's account.

    What the rows point to is looked for at once, not at commit, which is one SQL statement. Raises
    IntegrityError where it is not there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    keys = _new_keys(len(read))
    ids = [id for id, _ in keys]
    _copy(Statement, *_statements(read, keys, by=by, now=now))
    for name in ("parties", "about"):
        through = getattr(Statement, name).through
        pairs = (
            (id, party)
            for id, one in zip(ids, read, strict=True)
            for party in dict.fromkeys(party.pk for party in one.links[name])
        )
        _copy(through, ["statement_id", "party_id"], pairs)
    ties = (
        (id, track.pk, one.values["said_lower"], one.values["said_upper"])
        for id, one in zip(ids, read, strict=True)
        for track in one.tracks
    )
    _copy(StatementTrack, ["statement_id", "track_id", "said_lower", "said_upper"], ties)
    return ids


def _statements(
    read: Sequence[StatementRead], keys: Sequence[Key], *, by: int, now: datetime
) -> tuple[list[str], Iterator[list[Any]]]:
    """The columns of the rows, and the rows."""
    usual = {
        field.attname: field.get_default()
        for field in Statement._meta.concrete_fields
        if not field.generated
    }
    usual |= {"drafted_by_id": by, "drafted_at": now}
    columns = list(usual)
    rows = (
        [row[name] for name in columns]
        for (id, chain), one in zip(keys, read, strict=True)
        for row in ({**usual, **one.values, "id": id, "chain": chain},)
    )
    return columns, rows


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
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    told = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors:
        rows = iter(rows)
        while some := list(islice(rows, _AT_ONCE)):
            with cursor.copy(told) as copy:
                for row in some:
                    copy.write_row(row)
