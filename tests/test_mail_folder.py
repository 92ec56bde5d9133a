"""Mails in a folder: one file each, the newest kept, read back as they were."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from negotiations import mail_folder
from negotiations.mail_folder import kept_mail, newest_mails
from tracker.environ import mail as mail_settings


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where mails go without a mail server."""
    settings.EMAIL_BACKEND = mail_settings("")["EMAIL_BACKEND"]
    settings.MAIL_FOLDER = tmp_path / "data" / "mails"
    return settings.MAIL_FOLDER


def send(subject: str = "A link", text: str = "https://parley.example/x/") -> None:
    """Send a mail as the site does."""
    mail.send_mail(subject, text, None, ["김 <kim@paper.example>"])


def test_a_mail_is_one_file_that_its_owner_alone_reads(folder: Path) -> None:
    assert newest_mails() == ()
    send()
    (file,) = folder.iterdir()
    assert (stat.S_IMODE(file.stat().st_mode), file.suffix) == (0o600, ".eml")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_it_is_read_back(folder: Path) -> None:  # noqa: ARG001
    send("한국어 제목", "Привет, 김")
    (listed,) = newest_mails()
    assert (listed.subject, listed.text, listed.headers) == ("한국어 제목", "", ())
    one = kept_mail(listed.name)
    assert one is not None
    assert (one.to, one.text, one.to_account) == ("김 <kim@paper.example>", "Привет, 김", True)
    assert dict(one.headers)["From"] == "parley@localhost"


def test_letters_to_readers_are_told_from_mails_to_accounts() -> None:
    EmailMessage("s", "t", to=["a@b.example"], headers={"X-Parley-Letter": "news"}).send()
    assert newest_mails()[0].to_account is False


def test_the_newest_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_folder, "MOST_KEPT", 2)
    for number in range(3):
        send(f"{number}")
    assert [one.subject for one in newest_mails()] == ["2", "1"]
    assert [one.subject for one in newest_mails(limit=1)] == ["2"]
    assert len(list(folder.iterdir())) == 2


def test_a_long_one_is_read_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_folder, "MOST_SHOWN", 10)
    send(text="9" * 1000)
    one = kept_mail(newest_mails()[0].name)
    assert one is not None
    assert len(one.text) == 10


@pytest.mark.parametrize("name", ["", "..", "../x", "1-2", f"{'1' * 19}-aaaaaaaa", "\x00"])
def test_only_names_of_mails_are_looked_for(name: str) -> None:
    assert kept_mail(name) is None


def test_what_else_lies_there_is_left_alone(folder: Path) -> None:
    send()
    (folder / "notes.txt").write_text("mine")
    (folder / "notes.eml").write_text("mine")
    assert len(newest_mails()) == 1
