"""Triage: a clipping is decided once, by an officer of its negotiation; the second is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations.addresses import address_digest
from negotiations.models import Capture, Clipping, LedgerEntry, Negotiation, Officer, Source
from negotiations.operations import Actor
from negotiations.operations.clippings import (
    Accepted,
    accept_clipping,
    assign_clipping,
    dismiss_clipping,
    reopen_clipping,
    snooze_clipping,
)
from tests.operations.desk import NOW, Desk, refuses

URL = "https://wire.example/1"


def caught(url: str = URL, **columns: Any) -> Clipping:
    """A clipping of the talks."""
    return Clipping.objects.create(
        **{
            "negotiation": Negotiation.objects.get(slug="talks"), "url": url, "title": "Close",
            "url_sha256": address_digest(url), "text": "They are close.", "caught_at": NOW,
            "bands": [0, 65536, 131072, 196608], **columns,
        }
    )  # fmt: skip


def _state(row: Clipping, *names: str) -> tuple[Any, ...]:
    return Clipping.objects.values_list(*(names or ("state", "version"))).get(pk=row.pk)


def test_an_accepted_clipping_asks_for_the_capture_of_its_page(desk: Desk) -> None:
    row, before = caught(), LedgerEntry.objects.count()
    taken = accept_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=1)
    capture = Capture.objects.get()
    assert taken == Accepted(source=None, capture=capture.pk)
    assert (capture.url, capture.asked_by_id) == (URL, desk.drafter.officer)
    assert _state(row, "state", "capture", "decided_by", "decided_at", "version") == (
        "accepted", capture.pk, desk.drafter.officer, NOW, 2,
    )  # fmt: skip
    assert LedgerEntry.objects.count() == before


def test_of_a_known_source_nothing_is_fetched(desk: Desk) -> None:
    source = desk.draft("source").id
    row = caught(Source.objects.get(pk=source).url)
    taken = accept_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=1)
    assert taken == Accepted(source=source, capture=None)
    assert not Capture.objects.exists()


def test_a_dismissal_keeps_who_when_and_why(desk: Desk) -> None:
    row = caught()
    dismiss_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=1, reason=" Old news ")
    assert _state(row, "state", "reason", "decided_by", "decided_at") == (
        "dismissed", "Old news", desk.drafter.officer, NOW,
    )  # fmt: skip


def test_a_dismissal_without_a_reason_is_refused(desk: Desk) -> None:
    row = caught()
    with refuses("no_dismissal_reason", at="/reason"):
        dismiss_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=1, reason=" ")


def test_a_reason_that_is_too_long_is_refused(desk: Desk) -> None:
    row = caught()
    with refuses("too_long", at="/reason"):
        dismiss_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=1, reason="a" * 501)


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=-1), timedelta(days=400)])
def test_a_moment_that_is_none_to_come_is_refused(desk: Desk, ahead: timedelta) -> None:
    row = caught()
    with refuses("bad_moment", at="/until"):
        snooze_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=1, until=NOW + ahead)


def test_a_snoozed_clipping_may_still_be_taken_up(desk: Desk) -> None:
    row, until = caught(), NOW + timedelta(days=1)
    snooze_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=1, until=until)
    assert _state(row, "state", "snoozed_until") == ("snoozed", until)
    accept_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=2)
    assert _state(row, "state", "snoozed_until") == ("accepted", None)


def test_the_second_of_two_officers_is_told(desk: Desk) -> None:
    row = caught()
    assign_clipping(by=desk.reviewer, clipping=row.pk, version=1, officer=desk.reviewer.officer)
    with refuses("version_conflict"):
        accept_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=1)
    dismiss_clipping(by=desk.reviewer, now=NOW, clipping=row.pk, version=2, reason="Old")
    with refuses("clipping_decided"):
        accept_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=3)


def test_what_was_decided_comes_back_as_new(desk: Desk) -> None:
    row = caught()
    dismiss_clipping(by=desk.drafter, now=NOW, clipping=row.pk, version=1, reason="Old")
    reopen_clipping(by=desk.reviewer, clipping=row.pk, version=2)
    assert _state(row, "state", "reason", "decided_by", "decided_at") == ("new", "", None, None)


def test_only_an_officer_of_the_negotiation_is_given_one(desk: Desk) -> None:
    row, other = caught(), Officer.objects.create(username="other")
    with refuses("not_allowed"):
        assign_clipping(by=desk.drafter, clipping=row.pk, version=1, officer=other.pk)
    assert _state(row, "assigned_to") == (None,)


def test_who_is_no_officer_there_decides_nothing(desk: Desk) -> None:
    row, other = caught(), Officer.objects.create(username="other")
    with refuses("not_allowed"):
        accept_clipping(by=Actor(officer=other.pk), now=NOW, clipping=row.pk, version=1)
    assert desk.drafter.officer != other.pk
