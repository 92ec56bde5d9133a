"""Many statements, made in the database itself: copies of one, with its links."""

from __future__ import annotations

from typing import Any

from django.db import connection

from negotiations.models import Statement, StatementTrack
from tests.standing import unguarded


def multiply(statement: Any, *, by: int) -> None:
    """Add `by` copies of a published statement, each with a number and a chain of its own."""
    told = [field.column for field in statement._meta.concrete_fields]
    fresh = {
        "id": "s.id + 1000000 + n",
        "ledger_number": "s.ledger_number + 1000000 + n",
        "chain": "gen_random_uuid()",
    }
    values = ", ".join(fresh.get(name, f's."{name}"') for name in told)
    names = ", ".join(f'"{name}"' for name in told)
    with unguarded() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(
            f"INSERT INTO negotiations_statement ({names}) SELECT {values}"  # noqa: S608
            " FROM negotiations_statement s, generate_series(1, %s) n WHERE s.id = %s",
            [by, statement.pk],
        )
        for links in (Statement.parties.through, Statement.about.through, StatementTrack):
            _link(cursor, links, like=statement.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE negotiations_statement")


def _link(cursor: Any, links: Any, *, like: int) -> None:
    """Give each copy the links of the statement that it is like."""
    table, columns = links._meta.db_table, [f.column for f in links._meta.concrete_fields]
    fresh = {"statement_id": "s.id", "ledger_number": "s.ledger_number"}
    named = [name for name in columns if name != "id"]
    values = ", ".join(fresh.get(name, f'l."{name}"') for name in named)
    names = ", ".join(f'"{name}"' for name in named)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values}"  # noqa: S608
        f" FROM negotiations_statement s, {table} l"
        " WHERE s.id > %s + 1000000 AND l.statement_id = %s",
        [like, like],
    )
