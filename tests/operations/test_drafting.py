"""Drafts, corrections, retractions, of every noun."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations import operations
from negotiations.desk_words import Role
from negotiations.models import Membership, Negotiation
from negotiations.operations.content import content_of
from negotiations.operations.drafting import NOUNS
from negotiations.operations.scopes import negotiations_of, scope_of
from tests.operations.desk import NOW, Desk, last_entry, refuses

WHY = "A slip of the pen."
_OWN = {"supersedes", "correction_reason", "withdrawn", "waiver", "known_on", "known_at"}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_draft_leaves_one_entry_that_tells_nothing(desk: Desk, noun: str) -> None:
    desk.meeting()  # accounts are of one
    before = last_entry()
    receipt = desk.draft(noun)
    entry, row = last_entry(), desk.row(noun, receipt.id)
    assert (entry.number, entry.previous_hash) == (before.number + 1, before.hash)
    assert (entry.verb, entry.noun, entry.object_id) == (f"draft_{noun}", noun, receipt.id)
    assert (entry.public, entry.payload) == (False, {})
    tracks = sorted({track.pk for track in scope_of(row)})
    assert (entry.track_ids, entry.negotiation_ids) == (tracks, sorted(negotiations_of(row)))
    assert (row.drafted_by_id, row.drafted_at, row.published_at) == (
        desk.drafter.officer,
        NOW,
        None,
    )


@pytest.mark.parametrize("noun", NOUNS)
def test_a_draft_can_be_thrown_away(desk: Desk, noun: str) -> None:
    id = desk.draft(noun).id
    desk.act(operations.discard_draft, noun=noun, id=id, version=1)
    assert NOUNS[noun]._default_manager.filter(pk=id).exists() is False
    entry = last_entry()
    assert (entry.verb, entry.object_id, entry.payload, entry.public) == (
        "discard_draft", id, {}, False,
    )  # fmt: skip


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_published_cannot_be_thrown_away(desk: Desk, noun: str) -> None:
    row = desk.published(noun)
    with refuses("already_published"):
        desk.act(operations.discard_draft, noun=noun, id=row, version=1)


def test_a_draft_that_another_rests_on_cannot_be_thrown_away(desk: Desk) -> None:
    statement = desk.draft("statement").id
    desk.draft("status_change", basis=[statement])
    with refuses("in_use"):
        desk.act(operations.discard_draft, noun="statement", id=statement, version=1)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_correction_is_a_new_row_of_the_same_chain(desk: Desk, noun: str) -> None:
    first = desk.published(noun)
    second = desk.row(noun, desk.correct(noun, first))
    assert (second.supersedes_id, second.correction_reason) == (first, WHY)
    assert second.chain == desk.row(noun, first).chain
    assert (last_entry().verb, last_entry().object_id) == ("correct", second.pk)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_correction_can_be_corrected(desk: Desk, noun: str) -> None:
    first = desk.published(noun)
    third = desk.row(noun, desk.correct(noun, desk.correct(noun, first)))
    assert third.chain == desk.row(noun, first).chain


@pytest.mark.parametrize("noun", NOUNS)
def test_a_row_is_not_corrected_twice(desk: Desk, noun: str) -> None:
    first = desk.published(noun)
    desk.correct(noun, first)
    with refuses("already_corrected"):
        desk.draft(noun, supersedes=first, correction_reason=WHY)


def test_two_drafts_do_not_correct_one_row(desk: Desk) -> None:
    first = desk.published("milestone")
    desk.draft("milestone", supersedes=first, correction_reason=WHY)
    with refuses("already_corrected"):
        desk.draft("milestone", supersedes=first, correction_reason=WHY)


@pytest.mark.parametrize("noun", NOUNS)
def test_what_was_retracted_cannot_be_corrected(desk: Desk, noun: str) -> None:
    gone = desk.retract(noun, desk.published(noun))
    with refuses("already_corrected"):
        desk.draft(noun, supersedes=gone, correction_reason=WHY)
    with refuses("already_corrected"):
        desk.act(operations.draft_retraction, noun=noun, id=gone, correction_reason=WHY)


def test_a_draft_is_changed_not_corrected(desk: Desk) -> None:
    draft = desk.draft("source").id
    with refuses("not_published"):
        desk.draft("source", supersedes=draft, correction_reason=WHY)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_correction_says_why(desk: Desk, reason: str) -> None:
    with refuses("no_reason", at="/correction_reason"):
        desk.draft("source", supersedes=desk.ids["source"], correction_reason=reason)


def test_what_is_not_there_cannot_be_corrected(desk: Desk) -> None:
    with refuses("no_such_row"):
        desk.draft("source", supersedes=10**30, correction_reason=WHY)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_retraction_says_again_what_it_withdraws(desk: Desk, noun: str) -> None:
    more = {"statement": {}, "source": {}}.get(
        noun, {"basis": [desk.ids["statement"], desk.published("statement")]}
    )
    if noun == "status_change":
        more["dissent"] = [desk.published("statement")]
    first = desk.row(noun, desk.published(noun, **more))
    gone = desk.row(noun, desk.retract(noun, first.pk))
    told, before = content_of(gone), content_of(first)
    assert {k: v for k, v in told.items() if k not in _OWN} == {
        k: v for k, v in before.items() if k not in _OWN
    }
    assert (gone.withdrawn, gone.supersedes_id, gone.correction_reason) == (
        True, first.pk, "It is not so.",
    )  # fmt: skip
    assert (gone.known_on, gone.known_at) == (first.known_on, first.known_at)
    assert last_entry().verb == "retract"


def test_a_retraction_says_why(desk: Desk) -> None:
    with refuses("no_reason"):
        desk.act(
            operations.draft_retraction, noun="source", id=desk.ids["source"], correction_reason=""
        )


@pytest.mark.parametrize("verb", [operations.discard_draft, operations.draft_retraction])
@pytest.mark.parametrize(("noun", "id"), [("source", 10**30), ("treaty", 1), ("", 1)])
def test_what_does_not_exist_is_neither_thrown_away_nor_retracted(
    desk: Desk, verb: object, noun: str, id: int
) -> None:
    why = {"version": 1} if verb is operations.discard_draft else {"correction_reason": WHY}
    with refuses("no_such_row"):
        desk.act(verb, noun=noun, id=id, **why)  # type: ignore[arg-type]


_NAMING = [
    *(("statement", {"repeats": 0}), ("statement", {"translates": 0})),
    *((noun, {"basis": [0]}) for noun in ("status_change", "position", "linkage", "milestone")),
    ("account", {"basis": [0]}),
    ("position", {"basis": [1, 0]}), ("status_change", {"dissent": [0]}),
]  # fmt: skip


def _naming(desk: Desk, fields: dict[str, Any], id: int) -> dict[str, Any]:
    ids = [id, desk.ids["statement"]]
    return {
        name: [ids[one] for one in named] if isinstance(named, list) else ids[named]
        for name, named in fields.items()
    }


def _of_others(desk: Desk) -> int:
    """A draft of a negotiation in which the reviewer has no role."""
    desk.act(
        operations.register_negotiation, slug="others", parties=["KR"], title_en="Others",
        title_ko="다른 협상",
    )  # fmt: skip
    desk.act(
        operations.register_track, negotiation="others", slug="rice", title_en="Rice",
        title_ko="쌀", procedure="treaty",
    )  # fmt: skip
    return desk.draft("statement", tracks=["others/rice"]).id


@pytest.mark.parametrize(("noun", "fields"), _NAMING)
def test_a_draft_of_others_is_not_there_to_be_named(
    desk: Desk, noun: str, fields: dict[str, Any]
) -> None:
    named = _naming(desk, fields, _of_others(desk))
    desk.meeting()  # accounts are of one
    with refuses("no_such_row"):
        desk.draft(noun, by=desk.reviewer, **named)
    assert desk.draft(noun, **named).version == 1


def test_a_draft_is_there_for_the_officers_of_its_negotiation(desk: Desk) -> None:
    theirs, others = _of_others(desk), Negotiation.objects.get(slug="others")
    held = Membership.objects.create(
        officer_id=desk.reviewer.officer, negotiation=others, role=Role.READER.value
    )
    with refuses("no_such_row"):
        desk.draft("status_change", by=desk.reviewer, basis=[theirs])
    Membership.objects.filter(pk=held.pk).update(role=Role.OFFICER.value)
    assert desk.draft("status_change", by=desk.reviewer, basis=[theirs]).version == 1


def test_what_others_published_is_there(desk: Desk) -> None:
    theirs = _of_others(desk)
    desk.publish("statement", theirs, by=desk.drafter, waiver="The test needs it.")
    assert desk.draft("status_change", by=desk.reviewer, basis=[theirs]).version == 1
