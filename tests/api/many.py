"""Many statements, made in the database itself: copies of one, with its links."""

from __future__ import annotations

from typing import Any

from django.db import connection

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
        cursor.execute(
            f"INSERT INTO negotiations_statement ({names}) SELECT {values}"  # noqa: S608
            " FROM negotiations_statement s, generate_series(1, %s) n WHERE s.id = %s",
            [by, statement.pk],
        )
        for table, column in (("parties", "party_id"), ("about", "party_id")):
            cursor.execute(
                f"INSERT INTO negotiations_statement_{table} (statement_id, {column})"  # noqa: S608
                f" SELECT s.id, l.{column} FROM negotiations_statement s,"
                f" negotiations_statement_{table} l"
                " WHERE s.id > %s + 1000000 AND l.statement_id = %s",
                [statement.pk, statement.pk],
            )
        cursor.execute(
            "INSERT INTO negotiations_statementtrack"
            " (statement_id, track_id, said_lower, said_upper, ledger_number)"
            " SELECT s.id, l.track_id, l.said_lower, l.said_upper, s.ledger_number"
            " FROM negotiations_statement s, negotiations_statementtrack l"
            " WHERE s.id > %s + 1000000 AND l.statement_id = %s",
            [statement.pk, statement.pk],
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE negotiations_statement")
