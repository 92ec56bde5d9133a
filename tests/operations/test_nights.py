"""Which pages are looked at in a night, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations import operations
from negotiations.models import EvidenceCheck, Membership, Negotiation, Officer
from negotiations.operations import Actor
from negotiations.operations.nights import arrange_night, look_again, take_note
from tests.operations.desk import NOW, TEXT, Desk, refuses
from tests.operations.test_keeping import DAY, GONE, fetched, night, row, source, statement

__all__ = ["source", "statement"]


def test_transcriptions_drafts_and_what_was_retracted_are_not_looked_at(
    desk: Desk, source: int
) -> None:
    draft = desk.draft("source")
    desk.act(
        operations.capture_source, source=draft.id, text=TEXT, captured_at=NOW, capture="fetched"
    )
    assert arrange_night(now=NOW) == 1
    assert row("source") == (source,)
    desk.retract("source", source)
    assert arrange_night(now=NOW + DAY) == 0
    assert row("due_at") == (None,)


def test_a_night_is_arranged_once_and_spread(desk: Desk) -> None:
    for _ in range(3):
        fetched(desk)
    assert arrange_night(now=NOW) == 3
    due = dict(EvidenceCheck.objects.values_list("pk", "due_at"))
    assert len(set(due.values())) == 3
    assert all(NOW <= at < NOW + timedelta(hours=5) for at in due.values())
    arrange_night(now=NOW + timedelta(minutes=1))
    assert dict(EvidenceCheck.objects.values_list("pk", "due_at")) == due


def test_what_was_not_reached_in_a_night_comes_first_in_the_next(desk: Desk) -> None:
    fetched(desk)
    arrange_night(now=NOW)
    before = row("due_at")
    arrange_night(now=NOW + DAY)
    assert row("due_at") == before


def test_a_night_costs_the_same_for_three_pages_as_for_one(desk: Desk) -> None:
    counts = []
    for number in range(3):
        fetched(desk)
        with CaptureQueriesContext(connection) as asked:
            arrange_night(now=NOW + number * DAY)
        counts.append(len(asked))
    assert counts == [counts[0]] * 3


def test_a_corrected_source_is_looked_at_under_its_new_address(desk: Desk, source: int) -> None:
    arrange_night(now=NOW)
    newer = desk.correct("source", source, url="https://other.example/1")
    arrange_night(now=NOW + DAY)
    assert row("source", "host") == (newer, "other.example")


@pytest.mark.usefixtures("source")
def test_who_is_no_officer_has_nothing_looked_at() -> None:
    arrange_night(now=NOW)
    reader = Actor(officer=Officer.objects.create(username="reader").pk)
    with refuses("not_allowed"):
        look_again(by=reader, now=NOW, check=row("pk")[0])


@pytest.mark.usefixtures("statement")
def test_who_is_an_officer_elsewhere_has_nothing_looked_at_here(desk: Desk) -> None:
    other = Negotiation.objects.create(slug="o", title_en="O", title_ko="O", registered_at=NOW)
    officer = Officer.objects.create(username="other")
    Membership.objects.create(officer=officer, negotiation=other, role="officer")
    arrange_night(now=NOW)
    with refuses("not_allowed"):
        take_note(by=Actor(officer=officer.pk), check=row("pk")[0])
    take_note(by=desk.reviewer, check=row("pk")[0])


@pytest.mark.usefixtures("statement")
def test_what_an_officer_took_note_of_is_noted_until_something_else_is_found(desk: Desk) -> None:
    for number in range(2):
        night(number, GONE)
    take_note(by=desk.drafter, check=row("pk")[0])
    assert EvidenceCheck.objects.get().seen == GONE.key
