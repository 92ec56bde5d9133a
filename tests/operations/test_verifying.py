"""The whole ledger recomputed: what was tampered with is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from negotiations.models import LedgerEntry
from negotiations.operations.drafting import NOUNS
from negotiations.operations.verifying import verify_ledger
from tests.operations.desk import Desk, last_entry
from tests.standing import unguarded


@pytest.fixture
def tamper(desk: Desk) -> Callable[..., None]:  # noqa: ARG001
    """Raw SQL of somebody who owns the database: no trigger stops it."""

    def run(sql: str, *values: object) -> None:
        with unguarded() as cursor:
            cursor.execute(sql, values or None)

    return run


def _fault() -> tuple[int, str]:
    _, fault = verify_ledger()
    assert fault is not None
    return fault.number, fault.why


def test_a_clean_ledger_has_no_fault(desk: Desk) -> None:
    for noun in NOUNS:
        desk.retract(noun, desk.correct(noun, desk.published(noun)))
    assert verify_ledger() == (LedgerEntry.objects.count(), None)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("payload = jsonb_build_object('url', 'x')", "its content does not match its hash"),
        ("hash = repeat('0', 64)", "its content does not match its hash"),
        ("at = at - interval '1 second'", "its content does not match its hash"),
        ("role = 'admin'", "its content does not match its hash"),
        ("previous_hash = repeat('1', 64)", "it does not follow the entry before"),
        ("public = false", "it was hidden, or told without being public"),
        ("track_ids = '{999}'", "it names other tracks"),
        ("number = number + 100", "the entry is missing"),
    ],
)
def test_a_changed_entry_is_named(
    desk: Desk, tamper: Callable[..., None], change: str, why: str
) -> None:
    desk.published("statement")
    number = last_entry().number
    desk.published("statement")
    tamper(f"UPDATE negotiations_ledgerentry SET {change} WHERE number = %s", number)  # noqa: S608
    assert _fault() == (number, why)


def test_a_deleted_entry_is_named(desk: Desk, tamper: Callable[..., None]) -> None:
    number = last_entry().number
    desk.published("source")
    tamper("DELETE FROM negotiations_ledgerentry WHERE number = %s", number)
    assert _fault() == (number, "the entry is missing")


@pytest.mark.parametrize(
    ("noun", "change"),
    [
        ("source", "title = 'Another'"),
        ("source", "known_on = '2025-01-01'"),
        ("statement", "paraphrase_ko = '다른 말'"),
        ("statement", "waiver = 'Invented.'"),
        ("statement", "speaker_id = NULL"),
        ("status_change", "stage = 'mooted'"),
        ("position", "amount = 25"),
        ("linkage", "standing = 'denied'"),
        ("account", "topic = 'beef-market'"),
        ("milestone", "due_on = '2025-12'"),
    ],
)
def test_a_changed_row_names_its_entry(
    desk: Desk, tamper: Callable[..., None], noun: str, change: str
) -> None:
    row = desk.published(noun)
    number = last_entry().number
    desk.published(noun)
    table = desk.row(noun, row)._meta.db_table
    tamper(f"UPDATE {table} SET {change} WHERE id = %s", row)  # noqa: S608
    assert _fault() == (number, f"its {noun} {row} was changed")


def test_another_number_on_a_row_names_its_entry(desk: Desk, tamper: Callable[..., None]) -> None:
    row = desk.published("source")
    number = last_entry().number
    tamper("UPDATE negotiations_source SET ledger_number = 9999 WHERE id = %s", row)
    assert _fault() == (number, f"its source {row} bears another number or instant")


@pytest.mark.parametrize(
    ("noun", "links"),
    [("statement", "statement_parties"), ("statement", "statementtrack"),
     ("milestone", "milestone_tracks")],
)  # fmt: skip
def test_a_lost_link_names_the_entry_of_its_row(
    desk: Desk, tamper: Callable[..., None], noun: str, links: str
) -> None:
    row = desk.published(noun)
    tamper(f"DELETE FROM negotiations_{links} WHERE {noun}_id = %s", row)  # noqa: S608
    assert _fault() == (last_entry().number, f"its {noun} {row} was changed")


def test_added_evidence_names_the_entry_of_its_row(desk: Desk, tamper: Callable[..., None]) -> None:
    row = desk.published("linkage")
    tamper(
        "INSERT INTO negotiations_linkage_further_basis (linkage_id, statement_id) VALUES (%s, %s)",
        row,
        desk.ids["statement"],
    )
    assert _fault() == (last_entry().number, f"its linkage {row} was changed")


def test_a_deleted_row_names_its_entry(desk: Desk, tamper: Callable[..., None]) -> None:
    row = desk.published("source")
    tamper("DELETE FROM negotiations_source WHERE id = %s", row)
    assert _fault() == (last_entry().number, f"its source {row} is gone")


@pytest.mark.parametrize("number", [1, 9999])
def test_a_row_that_no_entry_speaks_of_is_named(
    desk: Desk, tamper: Callable[..., None], number: int
) -> None:
    draft = desk.draft("source").id
    tamper(
        "UPDATE negotiations_source SET published_at = now(), ledger_number = %s, known_on = now(),"
        " published_by_id = %s WHERE id = %s",
        number,
        desk.reviewer.officer,
        draft,
    )
    assert _fault() == (number, f"the source {draft} is published without entry")


def test_the_first_of_two_faults_is_named(desk: Desk, tamper: Callable[..., None]) -> None:
    first, _ = desk.published("source"), desk.published("source")
    number = last_entry().number - 2
    tamper("UPDATE negotiations_source SET title = 'Another' WHERE id >= %s", first)
    assert _fault() == (number, f"its source {first} was changed")
