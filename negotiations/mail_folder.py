"""Floor 0: mails kept as files, where no mail server is set up, and read again.

One file a mail, complete from the moment that it is there; the newest are kept. It is what Django
sends with (EMAIL_BACKEND) where EMAIL_URL is empty.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

MOST_KEPT = 500
# So much of a file is read, and so many letters of its text are shown.
MOST_BYTES, MOST_SHOWN = 1_000_000, 100_000
_HEAD = 65_536
_NAME = re.compile(r"([0-9]{19,20})-[0-9a-f]{8}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMail:
    """A mail in the folder. `to_account`: its links open an account, rather than a subscription.

    `headers` and `text` are those of one that was asked for alone.
    """

    name: str
    kept_at: datetime
    to: str
    subject: str
    to_account: bool
    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""


class MailFolder(BaseEmailBackend):
    """Keeps what it should send in `settings.MAIL_FOLDER`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep these mails, and the newest MOST_KEPT of all; OSError where that cannot be done."""
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            _keep(folder, message.message().as_bytes())
        for name in _names(folder)[MOST_KEPT:]:
            (folder / f"{name}.eml").unlink(missing_ok=True)
        return len(email_messages)


def newest_mails(*, limit: int = 100) -> tuple[KeptMail, ...]:
    """The mails kept last, newest first, without their texts."""
    folder = Path(settings.MAIL_FOLDER)
    found = (_read(folder, name, most=_HEAD) for name in _names(folder)[:limit])
    return tuple(_told(name, mail) for name, mail in found if mail is not None)


def kept_mail(name: str) -> KeptMail | None:
    """One mail with its headers and its text; None where there is none of that name."""
    if not _NAME.fullmatch(name):
        return None
    _, mail = _read(Path(settings.MAIL_FOLDER), name, most=MOST_BYTES)
    return None if mail is None else _told(name, mail, whole=True)


def _keep(folder: Path, mail: bytes) -> None:
    name = f"{time.time_ns()}-{secrets.token_hex(4)}"
    made = folder / f".{name}"
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(mail)
    made.rename(folder / f"{name}.eml")


def _names(folder: Path) -> list[str]:
    """The names of the mails there, newest first."""
    try:
        names = [file.stem for file in folder.iterdir() if file.suffix == ".eml"]
    except FileNotFoundError:
        return []
    return sorted((name for name in names if _NAME.fullmatch(name)), reverse=True)


def _read(folder: Path, name: str, *, most: int) -> tuple[str, Parsed | None]:
    try:
        with (folder / f"{name}.eml").open("rb") as file:
            return name, message_from_bytes(file.read(most), policy=policy.default)
    except FileNotFoundError:  # dropped just now, for newer ones
        return name, None


def _told(name: str, mail: Parsed, *, whole: bool = False) -> KeptMail:
    body = mail.get_body(("plain",)) if whole else None
    return KeptMail(
        name=name,
        kept_at=datetime.fromtimestamp(int(name.partition("-")[0]) // 10**9, UTC),
        to=str(mail["To"] or ""),
        subject=str(mail["Subject"] or ""),
        to_account="X-Parley-Letter" not in mail,
        headers=tuple((key, str(value)) for key, value in mail.items()) if whole else (),
        text=str(body.get_content())[:MOST_SHOWN] if body is not None else "",
    )
