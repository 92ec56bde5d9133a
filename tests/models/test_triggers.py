"""Rules between rows: evidence is published first, and the ledger is one chain."""

from __future__ import annotations

import pytest

from negotiations.operations.drafting import NOUNS
from negotiations.operations.ledger import GENESIS
from tests.models.rows import Rows, execute, is_refused, table
from tests.operations.desk import last_entry

EVIDENCED = ("status_change", "position", "linkage", "milestone", "account")
UNPUBLISHED = "rests on unpublished"


def _publish(rows: Rows, noun: str) -> tuple[str, int, int]:
    sql = (
        f"UPDATE {table(NOUNS[noun])} SET published_by_id = %s, published_at = now(),"  # noqa: S608
        " ledger_number = 999, known_on = '2025-10-01' WHERE id = %s"
    )
    return sql, rows.desk.reviewer.officer, rows.drafts[noun]


@pytest.mark.parametrize("noun", NOUNS)
def test_a_draft_whose_evidence_is_published_can_be_published(rows: Rows, noun: str) -> None:
    execute(*_publish(rows, noun))
    assert rows.desk.row(noun, rows.drafts[noun]).ledger_number == 999


@pytest.mark.parametrize("noun", EVIDENCED)
def test_a_row_is_not_published_on_an_unpublished_basis(rows: Rows, noun: str) -> None:
    sql = f"UPDATE {table(NOUNS[noun])} SET basis_id = %s WHERE id = %s"  # noqa: S608
    execute(sql, rows.drafts["statement"], rows.drafts[noun])
    is_refused(*_publish(rows, noun), why=UNPUBLISHED)


@pytest.mark.parametrize(
    ("noun", "link"), [*((noun, "further_basis") for noun in EVIDENCED), (EVIDENCED[0], "dissent")]
)
def test_a_row_is_not_published_with_an_unpublished_statement_beside_its_basis(
    rows: Rows, noun: str, link: str
) -> None:
    owner = NOUNS[noun]._meta.model_name
    sql = f"INSERT INTO {table(NOUNS[noun])}_{link} ({owner}_id, statement_id) VALUES (%s, %s)"  # noqa: S608
    execute(sql, rows.drafts[noun], rows.drafts["statement"])
    is_refused(*_publish(rows, noun), why=UNPUBLISHED)


def test_a_statement_is_not_published_from_an_unpublished_source(rows: Rows) -> None:
    sql = "UPDATE negotiations_statement SET source_id = %s WHERE id = %s"
    execute(sql, rows.drafts["source"], rows.drafts["statement"])
    is_refused(*_publish(rows, "statement"), why="rests on what is not published")


@pytest.mark.parametrize("pointer", ["repeats_id", "translates_id"])
def test_a_statement_is_not_published_beside_a_draft_it_renders(rows: Rows, pointer: str) -> None:
    other = rows.desk.draft("statement").id
    execute(
        f"UPDATE negotiations_statement SET {pointer} = %s WHERE id = %s",  # noqa: S608
        other,
        rows.drafts["statement"],
    )
    is_refused(*_publish(rows, "statement"), why="rests on what is not published")


def _enter(number: int, previous_hash: str) -> tuple[str, int, str]:
    return (
        "INSERT INTO negotiations_ledgerentry (number, verb, noun, object_id, at, role, public,"
        " negotiation_ids, track_ids, payload, previous_hash, hash, by_id) SELECT %s, verb, noun,"
        " object_id, at, role, public, negotiation_ids, track_ids, payload, %s, repeat('1', 64),"
        " by_id FROM negotiations_ledgerentry WHERE number = 1",
        number,
        previous_hash,
    )


@pytest.mark.usefixtures("rows")
def test_the_next_entry_follows_the_last() -> None:
    last = last_entry()
    execute(*_enter(last.number + 1, last.hash))
    assert last_entry().number == last.number + 1


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("step", [-1, 0, 2])
def test_a_number_with_a_gap_or_taken_already_is_refused(step: int) -> None:
    last = last_entry()
    is_refused(*_enter(last.number + step, last.hash), why="does not follow")


@pytest.mark.usefixtures("rows")
def test_an_entry_with_another_hash_before_it_is_refused() -> None:
    is_refused(*_enter(last_entry().number + 1, GENESIS), why="does not follow")
