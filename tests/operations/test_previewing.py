"""Publishing to see what readers would see."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.models import LedgerEntry, StatusChange
from negotiations.operations.previewing import rehearse_publication
from tests.operations.desk import NOW, Desk, last_entry, refuses


def rehearsed(draft: int, *, officer: int, **fields: Any) -> tuple[Any, str]:
    """The waiver, the number and the publisher that readers would find."""
    return rehearse_publication(
        officer=officer, now=NOW, seen=last_entry().number, waiver="(words)",
        items=[{"noun": "status_change", "id": draft, "version": fields.get("version", 1)}],
        then=lambda receipts: (
            StatusChange.objects.get(pk=draft).waiver, receipts[0].number, receipts[0].at
        ),
    )  # fmt: skip


def test_the_record_is_read_as_it_would_be_and_stays_as_it_was(desk: Desk) -> None:
    draft, entries = desk.draft("status_change").id, LedgerEntry.objects.count()
    told = rehearsed(draft, officer=desk.reviewer.officer)
    assert told == (("", last_entry().number + 1, NOW), "")
    assert LedgerEntry.objects.count() == entries
    assert StatusChange.objects.get(pk=draft).published_at is None


def test_of_ones_own_draft_it_is_said_that_a_waiver_is_needed(desk: Desk) -> None:
    draft = desk.draft("status_change").id
    (waiver, *_), personal = rehearsed(draft, officer=desk.drafter.officer)
    assert (waiver, personal) == ("(words)", "own_draft")


@pytest.mark.parametrize(("version", "code"), [(2, "version_conflict")])
def test_other_refusals_come_through(version: int, code: str, desk: Desk) -> None:
    draft = desk.draft("status_change").id
    with refuses(code):
        rehearsed(draft, officer=desk.reviewer.officer, version=version)
