"""Publication: what makes a draft part of the record, and what stands in the way."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import StatementTrack, Track
from negotiations.operations.content import content_of
from negotiations.operations.drafting import NOUNS
from negotiations.operations.ledger import entry_hash
from negotiations.operations.verifying import verify_ledger
from tests.operations.desk import NOW, Desk, last_entry, refuses

EVIDENCED = ("status_change", "position", "linkage", "milestone", "account")


@pytest.mark.parametrize("noun", NOUNS)
def test_publication_is_one_public_entry_that_holds_the_content(desk: Desk, noun: str) -> None:
    draft = desk.draft(noun)
    before = last_entry()
    receipt = desk.publish(noun, draft.id)
    entry, row = last_entry(), desk.row(noun, draft.id)
    assert (entry.number, entry.previous_hash) == (before.number + 1, before.hash)
    assert (entry.verb, entry.noun, entry.object_id) == ("publish", noun, draft.id)
    assert (entry.public, entry.role, entry.by_id) == (True, "reviewer", desk.reviewer.officer)
    sealed = {"snapshots": []} if noun == "source" else {}
    assert (entry.payload, entry.hash) == ({**content_of(row), **sealed}, entry_hash(entry))
    assert (receipt.noun, receipt.id, receipt.number, receipt.at) == (
        noun, draft.id, entry.number, NOW,
    )  # fmt: skip
    assert (row.ledger_number, row.published_at, row.published_by_id) == (
        entry.number, NOW, desk.reviewer.officer,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("noun", "slugs"),
    [
        ("source", []),
        ("statement", ["security"]),
        ("status_change", ["security"]),
        ("position", ["trade"]),
        ("linkage", ["security", "trade"]),
        ("account", ["security"]),
        ("milestone", ["security"]),
    ],
)
def test_an_entry_names_the_tracks_it_bears_on(desk: Desk, noun: str, slugs: list[str]) -> None:
    desk.published(noun)
    entry = last_entry()
    tracks = Track.objects.filter(slug__in=slugs)
    assert entry.track_ids == sorted(track.pk for track in tracks)
    assert entry.negotiation_ids == sorted({track.negotiation_id for track in tracks})


def test_a_statement_gets_its_place_on_its_tracks(desk: Desk) -> None:
    statement = desk.published("statement", tracks=["talks/security", "talks/trade"])
    numbers = StatementTrack.objects.filter(statement=statement).values_list("ledger_number")
    assert set(numbers) == {(last_entry().number,)}


def test_who_drafted_does_not_publish(desk: Desk) -> None:
    draft = desk.draft("source")
    with refuses("own_draft", at="/waiver"):
        desk.publish("source", draft.id, by=desk.drafter)


def test_white_space_is_no_waiver(desk: Desk) -> None:
    draft = desk.draft("source")
    with refuses("own_draft"):
        desk.publish("source", draft.id, by=desk.drafter, waiver=" \n")


def test_a_waiver_lets_one_officer_do_both_and_is_public(desk: Desk) -> None:
    draft = desk.draft("source")
    desk.publish("source", draft.id, by=desk.drafter, waiver=" Alone tonight. ")
    assert desk.row("source", draft.id).waiver == "Alone tonight."
    assert last_entry().payload["waiver"] == "Alone tonight."


@pytest.mark.parametrize("noun", NOUNS)
def test_a_row_is_published_once(desk: Desk, noun: str) -> None:
    row = desk.published(noun)
    with refuses("already_published"):
        desk.publish(noun, row)


@pytest.mark.parametrize(("noun", "id"), [("source", 10**30), ("source", -1), ("treaty", 1)])
def test_what_does_not_exist_is_not_published(desk: Desk, noun: str, id: int) -> None:
    with refuses("no_such_row"):
        desk.publish(noun, id, version=1)


def test_something_newer_on_the_track_makes_a_publication_stale(desk: Desk) -> None:
    draft = desk.draft("status_change")
    seen = last_entry().number
    desk.published("statement")
    newer = last_entry().number
    with refuses("stale"):
        desk.publish("status_change", draft.id, seen=seen)
    assert desk.publish("status_change", draft.id, seen=newer).number == newer + 1


def test_something_newer_on_another_track_does_not(desk: Desk) -> None:
    draft = desk.draft("status_change")
    seen = last_entry().number
    desk.published("statement", tracks=["talks/trade"])
    assert desk.publish("status_change", draft.id, seen=seen).id == draft.id


def test_a_draft_on_the_track_makes_nothing_stale(desk: Desk) -> None:
    draft = desk.draft("status_change")
    seen = last_entry().number
    desk.draft("statement")
    assert desk.publish("status_change", draft.id, seen=seen).id == draft.id


@pytest.mark.parametrize(
    ("noun", "place"),
    [*product(EVIDENCED, ["main", "further"]), ("status_change", "dissent")],
)
def test_evidence_is_published_first(desk: Desk, noun: str, place: str) -> None:
    unpublished = desk.draft("statement").id
    published = desk.ids["statement"]
    cites: dict[str, Any] = {
        "main": {"basis": [unpublished]},
        "further": {"basis": [published, unpublished]},
        "dissent": {"dissent": [unpublished]},
    }[place]
    draft = desk.draft(noun, **cites)
    with refuses("unpublished_evidence"):
        desk.publish(noun, draft.id)
    desk.publish("statement", unpublished)
    assert desk.publish(noun, draft.id).id == draft.id


@pytest.mark.parametrize("link", [None, "repeats", "translates"])
def test_what_a_statement_comes_from_is_published_first(desk: Desk, link: str | None) -> None:
    if link:
        draft = desk.draft("statement", **{link: desk.draft("statement").id})
    else:
        draft = desk.draft("statement", source=desk.draft("source").id)
    with refuses("unpublished_evidence"):
        desk.publish("statement", draft.id)


@pytest.mark.parametrize("noun", EVIDENCED)
@pytest.mark.parametrize("corrected", [False, True])
def test_nothing_new_rests_on_what_was_retracted(desk: Desk, noun: str, corrected: bool) -> None:
    cited = first = desk.published("statement")
    draft = desk.draft(noun, basis=[cited])
    if corrected:
        cited = desk.correct("statement", first)
    desk.retract("statement", cited)
    with refuses("retracted_evidence"):
        desk.publish(noun, draft.id)


def test_no_new_statement_comes_from_a_retracted_source(desk: Desk) -> None:
    source = desk.published("source")
    draft = desk.draft("statement", source=source)
    desk.retract("source", source)
    with refuses("retracted_evidence"):
        desk.publish("statement", draft.id)


def test_a_row_on_retracted_evidence_can_itself_be_retracted(desk: Desk) -> None:
    statement = desk.published("statement")
    status = desk.published("status_change", basis=[statement])
    desk.retract("statement", statement)
    assert desk.row("status_change", desk.retract("status_change", status)).withdrawn is True


def test_a_move_is_judged_again_at_publication(desk: Desk) -> None:
    usual = desk.draft("status_change", stage="text_agreed", effective_on="2025-10-05")
    desk.published("status_change", stage="negotiating", effective_on="2025-10-03")
    with refuses("unusual_move"):
        desk.publish("status_change", usual.id)


def test_a_reason_that_is_no_longer_needed_leaves_no_flag(desk: Desk) -> None:
    first = desk.published("status_change", stage="negotiating", effective_on="2025-10-02")
    skip = desk.draft("status_change", stage="text_agreed", effective_on="2025-10-05",
                      reason_en="They skipped it.")  # fmt: skip
    assert desk.row("status_change", skip.id).unusual == "skip"
    desk.published("status_change", stage="agreed_in_principle", effective_on="2025-10-03")
    desk.publish("status_change", skip.id)
    assert desk.row("status_change", skip.id).unusual == ""
    assert first < skip.id


def test_an_instant_of_an_entry_never_runs_backwards(desk: Desk) -> None:
    late = NOW + timedelta(days=1)
    desk.act(operations.draft_source, **desk.usual("source"), now=late)
    source = desk.published("source")
    assert (last_entry().at, desk.row("source", source).published_at) == (late, late)


def test_a_registration_stands_at_the_instant_of_its_entry(desk: Desk) -> None:
    late = NOW + timedelta(days=1)
    desk.act(operations.draft_source, **desk.usual("source"), now=late)
    receipt = desk.act(
        operations.register_track, negotiation="talks", slug="visas", procedure="treaty",
        title_en="Visas", title_ko="비자",
    )  # fmt: skip
    assert Track.objects.get(pk=receipt.id).registered_at == late


def test_publish_refuses_a_number_that_nobody_can_have_seen(desk: Desk) -> None:
    draft = desk.draft("status_change")
    for seen in (last_entry().number + 1, 2**62, -1):
        with refuses("unseen_number", at="/seen"):
            desk.publish("status_change", draft.id, seen=seen)


def test_a_row_cannot_rest_on_a_statement_whose_source_was_retracted(desk: Desk) -> None:
    draft = desk.draft("status_change")
    desk.retract("source", desk.ids["source"])
    with refuses("retracted_evidence"):
        desk.publish("status_change", draft.id)


def test_a_rendering_of_a_retracted_statement_is_refused(desk: Desk) -> None:
    draft = desk.draft("statement", repeats=desk.ids["statement"])
    desk.retract("statement", desk.ids["statement"])
    with refuses("retracted_evidence"):
        desk.publish("statement", draft.id)


def test_a_correction_that_moves_a_row_is_told_on_the_track_it_leaves(desk: Desk) -> None:
    before = desk.published("status_change")
    desk.correct("status_change", before, track="talks/trade")
    both = Track.objects.filter(slug__in=["security", "trade"])
    assert last_entry().track_ids == sorted(track.pk for track in both)
    assert verify_ledger() == (last_entry().number, None)
