"""A real mail server on this machine, for tests, that Django sends to as EMAIL_URL says."""

# ruff: noqa: ARG002  aiosmtpd calls with more than each of these needs

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tracker.environ import mail as mail_settings


class OnFreePort(Controller):
    """A mail server on whatever port was free."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Postbox:
    """What a mail server on loopback took."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.refuses = ""
        # Seconds until it answers to an address, and to a mail that it has taken.
        self.thinks, self.dawdles = 0.0, 0.0
        self.asked = threading.Event()
        self.port = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the address, unless it is to be refused."""
        self.asked.set()
        await asyncio.sleep(self.thinks)
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail."""
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content))
        await asyncio.sleep(self.dawdles)
        return "250 OK"


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """A real mail server, which Django sends to as EMAIL_URL says."""
    box = Postbox()
    controller = OnFreePort(box, hostname="127.0.0.1", port=0)
    controller.start()
    box.port = controller.port
    for name, value in mail_settings(f"smtp://127.0.0.1:{controller.port}?tls=0").items():
        setattr(settings, name, value)
    yield box
    controller.stop()
