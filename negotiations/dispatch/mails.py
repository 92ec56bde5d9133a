"""The one way of sending a mail that a worker makes: its usual headers, its time, why it failed."""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from negotiations.refusals import Refusal

# Less than a lease: nobody else takes a mail that is still being sent.
SECONDS = 45.0
_FOR_GOOD = range(500, 600)
_BOTH_WAYS = 2  # SHUT_RDWR
_NONE: Mapping[str, str] = MappingProxyType({})


def root() -> str:
    """Where this site is, as the outside knows it."""
    return settings.SITE_URL or f"http://localhost:{settings.PORT}"


def host() -> str:
    """The name of the site in what a mail is called."""
    return urlsplit(root()).hostname or "localhost"


def message(
    *,
    id: str,
    made_at: datetime,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] = _NONE,
) -> EmailMultiAlternatives:
    """The mail, the same each time: nothing in it depends on when it is sent.

    Where a worker dies over it and it is sent again, mail programs see the one Message-ID.
    """
    usual = {
        "Message-ID": f"<{id}@{host()}>",
        "Date": format_datetime(made_at),
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMultiAlternatives(subject, text, to=[to], headers={**usual, **headers})
    if html:
        mail.attach_alternative(html, "text/html")
    return mail


def send(mail: EmailMultiAlternatives) -> None:
    """Hand it to the mail server within SECONDS, or into the folder; raises what smtplib does."""
    connection = mail.connection = get_connection()
    patience = threading.Timer(SECONDS, _hang_up, [connection])
    patience.daemon = True
    patience.start()
    try:
        mail.send()
    finally:
        patience.cancel()


def refusal_of(error: Exception) -> Refusal:
    """Why a mail could not be sent: the address takes none, the server refuses, or is away."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        status = max((code for code, _ in error.recipients.values()), default=0)
        code = "mail_undeliverable" if status in _FOR_GOOD else "mail_refused"
        return Refusal(code, status=status)
    if isinstance(error, smtplib.SMTPResponseException):
        return Refusal("mail_refused", status=error.smtp_code)
    if isinstance(error, OSError):
        return Refusal("mail_unsent")
    return Refusal("failed")


def _hang_up(connection: Any) -> None:
    """End the conversation with a server that takes its time, word by word."""
    line = getattr(getattr(connection, "connection", None), "sock", None)
    if line is not None:
        with suppress(OSError):  # it has just ended by itself
            line.shutdown(_BOTH_WAYS)
