"""Letters: one for each reader and step, at once or as a digest; tried again, set aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.models import (
    LedgerEntry,
    Letter,
    MailSubscription,
    Membership,
    Negotiation,
    Officer,
)
from negotiations.operations import Actor
from negotiations.operations import mailing as letters
from negotiations.operations.leases import LEASE
from negotiations.operations.mail_subscriptions import (
    change_subscription,
    end_subscription,
    token_of,
)
from negotiations.refusals import Refusal
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import NOW, Desk, refuses
from tests.operations.subscribing import SEOUL, reader

__all__ = ["db", "desk", "opened_desk"]
SEVEN = NOW.replace(hour=22)
UNDELIVERABLE = Refusal("mail_undeliverable", status=550)


def due(at: object = NOW) -> list[tuple[int, int, int]]:
    """Reader, first and last act of the letters that are due."""
    rows = Letter.objects.filter(kind="news", due_at__lte=at).order_by("pk")
    return list(rows.values_list("subscription", "after", "through"))


def newest() -> int:
    """The number of the newest public act."""
    return LedgerEntry.objects.filter(public=True).latest("number").number


def taken(at: object = NOW) -> Letter:
    """The letter that a worker holds now."""
    letter = letters.take_letter(now=at)  # type: ignore[arg-type]
    assert letter is not None
    return letter


@pytest.fixture
def _reading(desk: Desk) -> None:  # noqa: ARG001
    """The mails have read the ledger up to here."""
    letters.gather_news(now=NOW)


@pytest.mark.usefixtures("_reading")
def test_who_wants_to_know_at_once_gets_one_letter_of_all_acts_of_a_step(desk: Desk) -> None:
    whole, track = reader(), reader(about=["talks/security"])
    reader(about=["talks/trade"])
    reader(about=["talks/security"], rhythm="daily", address="lee@paper.example")
    before = newest()
    for _ in range(2):
        desk.published("status_change")
    assert letters.gather_news(now=NOW) is False
    assert due() == [(whole.pk, before, newest()), (track.pk, before, newest())]
    letters.gather_news(now=NOW)
    assert len(due()) == 2


@pytest.mark.usefixtures("_reading")
def test_drafts_sources_and_looks_without_news_are_not_told(desk: Desk) -> None:
    reader()
    desk.draft("status_change")
    desk.published("source")
    letters.gather_news(now=NOW)
    assert due() == []


@pytest.mark.usefixtures("_reading")
def test_who_has_not_confirmed_or_has_ended_is_told_nothing(desk: Desk) -> None:
    gone, waiting = reader(), reader(about=["talks/security"])
    end_subscription(token=token_of(gone), now=NOW)
    MailSubscription.objects.filter(pk=waiting.pk).update(confirmed_at=None)
    desk.published("status_change")
    letters.gather_news(now=NOW)
    letters.gather_digests(now=NOW + timedelta(days=8), zone=SEOUL)
    assert due() == []


@pytest.mark.usefixtures("_reading")
def test_a_digest_is_written_at_its_hour_if_there_is_news(desk: Desk) -> None:
    row = reader(rhythm="daily")
    before = newest()
    letters.gather_digests(now=SEVEN, zone=SEOUL)
    assert due(SEVEN) == []
    desk.published("status_change")
    letters.gather_digests(now=SEVEN + timedelta(hours=1), zone=SEOUL)
    assert due(SEVEN) == []
    for _ in range(2):
        letters.gather_digests(now=SEVEN + timedelta(days=1), zone=SEOUL)
    assert due(SEVEN + timedelta(days=1)) == [(row.pk, before, newest())]
    row.refresh_from_db()
    assert (row.told_through, row.digest_at) == (newest(), SEVEN + timedelta(days=2))


@pytest.mark.usefixtures("_reading")
def test_a_new_rhythm_loses_nothing_and_tells_nothing_twice(desk: Desk) -> None:
    row = reader(rhythm="weekly")
    start = newest()

    def turn(rhythm: str) -> None:
        change_subscription(
            token=token_of(row), about=["talks"], rhythm=rhythm, language="en", now=NOW, zone=SEOUL
        )

    desk.published("status_change")
    gathered = newest()
    turn("immediate")
    letters.gather_news(now=NOW)
    letters.gather_digests(now=NOW, zone=SEOUL)
    desk.published("status_change")
    at_once = newest()
    letters.gather_news(now=NOW)
    turn("daily")
    desk.published("status_change")
    letters.gather_news(now=NOW)
    letters.gather_digests(now=SEVEN, zone=SEOUL)
    windows = [(start, gathered), (gathered, at_once), (at_once, newest())]
    assert due(SEVEN) == [(row.pk, *window) for window in windows]


@pytest.mark.usefixtures("_reading")
def test_a_letter_that_fails_is_tried_again_ever_later_then_set_aside(desk: Desk) -> None:
    reader()
    desk.published("status_change")
    letters.gather_news(now=NOW)
    at, waits = NOW, []
    for _ in range(6):
        assert letters.letter_failed(taken(at), Refusal("mail_unsent"), now=at)
        row = Letter.objects.get()
        waits.append(None if row.due_at is None else int((row.due_at - at).total_seconds()))
        at = row.due_at or at
    assert waits == [60, 300, 1800, 7200, 43200, None]
    assert (row.aside, row.refusal, row.attempts) == ("mail_unsent", "mail_unsent", 6)
    assert letters.take_letter(now=at + timedelta(days=9)) is None


@pytest.mark.usefixtures("_reading")
def test_an_address_that_takes_no_mail_is_given_up_after_three_letters(desk: Desk) -> None:
    row = reader()
    for count in (1, 2, 3):
        desk.published("status_change")
        letters.gather_news(now=NOW)
        assert letters.letter_failed(taken(), UNDELIVERABLE, now=NOW)
        row.refresh_from_db()
        assert row.refused == count
    assert (row.ended_because, row.address, Letter.objects.count()) == ("undeliverable", "", 0)


@pytest.mark.usefixtures("_reading")
def test_one_letter_that_arrives_begins_the_count_anew(desk: Desk) -> None:
    row = reader()
    for _ in range(2):
        desk.published("status_change")
        letters.gather_news(now=NOW)
    letters.letter_failed(taken(), UNDELIVERABLE, now=NOW)
    assert letters.letter_sent(taken(), now=NOW)
    row.refresh_from_db()
    assert row.refused == 0
    sent = Letter.objects.get(sent_at=NOW)
    assert (sent.text, sent.html, sent.due_at) == ("", "", None)


@pytest.mark.usefixtures("_reading")
def test_the_words_are_kept_for_whoever_takes_the_letter_next(desk: Desk) -> None:
    reader()
    desk.published("status_change")
    letters.gather_news(now=NOW)
    first = taken()
    assert letters.keep_words(first, subject="s", text="t", html="h")
    second = taken(NOW + LEASE)
    assert (second.text, second.key) == ("t", first.key)
    assert not letters.keep_words(first, subject="late", text="late", html="late")
    assert not letters.letter_sent(first, now=NOW)
    assert letters.letter_sent(second, now=NOW)


@pytest.mark.usefixtures("_reading")
def test_what_killed_three_workers_is_set_aside_and_can_be_tried_again(desk: Desk) -> None:
    reader()
    desk.published("status_change")
    letters.gather_news(now=NOW)
    for turn in range(3):
        taken(NOW + turn * LEASE)
    assert letters.take_letter(now=NOW + 3 * LEASE) is None
    row = Letter.objects.get()
    assert row.aside == "worker_lost"
    letters.retry_letter(by=desk.drafter, now=NOW, letter=row.pk)
    assert taken().pk == row.pk


@pytest.mark.usefixtures("_reading")
def test_only_admins_of_all_that_it_is_about_try_a_letter_again(desk: Desk) -> None:
    row = Letter.objects.create(
        subscription=reader(about=["talks/security"]), kind="news", made_at=NOW, aside="mail_unsent"
    )
    with refuses("not_allowed"):
        letters.retry_letter(by=desk.reviewer, now=NOW, letter=row.pk)
    admin = Officer.objects.create(username="an-admin")
    other = Negotiation.objects.create(slug="o", title_en="O", title_ko="O", registered_at=NOW)
    held = Membership.objects.create(officer=admin, negotiation=other, role="admin")
    by = Actor(officer=admin.pk)
    with refuses("not_allowed"):
        letters.retry_letter(by=by, now=NOW, letter=row.pk)
    held.negotiation = Negotiation.objects.get(slug="talks")
    held.save()
    letters.retry_letter(by=by, now=NOW, letter=row.pk)
    with refuses("no_such_row"):
        letters.retry_letter(by=by, now=NOW, letter=row.pk)


def test_rows_of_letters_are_dropped_after_a_month(desk: Desk) -> None:  # noqa: ARG001
    row = reader()
    for at in (NOW, NOW - timedelta(days=31), None):
        Letter.objects.create(
            subscription=row, kind="confirmation", made_at=NOW, sent_at=at, through=0
        )
    assert letters.forget_letters(now=NOW) == 1


@pytest.mark.usefixtures("_reading")
@pytest.mark.parametrize("gather", ["news", "digests"])
def test_many_readers_cost_as_many_queries_as_one(desk: Desk, gather: str) -> None:
    rhythm = {"news": "immediate", "digests": "daily"}[gather]
    write: dict[str, Callable[[], bool]] = {
        "news": lambda: letters.gather_news(now=NOW),
        "digests": lambda: letters.gather_digests(now=SEVEN, zone=SEOUL),
    }
    counts = []
    for readers in (1, 3):
        for number in range(readers):
            reader(rhythm=rhythm, address=f"{readers}-{number}@paper.example")
        desk.published("status_change")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            write[gather]()
        counts.append(len(queries))
        MailSubscription.objects.update(digest_at=None)
    assert counts[0] == counts[1]
    assert Letter.objects.filter(kind="news").count() == (5 if gather == "news" else 4)
