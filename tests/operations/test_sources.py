"""Texts of sources: under the same rules as the rows that they belong to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import Capture, Membership, Negotiation, Officer, Snapshot
from negotiations.operations import Actor
from negotiations.operations.captures import keep_captured
from negotiations.operations.statement_lookups import newest_snapshot
from negotiations.operations.verifying import verify_ledger
from tests.operations.desk import NOW, Desk, capture, last_entry, refuses
from tests.standing import unguarded


def _fetched(desk: Desk, url: str) -> int:
    return Capture.objects.create(
        url=url, final_url=url, asked_by_id=desk.drafter.officer, asked_at=NOW, due_at=NOW,
        state="done", captured_at=NOW, text="What was said.",
    ).pk  # fmt: skip


def test_a_text_makes_a_new_version_of_its_draft(desk: Desk) -> None:
    draft = desk.draft("source")
    desk.act(operations.submit_draft, noun="source", id=draft.id, version=1)
    capture(desk, draft.id)
    row = desk.row("source", draft.id)
    assert (row.version, row.review) == (2, "")


def test_a_text_that_the_reviewer_did_not_see_is_not_published(desk: Desk) -> None:
    draft = desk.draft("source").id
    capture(desk, draft)
    capture(desk, draft, text="Something else altogether.")
    with refuses("version_conflict"):
        desk.publish("source", draft, version=2)


def test_the_texts_of_a_source_are_sealed_with_it(desk: Desk) -> None:
    draft = desk.draft("source").id
    kept = Snapshot.objects.get(pk=capture(desk, draft))
    desk.publish("source", draft)
    assert last_entry().payload["snapshots"] == [kept.sha256]
    with unguarded() as cursor:
        cursor.execute("DELETE FROM negotiations_fingerprint WHERE snapshot_id = %s", [kept.pk])
        cursor.execute("DELETE FROM negotiations_snapshot WHERE id = %s", [kept.pk])
    fault = verify_ledger()[1]
    assert fault is not None
    assert fault.why == f"its source {draft} lost a text"


def test_the_text_of_a_drafted_correction_is_not_yet_the_documents(desk: Desk) -> None:
    source = desk.row("source", desk.ids["source"])
    before = newest_snapshot(source)
    again = desk.draft("source", supersedes=source.pk, correction_reason="A slip.")
    mended = capture(desk, again.id, text="Another text.", captured_at=NOW)
    assert newest_snapshot(source) == before
    own = newest_snapshot(desk.row("source", again.id))
    assert own is not None
    assert own.pk == mended


def test_a_quotation_waits_for_the_row_of_its_text(desk: Desk) -> None:
    again = desk.draft("source", supersedes=desk.ids["source"], correction_reason="A slip.").id
    capture(desk, again, text="Another text.")
    statement = desk.draft("statement", source=again, quotation="Another text.").id
    with refuses("unpublished_evidence"):
        desk.publish("statement", statement)


def _elsewhere(role: str) -> Actor:
    officer = Officer.objects.create(username=f"elsewhere-{role}")
    other = Negotiation.objects.create(slug="o", title_en="O", title_ko="O", registered_at=NOW)
    Membership.objects.create(officer=officer, negotiation=other, role=role)
    return Actor(officer=officer.pk)


def _officer_here() -> Actor:
    officer = Officer.objects.create(username="officer-here")
    talks = Negotiation.objects.get(slug="talks")
    Membership.objects.create(officer=officer, negotiation=talks, role="officer")
    return Actor(officer=officer.pk)


@pytest.mark.parametrize("who", ["officer here", "admin elsewhere"])
def test_a_published_sources_text_takes_a_reviewer_where_it_is_cited(desk: Desk, who: str) -> None:
    by = _officer_here() if who == "officer here" else _elsewhere("admin")
    with refuses("not_allowed"):
        _add_text(desk, by)
    assert _add_text(desk, desk.reviewer).number == last_entry().number


def _add_text(desk: Desk, by: Actor) -> operations.Receipt:
    fields: dict[str, Any] = {"captured_at": NOW, "capture": "transcribed", "waiver": "Alone."}
    return desk.act(
        operations.capture_source, by=by, source=desk.ids["source"], text="More.", **fields
    )


def test_what_was_fetched_is_kept_for_its_own_site_only(desk: Desk) -> None:
    blog = _fetched(desk, "https://blog.example/1")
    source = desk.draft("source", url="https://ministry.example/1").id
    with refuses("other_address", at="/url"):
        keep_captured(by=desk.drafter, now=NOW, capture=blog, source=source)


def test_a_draft_with_a_fetched_text_keeps_its_site(desk: Desk) -> None:
    found = _fetched(desk, "https://blog.example/1")
    source = desk.draft("source", url="https://blog.example/1").id
    kept = keep_captured(by=desk.drafter, now=NOW, capture=found, source=source)
    with refuses("other_address", at="/url"):
        desk.draft("source", url="https://ministry.example/1", amends=source, version=kept.version)
    same = desk.draft("source", url="https://blog.example/2", amends=source, version=kept.version)
    assert same.version == kept.version + 1


def test_a_text_from_the_future_is_refused(desk: Desk) -> None:
    source = desk.draft("source").id
    with refuses("captured_in_future"):
        capture(desk, source, captured_at=NOW + timedelta(seconds=1))
