"""Rule 5 by raw SQL: what is published, or written once, cannot be changed or thrown away."""

from __future__ import annotations

import pytest
from django.db import connection

from negotiations.models import Grade, LedgerEntry, Snapshot, StatementTrack
from negotiations.operations.drafting import NOUNS
from tests.models.rows import LINKS, Rows, all_published, execute, is_refused, table, through
from tests.operations.desk import capture

FROZEN = "is frozen"


def _triggers(of: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = %s::regclass AND NOT t.tgisinternal AND t.tgenabled = 'O'",
            [of],
        )
        return {source for (source,) in cursor.fetchall()}


def test_every_model_that_can_be_published_is_known_here() -> None:
    assert set(all_published()) == set(NOUNS.values())


@pytest.mark.parametrize("noun", NOUNS)
def test_a_published_row_refuses_update(rows: Rows, noun: str) -> None:
    sql = f"UPDATE {table(NOUNS[noun])} SET version = version + 1 WHERE id = %s"  # noqa: S608
    is_refused(sql, rows.published[noun], why=FROZEN)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_published_row_cannot_become_a_draft_again(rows: Rows, noun: str) -> None:
    sql = (
        f"UPDATE {table(NOUNS[noun])} SET published_at = NULL, published_by_id = NULL,"  # noqa: S608
        " ledger_number = NULL, known_on = NULL WHERE id = %s"
    )
    is_refused(sql, rows.published[noun], why=FROZEN)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_published_row_refuses_delete(rows: Rows, noun: str) -> None:
    is_refused(f"DELETE FROM {table(NOUNS[noun])} WHERE id = %s", rows.published[noun], why=FROZEN)  # noqa: S608


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("noun", NOUNS)
def test_a_table_of_the_record_refuses_truncate(noun: str) -> None:
    is_refused(f"TRUNCATE {table(NOUNS[noun])} CASCADE", why=FROZEN)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_draft_can_be_changed(rows: Rows, noun: str) -> None:
    sql = f"UPDATE {table(NOUNS[noun])} SET version = version + 1 WHERE id = %s"  # noqa: S608
    execute(sql, rows.drafts[noun])
    assert rows.desk.row(noun, rows.drafts[noun]).version == 2


@pytest.mark.parametrize(("noun", "link"), LINKS)
def test_a_link_of_a_published_row_refuses_insert(rows: Rows, noun: str, link: str) -> None:
    links, owner = through(noun, link)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND attname <> 'id'",
            [links],
        )
        (columns,) = cursor.fetchone()
    sql = f"INSERT INTO {links} ({columns}) SELECT {columns} FROM {links} WHERE {owner} = %s"  # noqa: S608
    is_refused(sql, rows.published[noun], why=FROZEN)


@pytest.mark.parametrize(("noun", "link"), LINKS)
def test_a_link_of_a_published_row_refuses_update(rows: Rows, noun: str, link: str) -> None:
    links, owner = through(noun, link)
    sql = f"UPDATE {links} SET {owner} = {owner} WHERE {owner} = %s"  # noqa: S608
    is_refused(sql, rows.published[noun], why=FROZEN)


@pytest.mark.parametrize(("noun", "link"), LINKS)
def test_a_link_of_a_published_row_refuses_delete(rows: Rows, noun: str, link: str) -> None:
    links, owner = through(noun, link)
    is_refused(f"DELETE FROM {links} WHERE {owner} = %s", rows.published[noun], why=FROZEN)  # noqa: S608


@pytest.mark.parametrize(("noun", "link"), LINKS)
def test_a_link_of_a_draft_cannot_be_moved_to_a_published_row(
    rows: Rows, noun: str, link: str
) -> None:
    links, owner = through(noun, link)
    sql = f"UPDATE {links} SET {owner} = %s WHERE {owner} = %s"  # noqa: S608
    is_refused(sql, rows.published[noun], rows.drafts[noun], why=FROZEN)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(("noun", "link"), LINKS)
def test_a_link_table_refuses_truncate(noun: str, link: str) -> None:
    is_refused(f"TRUNCATE {through(noun, link)[0]}", why=FROZEN)


@pytest.mark.parametrize(("noun", "link"), LINKS)
def test_a_link_of_a_draft_can_be_deleted(rows: Rows, noun: str, link: str) -> None:
    links, owner = through(noun, link)
    execute(f"DELETE FROM {links} WHERE {owner} = %s", rows.drafts[noun])  # noqa: S608


@pytest.mark.usefixtures("rows")
def test_every_table_that_points_to_what_can_be_published_is_guarded() -> None:
    tables = {table(model) for model in all_published()} | {table(StatementTrack)}
    tables |= {through(noun, link)[0] for noun, link in LINKS}
    unguarded = {one for one in tables if not any(FROZEN in source or "refuse" in source
                                                 for source in _triggers(one))}  # fmt: skip
    assert unguarded == set()


@pytest.mark.parametrize("model", [LedgerEntry, Snapshot, Grade])
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.usefixtures("rows")
def test_what_is_written_once_is_never_changed(model: type[LedgerEntry], act: str) -> None:
    key = model._meta.pk.column
    is_refused(act.format(table(model), key, key), why=FROZEN)


@pytest.mark.parametrize("noun", NOUNS)
def test_no_setting_of_a_session_switches_the_rules_off(rows: Rows, noun: str) -> None:
    execute(
        "SELECT set_config('pgtrigger.ignore',"
        " (SELECT '{' || string_agg(tgname, ',') || '}' FROM pg_trigger), true)"
    )
    sql = f"UPDATE {table(NOUNS[noun])} SET version = version + 1 WHERE id = %s"  # noqa: S608
    is_refused(sql, rows.published[noun], why=FROZEN)


def test_a_correction_of_a_draft_is_refused(rows: Rows) -> None:
    other = rows.desk.draft("statement").id
    is_refused(
        "UPDATE negotiations_statement SET supersedes_id = %s, correction_reason = 'why',"
        " chain = (SELECT chain FROM negotiations_statement WHERE id = %s) WHERE id = %s",
        other, other, rows.drafts["statement"], why="corrects no published row",
    )  # fmt: skip


def test_a_correction_stays_in_the_chain(rows: Rows) -> None:
    is_refused(
        "UPDATE negotiations_statement SET supersedes_id = %s, correction_reason = 'why'"
        " WHERE id = %s",
        rows.published["statement"], rows.drafts["statement"], why="corrects no published row",
    )  # fmt: skip


def test_a_statement_quotes_the_text_of_its_own_source(rows: Rows) -> None:
    other = capture(rows.desk, rows.desk.draft("source").id)
    is_refused(
        "UPDATE negotiations_statement SET snapshot_id = %s, quotation = 'x', start = 0,"
        ' "end" = 1 WHERE id = %s',
        other, rows.drafts["statement"], why="is not of source",
    )  # fmt: skip
