"""Reference data is mended through one verb, and nothing else of it changes."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations import operations
from negotiations.desk_words import Role
from negotiations.models import Membership, Negotiation, Party, Person, Tenure, Track
from negotiations.operations import Receipt
from negotiations.operations.mending import MENDABLE, mended_at
from negotiations.operations.verifying import verify_ledger
from tests.operations.desk import Desk, last_entry, refuses

CHANGES: dict[str, dict[str, Any]] = {
    "party": {"name_en": "South Korea", "zone": "Asia/Tokyo"},
    "negotiation": {"title_ko": "회담", "summary_en": "A summary.", "parties": ["KR"]},
    "track": {"title_en": "Defence", "review_days": 30, "headline": True, "position": 4},
    "term": {"name_en": "Car tariff"},
    "person": {"name_ko": "조현", "aliases": ["Cho H.", " "]},
    "office": {"title_en": "Foreign minister", "party": "US"},
    "tenure": {"held_from": "2025-07", "held_to": ""},
    "publisher": {"name_en": "The Paper", "tier": "mirror"},
}


def mend(desk: Desk, noun: str, values: dict[str, Any], **given: Any) -> Receipt:
    """One mending by the first officer, who has seen everything."""
    model = MENDABLE[noun][0]
    id = given.pop("id", None) or model._default_manager.earliest("pk").pk
    usual = {"seen": mended_at(noun, id), **given}
    return desk.act(operations.mend, noun=noun, id=id, values=values, **usual)


@pytest.fixture
def tenured(desk: Desk) -> Desk:
    """The desk, with somebody in office."""
    desk.act(operations.appoint, person="cho", office="minister", held_from="2025")
    return desk


@pytest.mark.parametrize("noun", MENDABLE)
def test_a_mending_is_one_public_entry_with_the_new_content(tenured: Desk, noun: str) -> None:
    before = last_entry().number
    receipt = mend(tenured, noun, CHANGES[noun])
    entry = last_entry()
    assert (entry.number, entry.verb, entry.noun) == (before + 1, "mend", noun)
    assert (entry.public, entry.object_id) == (True, receipt.id)
    told = {name: entry.payload[name] for name in CHANGES[noun]}
    wanted = {**CHANGES[noun], **({"aliases": ["Cho H."]} if noun == "person" else {})}
    assert told == wanted


@pytest.mark.parametrize("noun", MENDABLE)
def test_the_ledger_still_verifies_after_a_mending(tenured: Desk, noun: str) -> None:
    mend(tenured, noun, CHANGES[noun])
    assert verify_ledger()[1] is None


def test_a_mended_track_is_told_on_the_track_and_one_of_nothing_nowhere(desk: Desk) -> None:
    receipt = mend(desk, "track", {"title_en": "Defence"})
    assert last_entry().track_ids == [receipt.id]
    mend(desk, "person", {"name_en": "Cho Hyun"})
    assert (last_entry().track_ids, last_entry().negotiation_ids) == ([], [])
    talks = mend(desk, "negotiation", {"title_en": "The talks"})
    assert last_entry().negotiation_ids == [talks.id]


@pytest.mark.parametrize(
    ("noun", "column"),
    [("party", "code"), ("track", "slug"), ("track", "procedure"), ("term", "unit"),
     ("person", "slug"), ("tenure", "person"), ("publisher", "id"), ("negotiation", "slug")],
)  # fmt: skip
def test_what_others_rely_on_cannot_be_mended(tenured: Desk, noun: str, column: str) -> None:
    with refuses("not_mendable", at=f"/{column}"):
        mend(tenured, noun, {column: "new"})


@pytest.mark.parametrize("noun", ["statement", "grade", "officer", ""])
def test_what_is_no_reference_data_cannot_be_mended(desk: Desk, noun: str) -> None:
    with refuses("no_such_row"):
        desk.act(operations.mend, noun=noun, id=1, values={"text": "x"}, seen=0)


def test_a_row_that_is_not_there_is_refused(desk: Desk) -> None:
    with refuses("no_such_row"):
        mend(desk, "party", {"name_en": "x"}, id=999_999)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title_en": 3}, "wrong_kind"),
        ({"headline": "yes"}, "wrong_kind"),
        ({"review_days": True}, "wrong_kind"),
        ({"parties": "KR"}, "wrong_kind"),
        ({"parties": [1]}, "wrong_kind"),
        ({"review_days": 0}, "out_of_range"),
        ({"position": -1}, "out_of_range"),
        ({"title_en": ""}, "missing_text"),
        ({"title_en": "x" * 201}, "too_long"),
        ({"title_en": "a\0b"}, "bad_text"),
        ({"parties": ["XX"]}, "no_such_row"),
        ({"parent": "none"}, "no_such_row"),
        ({"parent": "security"}, "hangs_below_itself"),
        ({"title_en": "Talks"}, "nothing_changed"),
        ({}, "nothing_changed"),
    ],
)
def test_what_a_track_cannot_be_is_refused(desk: Desk, values: dict[str, Any], code: str) -> None:
    with refuses(code):
        mend(desk, "track", values)


def test_words_zones_and_dates_are_checked_as_at_registration(tenured: Desk) -> None:
    for noun, values, code in (
        ("publisher", {"tier": "best"}, "unknown_word"),
        ("party", {"zone": "Mars/Base"}, "bad_zone"),
        ("tenure", {"held_from": "soon"}, "bad_date"),
    ):
        with refuses(code):
            mend(tenured, noun, values)


def test_a_track_does_not_hang_below_one_that_hangs_below_it(desk: Desk) -> None:
    trade = Track.objects.get(slug="trade")
    mend(desk, "track", {"parent": "security"}, id=trade.pk)
    with refuses("hangs_below_itself", at="/parent"):
        mend(desk, "track", {"parent": "trade"})
    mend(desk, "track", {"parent": ""}, id=trade.pk)
    assert Track.objects.get(slug="trade").parent is None


def test_two_tenures_do_not_become_the_same_one(tenured: Desk) -> None:
    tenured.act(operations.appoint, person="cho", office="minister", held_from="2026")
    with refuses("duplicate"):
        mend(tenured, "tenure", {"held_from": "2025"}, id=Tenure.objects.latest("pk").pk)


def test_who_has_not_seen_the_last_mending_is_refused(desk: Desk) -> None:
    number = mend(desk, "party", {"name_en": "South Korea"}).number
    with refuses("mended_since", at="/seen"):
        mend(desk, "party", {"name_en": "Korea"}, seen=0)
    mend(desk, "party", {"name_en": "Korea"}, seen=number)
    assert Party.objects.get(code="KR").name_en == "Korea"


def test_only_an_admin_of_the_negotiation_mends_its_tracks(desk: Desk) -> None:
    reviewer = Membership.objects.filter(officer=desk.reviewer.officer)
    with refuses("not_allowed"):
        mend(desk, "person", {"name_en": "Cho Hyun"}, by=desk.reviewer)
    other = Negotiation.objects.create(
        slug="other", title_en="o", title_ko="o", registered_at="2025-01-01T00:00Z"
    )
    reviewer.update(role=Role.ADMIN.value, negotiation=other)
    with refuses("not_allowed"):
        mend(desk, "track", {"title_en": "Defence"}, by=desk.reviewer)
    mend(desk, "person", {"name_en": "Cho Hyun"}, by=desk.reviewer)
    assert Person.objects.get(slug="cho").name_en == "Cho Hyun"


def test_a_mending_makes_nobodys_publication_stale(desk: Desk) -> None:
    draft = desk.draft("status_change")
    seen = last_entry().number
    mend(desk, "track", {"title_en": "Defence"})
    assert desk.publish("status_change", draft.id, seen=seen).id == draft.id
