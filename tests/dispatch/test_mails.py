"""One way of sending mails: however slow the mail server is, other work does not wait for it."""

from __future__ import annotations

import smtplib
import socket
import threading
import time
from contextlib import suppress
from typing import Any

import pytest

from negotiations.dispatch import mailing, mails
from negotiations.models import Letter, Notice
from negotiations.operations.leases import LEASE
from negotiations.operations.mailing import MOST_AT_ONCE, take_letter
from negotiations.operations.notices import next_notice
from negotiations.operations.webhooks import subscribe
from tests.dispatch.postbox import Postbox, postbox
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import NOW, Desk
from tests.operations.subscribing import asked
from tracker.environ import mail

__all__ = ["db", "desk", "opened_desk", "postbox"]


def test_a_few_letters_alone_are_sent_at_a_time(desk: Desk) -> None:  # noqa: ARG001
    for number in range(MOST_AT_ONCE + 2):
        asked(address=f"kim{number}@paper.example")
    taken = [take_letter(now=NOW) for _ in range(MOST_AT_ONCE + 1)]
    assert [letter is not None for letter in taken] == [*[True] * MOST_AT_ONCE, False]
    # Those of workers that died are not waited for longer than their leases.
    assert take_letter(now=NOW + LEASE) is not None


def test_one_notice_alone_is_sent_at_a_time(desk: Desk) -> None:
    made = subscribe(
        by=desk.drafter, now=NOW, name="Wire", url="https://wire.example/", secret="whsec_MfKQ"
    )
    for _ in range(2):
        Notice.objects.create(subscription_id=made, reason="endpoint_gone", made_at=NOW, due_at=NOW)
    assert next_notice(now=NOW) is not None
    assert next_notice(now=NOW) is None
    assert next_notice(now=NOW + LEASE) is not None


@pytest.mark.usefixtures("desk")
def test_a_server_that_takes_its_time_is_hung_up_on_before_the_lease_ends(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LEASE.total_seconds() > mails.SECONDS
    monkeypatch.setattr(mails, "SECONDS", 0.1)
    postbox.thinks = 1.5
    asked()
    began = time.monotonic()
    assert mailing.send_next(now=NOW) is True
    assert time.monotonic() - began < 1
    row = Letter.objects.get()
    assert (row.refusal, row.sent_at, row.aside, postbox.mails) == ("mail_unsent", None, "", [])


@pytest.mark.parametrize("greeting", [b"2", b"220-x\r\n"])
def test_a_server_that_greets_without_end_is_hung_up_on(
    settings: Any, monkeypatch: pytest.MonkeyPatch, greeting: bytes
) -> None:
    """No time-out of a socket ends that: each byte comes in time."""
    monkeypatch.setattr(mails, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        port = listener.getsockname()[1]
        for name, value in mail(f"smtp://127.0.0.1:{port}?tls=0").items():
            setattr(settings, name, value)
        ended = threading.Event()
        host = threading.Thread(target=_greet, args=(listener, greeting, ended))
        host.start()
        sent = mails.message(id="x", made_at=NOW, to="kim@paper.example", subject="s", text="t")
        began = time.monotonic()
        try:
            with pytest.raises((smtplib.SMTPException, ConnectionError)):
                mails.send(sent)
            assert time.monotonic() - began < 5
        finally:
            ended.set()
            host.join()


def _greet(listener: socket.socket, greeting: bytes, ended: threading.Event) -> None:
    with suppress(OSError), listener.accept()[0] as line:
        while not ended.wait(0.05):
            line.sendall(greeting)
