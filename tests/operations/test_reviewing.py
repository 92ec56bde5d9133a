"""Versions of a draft, and its way between drafter and reviewer."""

from __future__ import annotations

import pytest

from negotiations import operations
from negotiations.models import Membership, Negotiation, Officer, Remark
from negotiations.operations import Actor, Role
from negotiations.operations.drafting import NOUNS
from tests.operations.desk import DRAFTS, NOW, Desk, last_entry, refuses


@pytest.mark.parametrize("noun", DRAFTS)
def test_a_draft_is_rewritten_in_place_and_counts_its_versions(desk: Desk, noun: str) -> None:
    draft = desk.draft(noun)
    words = {"source": {"title": "Mended"}, "statement": {"note_en": "Mended"}}
    changed = words.get(noun, {"note_en": "Mended"})
    again = desk.act(DRAFTS[noun], **{**desk.usual(noun), **changed}, amends=draft.id, version=1)
    row = desk.row(noun, draft.id)
    assert (again.id, again.version, row.version) == (draft.id, 2, 2)
    assert {name: getattr(row, name) for name in changed} == changed
    assert (last_entry().verb, last_entry().public, last_entry().payload) == (
        "amend_draft", False, {},
    )  # fmt: skip


def _amend(desk: Desk, id: int, version: int, **fields: object) -> operations.Receipt:
    usual = desk.usual("status_change")
    return desk.draft("status_change", **{**usual, **fields}, amends=id, version=version)


def test_a_draft_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    draft = desk.draft("status_change")
    _amend(desk, draft.id, 1, headline_en="First")
    with refuses("version_conflict", at="/version"):
        _amend(desk, draft.id, 1, headline_en="Second")
    assert desk.row("status_change", draft.id).headline_en == "First"


@pytest.mark.parametrize("version", [None, 0, 2])
def test_a_version_that_nobody_saw_is_refused(desk: Desk, version: int | None) -> None:
    draft = desk.draft("status_change")
    with refuses("version_conflict"):
        _amend(desk, draft.id, version)  # type: ignore[arg-type]


def test_what_is_published_is_not_amended(desk: Desk) -> None:
    published = desk.published("status_change")
    with refuses("already_published"):
        _amend(desk, published, 1)


def test_a_draft_keeps_what_it_corrects(desk: Desk) -> None:
    first = desk.published("status_change")
    draft = desk.draft("status_change", supersedes=first, correction_reason="A slip.")
    with refuses("not_this_draft", at="/amends"):
        _amend(desk, draft.id, 1)
    kept = _amend(desk, draft.id, 1, supersedes=first, correction_reason="Another slip.")
    row = desk.row("status_change", kept.id)
    assert (row.supersedes_id, row.correction_reason) == (first, "Another slip.")


def test_a_drafted_retraction_has_no_content_to_change(desk: Desk) -> None:
    first = desk.published("status_change")
    draft = desk.act(
        operations.draft_retraction, noun="status_change", id=first, correction_reason="Not so."
    )
    with refuses("not_this_draft"):
        _amend(desk, draft.id, 1, supersedes=first, correction_reason="Not so.")


def test_a_draft_is_handed_in_and_sent_back_with_a_note(desk: Desk) -> None:
    draft = desk.draft("statement")
    about = {"noun": "statement", "id": draft.id, "version": 1}
    assert desk.act(operations.submit_draft, **about).version == 1
    assert desk.row("statement", draft.id).review == "submitted"
    desk.act(operations.send_back, by=desk.reviewer, note=" Which day? ", **about)
    assert desk.row("statement", draft.id).review == "sent_back"
    remark = Remark.objects.get(noun="statement", object_id=draft.id)
    assert (remark.text, remark.version, remark.by_id, remark.at) == (
        "Which day?", 1, desk.reviewer.officer, NOW,
    )  # fmt: skip


def test_a_changed_draft_is_in_work_again(desk: Desk) -> None:
    draft = desk.draft("status_change")
    desk.act(operations.submit_draft, noun="status_change", id=draft.id, version=1)
    _amend(desk, draft.id, 1)
    assert desk.row("status_change", draft.id).review == ""


def test_sending_back_says_why(desk: Desk) -> None:
    draft = desk.draft("statement")
    with refuses("missing_text", at="/note"):
        desk.act(
            operations.send_back, by=desk.reviewer, noun="statement", id=draft.id, version=1,
            note="  ",
        )  # fmt: skip


@pytest.mark.parametrize("verb", [operations.submit_draft, operations.send_back])
def test_only_the_version_that_was_seen_is_handed_on(desk: Desk, verb: object) -> None:
    draft = desk.draft("statement")
    note = {"note": "Why?"} if verb is operations.send_back else {}
    with refuses("version_conflict"):
        desk.act(verb, noun="statement", id=draft.id, version=2, **note)  # type: ignore[arg-type]


def _colleague(role: Role) -> Actor:
    officer = Officer.objects.create(username=f"colleague-{role}")
    talks = Negotiation.objects.get(slug="talks")
    Membership.objects.create(officer=officer, negotiation=talks, role=role.value)
    return Actor(officer=officer.pk)


def test_a_colleague_does_not_throw_a_draft_away(desk: Desk) -> None:
    draft = desk.draft("statement")
    with refuses("not_your_draft"):
        desk.act(
            operations.discard_draft, by=_colleague(Role.REVIEWER), noun="statement", id=draft.id,
            version=1,
        )  # fmt: skip
    desk.act(
        operations.discard_draft, by=_colleague(Role.ADMIN), noun="statement", id=draft.id,
        version=1,
    )  # fmt: skip
    assert NOUNS["statement"]._default_manager.filter(pk=draft.id).exists() is False


def test_who_changed_a_draft_does_not_publish_it(desk: Desk) -> None:
    draft = desk.draft("status_change")
    desk.draft("status_change", by=desk.reviewer, amends=draft.id, version=1)
    with refuses("own_draft", at="/waiver"):
        desk.publish("status_change", draft.id)
    assert desk.publish("status_change", draft.id, waiver="Nobody else is here.").id == draft.id
