"""Subscriptions: asked for by anybody, confirmed by who reads the mail, ended for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations.models import LedgerEntry, Letter, MailSubscription, Negotiation, Track
from negotiations.operations import mail_subscriptions
from negotiations.operations.mail_subscriptions import (
    CONFIRM_WITHIN,
    change_subscription,
    confirm_subscription,
    end_subscription,
    forget_unconfirmed,
    known_token,
    read_mail_address,
    token_of,
)
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import NOW, last_entry, refuses
from tests.operations.subscribing import SEOUL, asked, reader

__all__ = ["db", "desk", "opened_desk"]
pytestmark = pytest.mark.usefixtures("desk")
DAY = timedelta(days=1)


def test_what_is_asked_for_waits_for_its_reader() -> None:
    before = LedgerEntry.objects.count()
    row = asked()
    assert (row.confirmed_at, row.digest_at, row.told_through) == (None, None, 0)
    letter = Letter.objects.get()
    assert (letter.kind, letter.due_at, letter.text) == ("confirmation", NOW, "")
    assert LedgerEntry.objects.count() == before


def test_only_a_digest_of_the_token_is_kept() -> None:
    row = asked()
    token = token_of(row)
    assert len(token) == 64
    assert row.tokens == [mail_subscriptions.digest_of(token)]
    assert token not in str(MailSubscription.objects.values().get())


def test_who_confirms_is_told_of_what_comes_from_then_on() -> None:
    row = asked(rhythm="daily")
    confirm_subscription(token=token_of(row), now=NOW, zone=SEOUL)
    row.refresh_from_db()
    newest = LedgerEntry.objects.filter(public=True).latest("number").number
    assert (row.confirmed_at, row.told_through) == (NOW, newest)
    assert row.digest_at == NOW.replace(hour=22)
    confirm_subscription(token=token_of(row), now=NOW + DAY, zone=SEOUL)
    row.refresh_from_db()
    assert row.confirmed_at == NOW


def test_a_link_to_confirm_is_good_for_three_days() -> None:
    row = asked()
    late = NOW + CONFIRM_WITHIN
    with refuses("link_unknown"):
        confirm_subscription(token=token_of(row), now=late, zone=SEOUL)
    assert forget_unconfirmed(now=late - timedelta(seconds=1)) == 0
    assert forget_unconfirmed(now=late) == 1
    assert (MailSubscription.objects.count(), Letter.objects.count()) == (0, 0)


def test_confirmed_ones_are_not_forgotten() -> None:
    reader()
    assert forget_unconfirmed(now=NOW + 30 * DAY) == 0


def test_an_address_gets_three_mails_a_day_known_or_not() -> None:
    reader()
    for _ in range(2):
        asked(address="KIM@paper.example")
    with refuses("too_many_confirmations", at="/address"):
        asked()
    asked(address="lee@paper.example")
    asked(now=NOW + DAY)


def test_a_newer_subscription_to_the_same_takes_the_place_of_the_older() -> None:
    first, other = reader(), reader(about=["talks/security"])
    second = reader(rhythm="weekly")
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.ended_because, first.address, other.ended_because) == ("replaced", "", "")
    assert second.ended_at is None


def test_what_is_ended_keeps_no_address_and_sends_nothing() -> None:
    row = reader()
    Letter.objects.create(subscription=row, kind="news", made_at=NOW, due_at=NOW)
    for later in (NOW, NOW + DAY):
        end_subscription(token=token_of(row), now=later)
    row.refresh_from_db()
    assert (row.address, row.ended_at, row.ended_because) == ("", NOW, "reader")
    assert Letter.objects.count() == 0
    with refuses("letters_over"):
        confirm_subscription(token=token_of(row), now=NOW, zone=SEOUL)


@pytest.mark.parametrize("token", ["", "0" * 64, "\x00", "\ud800"])
def test_a_link_that_nobody_was_sent_is_good_for_nothing(token: str) -> None:
    reader()
    with refuses("link_unknown"):
        end_subscription(token=token, now=NOW)


def test_old_links_still_end_it_when_the_site_has_a_new_secret(settings: Any) -> None:
    row = reader()
    old = token_of(row)
    settings.SECRET_KEY = "another one"
    new = known_token(row)
    assert new != old
    assert known_token(row) == new
    row.refresh_from_db()
    assert len(row.tokens) == 2
    end_subscription(token=old, now=NOW)
    row.refresh_from_db()
    assert row.ended_at == NOW


def test_rhythm_tracks_and_language_are_changed() -> None:
    row = reader(rhythm="daily")
    change_subscription(
        token=token_of(row), about=["talks/trade", "talks/security"], rhythm="weekly",
        language="ko", now=NOW, zone=SEOUL,
    )  # fmt: skip
    row.refresh_from_db()
    tracks = sorted(Track.objects.values_list("pk", flat=True))
    assert (row.negotiation_ids, row.track_ids, row.language) == ([], tracks, "ko")
    assert row.digest_at == NOW.replace(day=19, hour=22)


def test_what_was_gathered_goes_out_before_letters_come_at_once() -> None:
    row = reader(rhythm="weekly")
    change_subscription(
        token=token_of(row), about=["talks"], rhythm="immediate", language="en", now=NOW, zone=SEOUL
    )
    row.refresh_from_db()
    assert row.digest_at == NOW


def test_nothing_is_changed_before_it_is_confirmed() -> None:
    row = asked()
    with refuses("link_unknown"):
        change_subscription(
            token=token_of(row), about=["talks"], rhythm="daily", language="en", now=NOW, zone=SEOUL
        )


def test_a_whole_negotiation_holds_its_tracks() -> None:
    row = asked(about=["talks/security", "talks"])
    assert row.negotiation_ids == [Negotiation.objects.get(slug="talks").pk]
    assert row.track_ids == []


@pytest.mark.parametrize(
    ("changes", "code", "at"),
    [
        ({"about": []}, "nothing_chosen", "/about"),
        ({"about": ["nowhere"]}, "no_such_row", None),
        ({"about": ["talks/nothing"]}, "no_such_row", None),
        ({"about": ["talks/\x00"]}, "no_such_row", None),
        ({"rhythm": "hourly"}, "unknown_word", "/rhythm"),
        ({"language": "fr"}, "unknown_word", "/language"),
        ({"address": "kim\x00@paper.example"}, "bad_text", "/address"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], code: str, at: str | None) -> None:
    with refuses(code, at=at):
        asked(**changes)
    assert (MailSubscription.objects.count(), last_entry().public) == (0, True)


def test_an_international_host_is_itself_and_no_other() -> None:
    """IDNA 2008: `straße` is another name than `strasse`."""
    assert read_mail_address("kim@straße.example") == "kim@xn--strae-oqa.example"
    assert read_mail_address("kim@한국.example") == "kim@xn--3e0b707e.example"


@pytest.mark.parametrize(
    "address",
    [
        "", "@", "kim", "kim@", "@paper.example", "kim@paper", "kim@paper..example",
        "kim@-paper.example", "kim@paper.example\nBcc: all@paper.example", "a b@paper.example",
        '"kim"@paper.example', "kim@[127.0.0.1]", "kim@127.0.0.1", ".kim@paper.example",
        "김@paper.example", "k" * 65 + "@paper.example", "kim@" + "p" * 64 + ".example",
        "kim@" + "paper." * 45 + "example", "kim,lee@paper.example", "kim@paper.example>",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with refuses("bad_email", at="/address"):
        read_mail_address(address)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (" Kim.Minji+news@Paper.Example ", "kim.minji+news@paper.example"),
        ("kim@신문.한국", "kim@xn--z92b13l.xn--3e0b707e"),
        ("kim@localhost", "kim@localhost"),
    ],
)
def test_an_address_is_kept_as_mail_is_sent_to_it(address: str, kept: str) -> None:
    assert read_mail_address(address) == kept
