"""The one way of sending a mail that a worker makes: its usual headers, its time, why it failed."""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email.utils import format_datetime
from types import MappingProxyType
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from negotiations.refusals import Refusal

# Less than a lease: nobody else takes a mail that is still being sent.
SECONDS = 45.0
_FOR_GOOD = range(500, 600)
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
    with _patience(getattr(connection, "hang_up", None)):
        mail.send()


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


@contextmanager
def _patience(hang_up: Callable[[], None] | None) -> Iterator[None]:
    """After SECONDS the server is hung up on, however it takes its time."""
    if hang_up is None:
        yield
        return
    timer = threading.Timer(SECONDS, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
