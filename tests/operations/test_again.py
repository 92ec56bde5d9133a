"""Trying again what was set aside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from negotiations.models import Feed, HostTurn, LedgerEntry, Membership, Negotiation, Officer
from negotiations.operations import Actor
from negotiations.operations.again import try_again
from negotiations.operations.feeds import pause_feed
from negotiations.operations.leases import take
from negotiations.operations.polling import next_poll
from tests.operations.desk import NOW, Desk, refuses
from tests.operations.works import feed


def test_it_is_due_at_once_and_as_if_no_worker_had_died(desk: Desk) -> None:
    row, before = feed(desk), LedgerEntry.objects.count()
    assert take(Feed.objects.all(), now=NOW) is None
    try_again(by=desk.drafter, now=NOW, kind="feed", id=row.pk)
    taken = take(Feed.objects.all(), now=NOW)
    assert taken is not None
    assert (taken.pk, taken.aside, taken.lost) == (row.pk, "", 0)
    assert LedgerEntry.objects.count() == before


def test_a_paused_feed_is_not_polled_again_by_that(desk: Desk) -> None:
    row = feed(desk)
    pause_feed(by=desk.drafter, feed=row.pk)
    with refuses("not_set_aside", at="/id"):
        try_again(by=desk.drafter, now=NOW, kind="feed", id=row.pk)
    Feed.objects.update(due_at=NOW)
    HostTurn.objects.update_or_create(host=row.host, defaults={"next_at": NOW})
    assert next_poll(now=NOW) is None


def test_a_letter_is_tried_again_where_its_readers_are(desk: Desk) -> None:
    with refuses("no_such_row", at="/kind"):
        try_again(by=desk.drafter, now=NOW, kind="letter", id=1)


def test_what_was_not_set_aside_stays_as_it_is(desk: Desk) -> None:
    later = NOW + timedelta(hours=1)
    row = feed(desk, aside="", lost=1, due_at=later)
    with refuses("not_set_aside", at="/id"):
        try_again(by=desk.drafter, now=NOW, kind="feed", id=row.pk)
    row.refresh_from_db()
    assert (row.due_at, row.lost) == (later, 1)


@pytest.mark.parametrize(
    ("kind", "id"), [("feed", 0), ("feed", 2**70), ("officer", 1), ("\x00", 1)]
)
def test_work_that_is_not_there_is_refused(desk: Desk, kind: str, id: int) -> None:
    with refuses("no_such_row"):
        try_again(by=desk.drafter, now=NOW, kind=kind, id=id)


@pytest.mark.parametrize(
    ("slug", "role", "may"),
    [("talks", "admin", True), ("talks", "reviewer", False), ("others", "admin", False)],
)
def test_an_admin_of_its_negotiation_may(desk: Desk, slug: str, role: str, may: bool) -> None:
    row = feed(desk)
    Negotiation.objects.create(slug="others", title_en="O", title_ko="O", registered_at=NOW)
    account = Officer.objects.create(username="kim")
    of = Negotiation.objects.get(slug=slug)
    Membership.objects.create(officer=account, negotiation=of, role=role)
    by = Actor(officer=account.pk)
    if may:
        try_again(by=by, now=NOW, kind="feed", id=row.pk)
    else:
        with refuses("not_allowed"):
            try_again(by=by, now=NOW, kind="feed", id=row.pk)
    row.refresh_from_db()
    assert (row.aside == "") is may
