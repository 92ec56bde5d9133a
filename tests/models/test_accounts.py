"""What the database itself keeps of accounts."""

from __future__ import annotations

import pytest

from negotiations.models import Account
from tests.models.rows import Rows, copy_is_refused, is_refused

pytestmark = pytest.mark.django_db


def test_it_tells_in_words_or_omits_with_none(rows: Rows) -> None:
    draft = rows.drafts["account"]
    copy_is_refused(Account, draft, why="tells_or_omits", text_en="", text_ko="")
    copy_is_refused(Account, draft, why="tells_or_omits", bearing="omits")


def test_an_omission_contradicts_nobody(rows: Rows) -> None:
    draft, other = rows.drafts["account"], rows.published["account"]
    silent = {"bearing": "omits", "text_en": "", "text_ko": ""}
    party = rows.desk.row("position", rows.drafts["position"]).according_to_id
    copy_is_refused(
        Account, draft, why="tells_or_omits", **silent, contradicts_id=other, according_to_id=party
    )


@pytest.mark.parametrize(
    "changes", [{}, {"topic": "beef-market"}, {"meeting": "elsewhere"}], ids=str
)
def test_it_contradicts_only_another_partys_word_on_the_topic(
    rows: Rows, changes: dict[str, str]
) -> None:
    draft, other = rows.drafts["account"], rows.published["account"]
    party = rows.desk.row("position", rows.drafts["position"]).according_to_id
    changes = {"according_to_id": party, **changes} if changes else {}
    copy_is_refused(Account, draft, why="contradicts no account", contradicts_id=other, **changes)


def test_a_published_account_contradicts_no_draft(rows: Rows) -> None:
    party = rows.desk.row("position", rows.drafts["position"]).according_to_id
    told = rows.desk.draft("account", according_to="US", contradicts=rows.drafts["account"])
    assert rows.desk.row("account", told.id).according_to_id == party
    is_refused(
        "UPDATE negotiations_account SET published_at = now(), published_by_id = %s,"
        " ledger_number = 9999, known_on = now() WHERE id = %s",
        rows.desk.reviewer.officer,
        told.id,
        why="contradicts no account",
    )
