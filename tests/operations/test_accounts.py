"""Accounts of meetings: what tells, what omits, and what contradicts another."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations import operations
from negotiations.models import Account, LedgerEntry
from negotiations.operations.verifying import verify_ledger
from tests.operations.desk import NOW, Desk, capture, last_entry, refuses

pytestmark = pytest.mark.django_db
OMITS = {"bearing": "omits", "text_en": "", "text_ko": ""}


@pytest.fixture(autouse=True)
def _meeting(desk: Desk) -> None:
    desk.meeting()


def _primary(desk: Desk) -> int:
    """A published statement from a primary text of which no copy is kept."""
    desk.act(
        operations.register_publisher, slug="ministry", name_en="M", name_ko="M",
        tier="primary_text",
    )  # fmt: skip
    source = desk.published("source", publisher="ministry")
    return desk.published("statement", source=source)


def test_it_is_drafted_published_and_told_with_its_content(desk: Desk) -> None:
    told = desk.published("account", note_en="At the briefing.")
    row = desk.row("account", told)
    assert (row.track.slug, row.meeting, row.topic) == ("security", "summit", "rice-market")
    assert (row.according_to.code, row.bearing, row.text_en) == (
        "KR", "tells", "Nothing was opened.",
    )  # fmt: skip
    payload = last_entry().payload
    assert payload["topic_ko"] == "쌀 시장"
    assert payload["contradicts"] is None
    assert verify_ledger() == (LedgerEntry.objects.count(), None)


def test_words_in_one_language_are_enough(desk: Desk) -> None:
    assert desk.row("account", desk.draft("account", text_en="").id).text_ko


@pytest.mark.parametrize(
    "fields",
    [{"text_en": "", "text_ko": ""}, {"bearing": "omits"}, {"bearing": "omits", "text_en": ""}],
)
def test_it_tells_in_words_or_omits_with_none(desk: Desk, fields: dict[str, str]) -> None:
    with refuses("tells_or_omits", at="/text_en"):
        desk.draft("account", **fields)


@pytest.mark.parametrize("meeting", ["nowhere", "deadline"])
def test_it_is_of_a_meeting_on_record(desk: Desk, meeting: str) -> None:
    desk.published("milestone", slug="deadline", kind="deadline")
    with refuses("no_such_meeting", at="/meeting"):
        desk.draft("account", meeting=meeting)


def test_a_meeting_of_another_negotiation_is_none(desk: Desk) -> None:
    both = {"title_en": "Others", "title_ko": "다른 협상"}
    desk.act(operations.register_negotiation, slug="others", parties=["KR"], **both)
    desk.act(
        operations.register_track, negotiation="others", slug="rice",
        procedure="executive_agreement", **both,
    )  # fmt: skip
    with refuses("no_such_meeting", at="/meeting"):
        desk.draft("account", track="others/rice")


def test_a_meeting_may_be_a_draft_while_the_account_is_one(desk: Desk) -> None:
    meeting = desk.draft("milestone", slug="talks-in-june", kind="meeting")
    account = desk.draft("account", meeting="talks-in-june")
    with refuses("no_such_meeting", at="/meeting"):
        desk.publish("account", account.id)
    items = [{"noun": one.noun, "id": one.id, "version": one.version} for one in (account, meeting)]
    seen = last_entry().number
    operations.publish_together(by=desk.reviewer, now=NOW, items=items, seen=seen)
    assert desk.row("account", account.id).published_at == NOW


def test_a_meeting_that_was_retracted_holds_no_new_account(desk: Desk) -> None:
    account = desk.draft("account")
    desk.retract("milestone", desk.ids["meeting"])
    with refuses("no_such_meeting", at="/meeting"):
        desk.publish("account", account.id)


@pytest.mark.parametrize("word", ["", "tell", "OMITS"])
def test_its_bearing_is_a_word(desk: Desk, word: str) -> None:
    with refuses("unknown_word", at="/account_bearing"):
        desk.draft("account", bearing=word)


def test_an_omission_rests_on_a_kept_text_or_a_primary_one(desk: Desk) -> None:
    assert desk.row("account", desk.published("account", **OMITS)).bearing == "omits"
    primary = _primary(desk)
    assert desk.published("account", **OMITS, basis=[primary], effective_on="2025-10-03")


def test_a_party_leaves_out_nothing_in_the_words_of_another(desk: Desk) -> None:
    theirs = desk.published("statement", parties_for=["US"])
    with refuses("not_their_words", at="/basis"):
        desk.draft("account", **OMITS, basis=[theirs])


def test_nobody_confirms_the_silence_of_a_text_that_is_not_at_hand(desk: Desk) -> None:
    source = desk.published("source")
    unread = desk.published("statement", source=source)
    with refuses("account_not_read", at="/basis"):
        desk.draft("account", **OMITS, basis=[unread])
    # That something else of the basis is kept does not help: the first statement is the account's.
    with refuses("account_not_read", at="/basis"):
        desk.draft("account", **OMITS, basis=[unread, desk.ids["statement"]])
    capture(desk, source)
    assert desk.published("account", **OMITS, basis=[unread])


def test_one_account_contradicts_another_of_the_same_topic(desk: Desk) -> None:
    seoul = desk.published("account")
    told = desk.published("account", according_to="US", contradicts=seoul)
    assert desk.row("account", told).contradicts_id == seoul
    assert last_entry().payload["contradicts"] == seoul
    assert verify_ledger() == (LedgerEntry.objects.count(), None)


@pytest.mark.parametrize(
    "fields",
    [{"according_to": "KR"}, {"topic": "beef-market"}, OMITS, {"meeting": "other-summit"}],
)
def test_it_contradicts_no_other_account(desk: Desk, fields: dict[str, Any]) -> None:
    desk.published("milestone", slug="other-summit", kind="meeting")
    seoul = desk.published("account")
    with refuses("not_the_other_account", at="/contradicts"):
        desk.draft("account", **{"according_to": "US", "contradicts": seoul, **fields})


def test_nothing_is_contradicted_that_was_not_said(desk: Desk) -> None:
    silent = desk.published("account", **OMITS)
    with refuses("not_the_other_account", at="/contradicts"):
        desk.draft("account", according_to="US", contradicts=silent)


def test_an_account_of_another_negotiation_is_not_there(desk: Desk) -> None:
    with refuses("no_such_row"):
        desk.draft("account", contradicts=2**40)
    seoul = desk.published("account")
    both = {"title_en": "Others", "title_ko": "다른 협상"}
    desk.act(operations.register_negotiation, slug="others", parties=["KR"], **both)
    desk.act(
        operations.register_track, negotiation="others", slug="rice",
        procedure="executive_agreement", **both,
    )  # fmt: skip
    with refuses("no_such_row"):
        desk.draft("account", track="others/rice", according_to="US", contradicts=seoul)


def test_what_it_contradicts_is_published_first(desk: Desk) -> None:
    seoul = desk.draft("account")
    washington = desk.draft("account", according_to="US", contradicts=seoul.id)
    with refuses("unpublished_evidence"):
        desk.publish("account", washington.id)
    items = [
        {"noun": one.noun, "id": one.id, "version": one.version} for one in (washington, seoul)
    ]
    operations.publish_together(by=desk.reviewer, now=NOW, items=items, seen=last_entry().number)
    rows = Account.objects.order_by("ledger_number").values_list("pk", flat=True)
    assert list(rows) == [seoul.id, washington.id]


def test_drafts_that_contradict_each_other_cannot_both_come_first(desk: Desk) -> None:
    seoul = desk.draft("account")
    washington = desk.draft("account", according_to="US", contradicts=seoul.id)
    seoul = desk.draft("account", contradicts=washington.id, amends=seoul.id, version=1)
    items = [
        {"noun": one.noun, "id": one.id, "version": one.version} for one in (washington, seoul)
    ]
    with refuses("unpublished_evidence"):
        operations.publish_together(
            by=desk.reviewer, now=NOW, items=items, seen=last_entry().number
        )


def test_a_retracted_account_is_contradicted_by_nobody(desk: Desk) -> None:
    seoul = desk.published("account")
    washington = desk.draft("account", according_to="US", contradicts=seoul)
    desk.retract("account", seoul)
    with refuses("retracted_evidence"):
        desk.publish("account", washington.id)


def test_a_contradicted_draft_is_not_thrown_away(desk: Desk) -> None:
    seoul = desk.draft("account")
    desk.draft("account", according_to="US", contradicts=seoul.id)
    with refuses("in_use"):
        desk.act(operations.discard_draft, noun="account", id=seoul.id, version=1)


def test_it_is_retracted_with_what_it_contradicts(desk: Desk) -> None:
    seoul = desk.published("account")
    washington = desk.published("account", according_to="US", contradicts=seoul)
    gone = desk.row("account", desk.retract("account", washington))
    assert (gone.withdrawn, gone.contradicts_id) == (True, seoul)
