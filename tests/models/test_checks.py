"""The other rules that the database keeps of single rows, attacked by raw SQL."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from negotiations.models import (
    Grade,
    LedgerEntry,
    Linkage,
    Milestone,
    Position,
    Publisher,
    Snapshot,
    Source,
    Statement,
    StatusChange,
    Term,
    Track,
)
from negotiations.operations.drafting import NOUNS
from tests.models.rows import Rows, copy_is_refused, execute, is_refused, table

WORDS = [
    (model, field.column)
    for model in apps.get_app_config("negotiations").get_models()
    for field in model._meta.concrete_fields
    if field.choices
]
EVIDENCED = ("status_change", "position", "linkage", "milestone", "account")


def _any_row(rows: Rows, model: Any) -> int:
    for noun, one in NOUNS.items():
        if one is model:
            return rows.drafts[noun]
    return int(model.objects.latest("pk").pk)


@pytest.mark.parametrize(("model", "column"), WORDS)
def test_a_column_of_a_vocabulary_takes_no_other_word(rows: Rows, model: Any, column: str) -> None:
    copy_is_refused(model, _any_row(rows, model), why="violates check", **{column: "maybe"})


@pytest.mark.parametrize("noun", NOUNS)
def test_who_drafted_does_not_publish_without_a_waiver(rows: Rows, noun: str) -> None:
    sql = (
        f"UPDATE {table(NOUNS[noun])} SET published_by_id = drafted_by_id, published_at = now(),"  # noqa: S608
        " ledger_number = 999, known_on = '2025-10-01' WHERE id = %s"
    )
    is_refused(sql, rows.drafts[noun], why="two_officers")


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("left_out", ["published_by_id", "ledger_number", "known_on"])
def test_a_row_is_published_whole_or_not_at_all(rows: Rows, noun: str, left_out: str) -> None:
    values = {
        "published_by_id": str(rows.desk.reviewer.officer), "ledger_number": "999",
        "known_on": "'2025-10-01'", "published_at": "now()",
    }  # fmt: skip
    del values[left_out]
    told = ", ".join(f"{name} = {value}" for name, value in values.items())
    sql = f"UPDATE {table(NOUNS[noun])} SET {told} WHERE id = %s"  # noqa: S608
    is_refused(sql, rows.drafts[noun], why="published_whole")


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize(
    "told",
    [
        "supersedes_id = {0}, chain = (SELECT chain FROM {1} WHERE id = {0})",
        "correction_reason = 'No reason to have one.'",
        "withdrawn = true",
    ],
)
def test_a_correction_says_why_and_nothing_else_does(rows: Rows, noun: str, told: str) -> None:
    told = told.format(rows.published[noun], table(NOUNS[noun]))
    sql = f"UPDATE {table(NOUNS[noun])} SET {told} WHERE id = %s"  # noqa: S608
    is_refused(sql, rows.drafts[noun], why="correction_says_why")


@pytest.mark.parametrize("noun", NOUNS)
def test_a_row_is_corrected_once(rows: Rows, noun: str) -> None:
    before = rows.published[noun]
    again = {"supersedes_id": before, "correction_reason": "Once more."}
    execute(
        f"UPDATE {table(NOUNS[noun])} SET supersedes_id = %s, correction_reason = 'Once.',"  # noqa: S608
        f" chain = (SELECT chain FROM {table(NOUNS[noun])} WHERE id = %s) WHERE id = %s",
        before,
        before,
        rows.drafts[noun],
    )
    copy_is_refused(NOUNS[noun], rows.drafts[noun], why="supersedes_id", **again)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_ledger_number_is_given_once(rows: Rows, noun: str) -> None:
    copy_is_refused(NOUNS[noun], rows.published[noun], why="unique constraint")


def test_a_statement_has_a_source(rows: Rows) -> None:
    copy_is_refused(Statement, rows.drafts["statement"], why="not-null", source_id=None)


@pytest.mark.parametrize("noun", EVIDENCED)
def test_what_rests_on_statements_has_one(rows: Rows, noun: str) -> None:
    copy_is_refused(NOUNS[noun], rows.drafts[noun], why="not-null", basis_id=None)


@pytest.mark.parametrize("noun", EVIDENCED)
def test_the_first_day_is_not_after_the_last(rows: Rows, noun: str) -> None:
    copy_is_refused(
        NOUNS[noun], rows.drafts[noun], why="dates_in_order", effective_upper="2025-10-01"
    )


@pytest.mark.parametrize(
    ("model", "changes", "why"),
    [
        (Statement, {"paraphrase_en": "", "paraphrase_ko": ""}, "says_something"),
        (Statement, {"quotation": "Soon"}, "quotation_has_place"),
        (Statement, {"start": 3}, "quotation_has_place"),
        (Statement, {"speaker_id": None, "office_id": None}, "has_voice"),
        (Statement, {"said_upper": "2025-09-01"}, "dates_in_order"),
        (StatusChange, {"stage": "signed"}, "signed_on_paper"),
        (StatusChange, {"stage": "signed", "documentary_basis": "none"}, "signed_on_paper"),
        (StatusChange, {"stage": "in_force"}, "in_force_on_paper"),
        (
            StatusChange,
            {"stage": "in_force", "documentary_basis": "joint_document"},
            "in_force_on_paper",
        ),
        (StatusChange, {"unusual": "skip"}, "unusual_has_reason"),
        (Position, {"amount": None}, "figure_or_text"),
        (Position, {"text_en": "fifteen"}, "figure_or_text"),
        (Position, {"text_ko": "십오"}, "figure_or_text"),
        (Position, {"amount_to": "15"}, "figure_or_text"),
        (Position, {"amount": None, "amount_to": "15", "text_en": "up to"}, "figure_or_text"),
        (Position, {"legal": True}, "legal_by_standing"),
        (Position, {"standing": "in_force"}, "legal_by_standing"),
        (Milestone, {"due_upper": "2025-01-01"}, "due_in_order"),
        (Snapshot, {"sha256": "0" * 64}, "snapshot_digest"),
        (Snapshot, {"text": "Something else."}, "snapshot_digest"),
        (
            Snapshot,
            {
                "text": "",
                "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            },
            "snapshot_not_empty",
        ),
        (Source, {}, "source_once"),
        (Grade, {}, "grade_per_day"),
        (Track, {}, "track_slug_unique"),
        (Term, {}, "term_slug_unique"),
        (Publisher, {}, "slug"),
        (LedgerEntry, {"number": 0}, "from_one|does not follow"),
    ],
)
def test_a_row_keeps_its_rule(rows: Rows, model: Any, changes: dict[str, Any], why: str) -> None:
    if model is LedgerEntry:
        execute("ALTER TABLE negotiations_ledgerentry DISABLE TRIGGER USER")
        is_refused("INSERT INTO negotiations_ledgerentry SELECT 0, verb, noun, object_id, at, role,"
                   " public, negotiation_ids, track_ids, payload, previous_hash, 'x', by_id"
                   " FROM negotiations_ledgerentry LIMIT 1", why=why)  # fmt: skip
        return
    copy_is_refused(model, _any_row(rows, model), why=why, **changes)


@pytest.mark.parametrize("stage", ["signed", "in_force"])
def test_a_party_may_claim_any_stage_without_paper(rows: Rows, stage: str) -> None:
    sql = (
        "UPDATE negotiations_statuschange SET stage = %s, according_to_id ="
        " (SELECT min(id) FROM negotiations_party) WHERE id = %s"
    )
    execute(sql, stage, rows.drafts["status_change"])
    assert rows.desk.row("status_change", rows.drafts["status_change"]).stage == stage


def test_a_track_is_not_tied_to_itself(rows: Rows) -> None:
    track = rows.desk.row("linkage", rows.drafts["linkage"]).from_track_id
    copy_is_refused(Linkage, rows.drafts["linkage"], why="two_tracks", to_track_id=track)


@pytest.mark.usefixtures("rows")
def test_a_track_is_not_its_own_parent() -> None:
    is_refused("UPDATE negotiations_track SET parent_id = id", why="not_its_own_parent")
