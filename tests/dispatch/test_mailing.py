"""Sending: the right headers, each letter once, and what a mail server may do to it."""

# ruff: noqa: ARG001  fixtures, and Django calls with more than these need
from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from negotiations.dispatch import mailing, mails
from negotiations.models import Letter, MailSubscription
from negotiations.operations.leases import LEASE
from negotiations.operations.mail_subscriptions import token_of
from tests.dispatch.postbox import Postbox, postbox
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import NOW, Desk
from tests.operations.subscribing import asked, reader

__all__ = ["db", "desk", "opened_desk", "postbox"]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = "https://parley.example"


def work(now: Any = NOW) -> None:
    """What workers do until nothing is due."""
    mailing.write_letters(now=now)
    while mailing.send_next(now=now):
        pass


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """From now on no mail can be sent, for this reason."""

    def send(self: Any, fail_silently: bool = False) -> int:
        raise error

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", send)


def test_from_a_form_to_a_letter_to_its_end(desk: Desk, postbox: Postbox) -> None:
    mailing.write_letters(now=NOW)
    browser = Client()
    form = {"address": "kim@paper.example", "about": ["talks/security"], "rhythm": "immediate",
            "language": "en"}  # fmt: skip
    assert browser.post("/subscriptions/", form)["Location"] == "/subscriptions/asked/"
    row = MailSubscription.objects.get()
    work(row.asked_at)
    (question,) = postbox.mails
    assert "List-Unsubscribe" not in question
    own = f"/subscriptions/{token_of(row)}/"
    text = question.get_payload()[0].get_payload(decode=True).decode()  # type: ignore[index,union-attr]
    assert f"https://parley.example{own}" in text
    desk.published("status_change", headline_en="Too early")
    assert browser.get(own).status_code == 200
    work(row.asked_at)
    assert len(postbox.mails) == 1
    browser.post(own, {"do": "confirm"})
    desk.published("status_change", headline_en="Close to a deal")
    work(row.asked_at)
    _, letter = postbox.mails
    assert letter["Subject"] == "Parley: Talks: Close to a deal"
    assert (letter["To"], letter["From"]) == ("kim@paper.example", "parley@localhost")
    assert letter["List-Unsubscribe"].split() == [f"<https://parley.example{own}>"]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Id"] == "Parley <letters.parley.example>"
    assert (letter["Auto-Submitted"], letter["Precedence"]) == ("auto-generated", "list")
    assert letter["Message-ID"] == f"<{Letter.objects.latest('pk').key.hex}@parley.example>"
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.walk()][1:] == ["text/plain", "text/html"]
    program = Client(enforce_csrf_checks=True)
    assert program.post(own, ONE_CLICK).status_code == 200
    desk.published("status_change", headline_en="Too late")
    work(row.asked_at)
    assert len(postbox.mails) == 2


def test_a_server_that_knows_no_such_reader_ends_the_subscription(
    desk: Desk, postbox: Postbox
) -> None:
    mailing.write_letters(now=NOW)
    row = reader()
    postbox.refuses = "550 no such user"
    for count in (1, 2, 3):
        desk.published("status_change")
        work()
        row.refresh_from_db()
        assert row.refused == count
    assert row.ended_because == "undeliverable"


def test_a_server_that_is_busy_is_asked_again(desk: Desk, postbox: Postbox) -> None:
    mailing.write_letters(now=NOW)
    reader()
    postbox.refuses = "451 try later"
    desk.published("status_change")
    work()
    row = Letter.objects.get()
    assert (row.refusal, row.facts, row.aside) == ("mail_refused", {"status": 451}, "")
    postbox.refuses = ""
    work(NOW + timedelta(minutes=2))
    assert len(postbox.mails) == 1


def test_a_worker_that_dies_leaves_the_same_message_to_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing.write_letters(now=NOW)
    reader()
    desk.published("status_change", headline_en="As it was")
    with monkeypatch.context() as patched:
        # Killed after the server took the mail, before that was noted.
        patched.setattr("negotiations.operations.mailing.letter_sent", lambda *_, **__: 1 / 0)
        patched.setattr("negotiations.operations.mailing.letter_failed", lambda *_, **__: True)
        work()
    work(NOW + LEASE)
    work(NOW + 2 * LEASE)
    first, second = (m.message() for m in mail.outbox)
    names = ("Message-ID", "Date", "Subject")
    assert [first[name] for name in names] == [second[name] for name in names]
    assert mail.outbox[0].body == mail.outbox[1].body


def test_one_that_cannot_be_sent_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    mailing.write_letters(now=NOW)
    reader(), reader(about=["talks/security"])
    desk.published("status_change")
    failing(monkeypatch, ConnectionRefusedError())
    work()
    assert list(Letter.objects.values_list("refusal", "attempts")) == [("mail_unsent", 1)] * 2


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no")}), "mail_undeliverable", 550),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (450, b"later")}), "mail_refused", 450),
        (smtplib.SMTPDataError(554, b"spam"), "mail_refused", 554),
        (smtplib.SMTPServerDisconnected("gone"), "mail_unsent", None),
        (TimeoutError(), "mail_unsent", None),
        (ValueError("a header"), "failed", None),
    ],
)
def test_a_failure_is_told_by_a_code(error: Exception, code: str, status: int | None) -> None:
    refusal = mails.refusal_of(error)
    assert (refusal.code, refusal.facts.get("status")) == (code, status)


def test_nobody_is_asked_twice_and_who_has_answered_is_not_asked(desk: Desk) -> None:
    asked()
    work()
    work(NOW + LEASE)
    assert [letter.to for letter in mail.outbox] == [["kim@paper.example"]]
    row = asked(about=["talks/trade"])
    MailSubscription.objects.filter(pk=row.pk).update(confirmed_at=NOW)
    work()
    assert len(mail.outbox) == 1
    assert not row.letters.exists()
