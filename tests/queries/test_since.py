"""What has changed since a brief was made: without an act, too, where it is of the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from negotiations.models import Clocks, StatusChange
from negotiations.queries.briefs import brief, handover
from negotiations.queries.pins import newest_pin
from negotiations.queries.shapes.since import BriefSince
from negotiations.queries.since import rows_of, since
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db
THEN, NOW = clocks_at("2025-10-14"), clocks_at("2025-11-20")
LATER = date(2025, 11, 1)
ON = {"effective_on": "2025-11-01", "known_on": LATER}


@pytest.fixture(params=[brief, handover], ids=["brief", "handover"])
def compose(request: Any) -> Any:
    """Both are asked the same way."""
    return request.param


def changed(compose: Any, *, then: Clocks = THEN, now: Clocks = NOW) -> BriefSince:
    """Since one of `then` at the newest number, so that no act came after it."""
    pin = newest_pin(then)
    return since(compose("rok-us", pin=pin), pin=pin, clocks=now)


@pytest.mark.usefixtures("shown")
def test_nothing_has_changed_while_the_same_rows_count(compose):
    told = changed(compose, now=clocks_at("2025-10-20"))

    assert (told.acts, told.changed) == (0, False)


def test_a_track_that_the_desk_reads_otherwise_is_told_without_an_act(shown, compose):
    make.StatusChangeFactory(track=shown.track, stage="text_agreed", basis=shown.quoted, **ON)
    told = changed(compose)

    (moved,) = told.moved
    assert (moved.track.slug, moved.stage_before, moved.stage, moved.readings) == (
        "security", "agreed_in_principle", "text_agreed", (),
    )  # fmt: skip
    assert (told.acts, told.changed) == (0, True)


def test_a_party_that_speaks_for_the_first_time_is_told(shown, compose):
    make.StatusChangeFactory(track=shown.track, stage="agreed_in_principle", basis=shown.quoted,
                             according_to=make.PartyFactory(code="US"), **ON)  # fmt: skip
    (moved,) = changed(compose).moved

    assert [(one.party.code, one.stage_before, one.stage) for one in moved.readings] == [
        ("US", None, "agreed_in_principle")
    ]
    assert (moved.agreement_before, moved.agreement) == ("one_sided", "concordant")


def test_a_track_read_anew_at_the_same_stage_is_told(shown, compose):
    make.StatusChangeFactory(track=shown.track, stage="agreed_in_principle", basis=shown.quoted,
                             headline_en="Still so", **ON)  # fmt: skip
    (moved,) = changed(compose).moved

    assert (moved.stage_before, moved.stage) == ("agreed_in_principle", "agreed_in_principle")


def test_a_term_on_which_another_position_counts_is_told_with_whose(shown, compose):
    make.PositionFactory(term=shown.term, basis=shown.quoted, **ON)
    (term,) = changed(compose).terms

    assert (term.track.slug, term.slug) == ("security", "defence-budget")
    assert [party.code for party in term.parties] == ["US"]


def test_a_date_that_moved_one_that_is_new_and_one_whose_day_passed_are_told(shown, compose):
    dated: dict[str, Any] = {"negotiation": shown.negotiation, "basis": shown.quoted}
    make.MilestoneFactory(slug="announcement", tracks=[shown.track], due_on="2025-12-01",
                          **dated, **ON)  # fmt: skip
    make.MilestoneFactory(slug="new", tracks=[shown.tariffs], due_on="2026-01-01", **dated, **ON)
    make.MilestoneFactory(slug="passed", tracks=[shown.tariffs], due_on="2025-10-31", **dated)

    assert [
        (one.slug, one.due_on_before, one.due_on, one.outcome_before, one.outcome, one.overdue)
        for one in changed(compose).dates
    ] == [
        ("announcement", "2025-10-31", "2025-12-01", "open", "open", False),
        ("new", None, "2026-01-01", None, "open", False),
        ("passed", "2025-10-31", "2025-10-31", "open", "open", True),
    ]


def test_a_date_that_is_not_on_record_any_more_is_told_by_its_old_title(shown, compose):
    dated: dict[str, Any] = {"slug": "gone", "tracks": [shown.track], "basis": shown.quoted}
    row = make.MilestoneFactory(title_en="Gone", **dated)
    make.MilestoneFactory(supersedes=row, withdrawn=True, known_on=LATER, **dated)
    told = [one for one in changed(compose).dates if one.slug == "gone"]

    assert [(one.title_en, one.due_on, one.outcome) for one in told] == [("Gone", None, None)]


def test_tracks_tied_otherwise_are_told_once(shown, compose):
    for party in ("KR", "US"):
        make.LinkageFactory(from_track=shown.tariffs, to_track=shown.track, basis=shown.quoted,
                            according_to=make.PartyFactory(code=party), **ON)  # fmt: skip

    assert [[track.slug for track in tie.tracks] for tie in changed(compose).ties] == [
        ["security", "tariffs"]
    ]


@pytest.mark.parametrize(
    ("said_on", "known_on", "said"),
    [
        ("2025-11-01", LATER, True),
        ("2025-10-01", date(2025, 10, 15), True),
        ("2025-11-01", make.KNOWN_ON, True),
        ("2025-10-01", THEN.on, False),
        ("2025-12-01", make.KNOWN_ON, False),
    ],
)
def test_statements_made_or_public_later_are_told(shown, compose, said_on, known_on, said):
    make.StatementFactory(tracks=[shown.tariffs], said_on=said_on, known_on=known_on)

    assert changed(compose).said is said


@pytest.mark.parametrize(("hour", "said"), [(2, True), (4, False)])
def test_a_statement_of_the_same_day_may_be_later_than_an_instant(shown, compose, hour, said):
    make.StatementFactory(
        tracks=[shown.tariffs], known_on=THEN.on, known_at=make.PUBLISHED_AT.replace(hour=3)
    )
    then = replace(THEN, known_at=make.PUBLISHED_AT.replace(hour=hour))

    assert changed(compose, then=then, now=clocks_at("2025-10-15")).said is said


def test_a_correction_that_was_published_but_not_known_then_overtakes_an_endnote(shown, compose):
    made = make.StatementFactory(supersedes=shown.quoted, tracks=[shown.track], known_on=LATER)
    pin = replace(newest_pin(THEN), number=made.ledger_number)
    told = since(compose("rok-us", pin=pin), pin=pin, clocks=NOW)

    assert [(one.noun, one.id, one.superseded_by) for one in told.overtaken] == [
        ("statement", shown.quoted.pk, made.pk)
    ]


def test_a_correction_of_a_track_that_is_only_named_is_told():
    talks = make.NegotiationFactory(slug="talks")
    for number in range(48):
        make.StatusChangeFactory(track=make.TrackFactory(negotiation=talks, slug=f"t{number}"))
    pin = newest_pin(THEN)
    told = brief("talks", pin=pin)
    slug, row = told.others[0].track.slug, told.others[0].status_change
    before = StatusChange.objects.get(pk=row)
    make.StatusChangeFactory(track=before.track, stage="mooted", supersedes=before,
                             ledger_number=10**6, known_on=LATER)  # fmt: skip
    found = since(told, pin=pin, clocks=NOW)

    assert row in rows_of(told)["status_change"]
    assert [(one.noun, one.id) for one in found.overtaken] == [("status_change", row)]
    assert [(one.track.slug, one.stage_before, one.stage) for one in found.moved] == [
        (slug, "negotiating", "mooted")
    ]


def test_it_costs_the_same_for_one_of_everything_and_for_three(shown, compose, query_count):
    pin = newest_pin(THEN)
    told = compose("rok-us", pin=pin)

    def cost() -> int:
        beside = make.TrackFactory(negotiation=shown.negotiation)
        dated: dict[str, Any] = {"basis": shown.quoted, **ON}
        make.StatusChangeFactory(track=beside, **dated)
        make.PositionFactory(term=make.TermFactory(track=beside), **dated)
        make.MilestoneFactory(tracks=[beside], **dated)
        make.LinkageFactory(from_track=beside, to_track=shown.track, **dated)
        asked: int = query_count(partial(since, told, pin=pin, clocks=NOW))
        return asked

    first, _, third = cost(), cost(), cost()
    assert first == third <= 23


def test_a_meeting_of_which_somebody_tells_otherwise_now_stands_elsewhere(shown, compose):
    pin = newest_pin(THEN)
    told = compose("rok-us", pin=pin)
    make.AccountFactory(
        track=shown.tariffs, according_to=make.PartyFactory(code="KR"), basis=shown.quoted,
        text_en="A little of it was opened.", **ON,
    )  # fmt: skip

    found = since(told, pin=pin, clocks=NOW)

    assert [(one.meeting, one.title_en) for one in found.accounts] == [("summit", "Summit")]
    assert found.changed is True
