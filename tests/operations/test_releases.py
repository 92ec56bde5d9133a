"""Several drafts as one act, now or when an embargo ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import LedgerEntry, Membership, Release
from negotiations.operations.releases import release_due
from negotiations.operations.verifying import verify_ledger
from tests.operations.desk import NOW, Desk, capture, last_entry, refuses

LATER = NOW + timedelta(hours=6)


def _item(noun: str, id: int, version: int = 1) -> dict[str, Any]:
    return {"noun": noun, "id": id, "version": version}


def _story(desk: Desk) -> list[dict[str, Any]]:
    """A source, a statement from it and a reading on that, all drafts; what rests comes first."""
    source = desk.draft("source").id
    capture(desk, source)
    statement = desk.draft("statement", source=source).id
    change = desk.draft("status_change", basis=[statement]).id
    return [
        _item("status_change", change), _item("statement", statement), _item("source", source, 2),
    ]  # fmt: skip


def _approve(desk: Desk, items: list[dict[str, Any]], **fields: Any) -> operations.Receipt:
    usual = {"by": desk.reviewer, "seen": last_entry().number, "release_at": LATER}
    return desk.act(operations.approve_release, items=items, confirmed=True, **{**usual, **fields})


def _together(desk: Desk, items: list[dict[str, Any]], **fields: Any) -> Any:
    usual = {"by": desk.reviewer, "seen": last_entry().number, "confirmed": True}
    return desk.act(operations.publish_together, items=items, **{**usual, **fields})


def test_drafts_that_belong_together_are_published_in_the_order_in_which_they_rest(
    desk: Desk,
) -> None:
    before, items = last_entry().number, _story(desk)
    receipts = _together(desk, items)
    assert [r.noun for r in receipts] == ["source", "statement", "status_change"]
    assert {r.at for r in receipts} == {NOW}
    numbers = [r.number for r in receipts]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert numbers[0] == before + 5
    assert verify_ledger() == (last_entry().number, None)


def test_one_draft_that_cannot_be_published_keeps_the_others_back(desk: Desk) -> None:
    items = [*_story(desk), _item("status_change", desk.draft("status_change", basis=[
        desk.draft("statement").id]).id)]  # fmt: skip
    with refuses("unpublished_evidence"):
        _together(desk, items)
    assert desk.row("source", items[2]["id"]).published_at is None


def test_statements_are_published_after_those_that_they_translate_or_repeat(desk: Desk) -> None:
    last, middle, first = (desk.draft("statement").id for _ in range(3))
    desk.draft("statement", amends=middle, version=1, translates=first)
    desk.draft("statement", amends=last, version=1, translates=middle, repeats=first)
    receipts = _together(desk, [_item("statement", id, desk.row("statement", id).version)
                                for id in (last, middle, first)])  # fmt: skip
    assert [receipt.id for receipt in receipts] == [first, middle, last]


def test_statements_that_translate_each_other_are_not_published(desk: Desk) -> None:
    one, other = (desk.draft("statement").id for _ in range(2))
    desk.draft("statement", amends=one, version=1, translates=other)
    desk.draft("statement", amends=other, version=1, translates=one)
    with refuses("unpublished_evidence"):
        _together(desk, [_item("statement", one, 2), _item("statement", other, 2)])


def test_a_waiver_stands_on_the_rows_that_need_it_alone(desk: Desk) -> None:
    others, own = desk.draft("statement").id, desk.draft("statement", by=desk.reviewer).id
    copied = desk.draft("source").id
    capture(desk, copied)
    items = [*(_item("statement", id) for id in (others, own)), _item("source", copied, 2)]
    with refuses("own_draft", at="/waiver"):
        _together(desk, items)
    _together(desk, items, waiver="Alone tonight.")
    assert desk.row("statement", own).waiver == "Alone tonight."
    assert desk.row("statement", others).waiver == desk.row("source", copied).waiver == ""


def test_a_waiver_stands_on_a_text_that_nobody_compared(desk: Desk) -> None:
    copied = desk.draft("source").id
    capture(desk, copied)
    _together(desk, [_item("source", copied, 2)], waiver="The paper is lost.", confirmed=False)
    assert desk.row("source", copied).waiver == "The paper is lost."


def test_drafts_together_name_the_versions_that_were_seen(desk: Desk) -> None:
    items = _story(desk)
    items[0]["version"] = 2
    with refuses("version_conflict"):
        _together(desk, items)


def test_drafts_together_are_refused_when_the_track_has_moved_on(desk: Desk) -> None:
    items, seen = _story(desk), last_entry().number
    desk.published("statement")
    with refuses("stale"):
        _together(desk, items, seen=seen)


@pytest.mark.parametrize(
    "items",
    [[], [{}], [{"noun": "source", "id": 1}], [{"noun": "source", "id": "1", "version": 1}],
     [_item("source", 1), _item("source", 1, 2)], [{**_item("source", 1), "more": 1}],
     [_item("source", True)], [_item("source", 1, True)],
     [_item("source", n) for n in range(1, 102)]],
)  # fmt: skip
def test_what_names_no_drafts_is_refused(desk: Desk, items: list[dict[str, Any]]) -> None:
    with refuses("bad_items", at="/items"):
        _together(desk, items)


def test_transcribed_text_is_confirmed_by_who_did_not_copy_it(desk: Desk) -> None:
    items = _story(desk)[2:]
    with refuses("transcription_unconfirmed", at="/confirmed"):
        _together(desk, items, confirmed=False)
    draft = desk.draft("source").id
    desk.act(
        operations.capture_source, by=desk.reviewer, source=draft, text="Copied.",
        captured_at=NOW, capture="transcribed",
    )  # fmt: skip
    with refuses("transcription_unconfirmed"):
        desk.publish("source", draft)


def test_nothing_is_told_before_an_embargo_ends(desk: Desk) -> None:
    items = _story(desk)
    public = LedgerEntry.objects.filter(public=True).count()
    _approve(desk, items)
    assert release_due(now=LATER - timedelta(microseconds=1)) == 0
    assert LedgerEntry.objects.filter(public=True).count() == public
    assert desk.row("status_change", items[0]["id"]).published_at is None


def test_when_an_embargo_ends_all_is_published_at_that_instant(desk: Desk) -> None:
    items = _story(desk)
    release = _approve(desk, items).id
    assert (release_due(now=LATER), release_due(now=LATER)) == (1, 0)
    rows = [desk.row(item["noun"], item["id"]) for item in items]
    assert {(r.published_at, r.published_by_id) for r in rows} == {(LATER, desk.reviewer.officer)}
    assert Release.objects.get(pk=release).state == "released"


def test_a_release_is_held_when_the_record_has_moved_on(desk: Desk) -> None:
    items = _story(desk)
    release = _approve(desk, items).id
    desk.published("statement")
    assert release_due(now=LATER) == 1
    held = Release.objects.get(pk=release)
    assert (held.state, held.refusal) == ("held", "stale")
    assert desk.row("source", items[2]["id"]).published_at is None


def test_two_embargoes_on_one_track_both_come_out(desk: Desk) -> None:
    releases = [_approve(desk, _story(desk)).id for _ in range(2)]
    assert release_due(now=LATER) == 2
    states = Release.objects.filter(pk__in=releases).values_list("state", "refusal")
    assert list(states) == [("released", "")] * 2


def test_a_release_is_held_when_one_that_was_approved_after_it_came_out_first(desk: Desk) -> None:
    first = _approve(desk, _story(desk), release_at=LATER + timedelta(hours=1)).id
    _approve(desk, _story(desk))
    release_due(now=LATER + timedelta(hours=1))
    assert Release.objects.get(pk=first).refusal == "stale"


def test_a_release_is_held_when_more_than_an_earlier_one_came_out(desk: Desk) -> None:
    release = [_approve(desk, _story(desk)).id for _ in range(2)][1]
    desk.published("statement", paraphrase_en="They met again.")
    release_due(now=LATER)
    assert Release.objects.get(pk=release).refusal == "stale"


def test_a_release_that_fails_is_held_and_lets_the_next_one_out(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    broken = _approve(desk, _story(desk)).id
    whole = _approve(desk, _story(desk), release_at=LATER + timedelta(hours=1)).id
    Release.objects.filter(pk=broken).update(items=[["source"]])
    assert release_due(now=LATER + timedelta(hours=1)) == 2
    states = dict(Release.objects.values_list("pk", "state"))
    assert (states[broken], states[whole]) == ("held", "released")
    assert Release.objects.get(pk=broken).refusal == "failed"
    assert caplog.messages == [f"release {broken} failed"]


def test_a_release_is_held_when_a_draft_was_changed(desk: Desk) -> None:
    items = _story(desk)
    release = _approve(desk, items).id
    id, basis = items[0]["id"], [items[1]["id"]]
    desk.draft("status_change", amends=id, version=1, basis=basis)
    release_due(now=LATER)
    assert Release.objects.get(pk=release).refusal == "version_conflict"


def test_a_release_is_held_when_its_reviewer_is_one_no_more(desk: Desk) -> None:
    release = _approve(desk, _story(desk)).id
    Membership.objects.filter(officer=desk.reviewer.officer).delete()
    release_due(now=LATER)
    assert Release.objects.get(pk=release).refusal == "not_allowed"


def test_an_embargo_ends_in_the_future(desk: Desk) -> None:
    items = _story(desk)
    with refuses("release_in_past", at="/release_at"):
        _approve(desk, items, release_at=NOW)


def test_a_draft_waits_for_one_release_only(desk: Desk) -> None:
    items = _story(desk)
    _approve(desk, items)
    with refuses("already_approved"):
        _approve(desk, items[2:])


def test_what_could_not_be_published_is_not_approved(desk: Desk) -> None:
    items = _story(desk)[:1]
    with refuses("unpublished_evidence"):
        _approve(desk, items)


def test_an_approval_is_taken_back_once(desk: Desk) -> None:
    release = _approve(desk, _story(desk)).id
    desk.act(operations.cancel_release, by=desk.reviewer, release=release)
    assert release_due(now=LATER) == 0
    with refuses("release_over"):
        desk.act(operations.cancel_release, by=desk.reviewer, release=release)
