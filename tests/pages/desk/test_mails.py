"""The folder of mails at the desk: for admins, and what opens accounts for superusers alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from negotiations.mail_folder import newest_mails
from negotiations.models import Officer
from negotiations.operations import Actor
from tests.operations.desk import Desk
from tests.pages.desk.conftest import signed_in
from tests.pages.markup import Markup, parse

PAGE = "/desk/mails/"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "negotiations.mail_folder.MailFolder"
    settings.MAIL_FOLDER = tmp_path / "mails"


def letter(subject: str) -> str:
    """The name of a letter to a reader that was kept."""
    headers = {"X-Parley-Letter": "news"}
    EmailMessage(subject, "<b>text</b>", to=["kim@paper.example"], headers=headers).send()
    return newest_mails()[0].name


def read(client: Client, path: str) -> Markup:
    """A page of the desk."""
    response = client.get(path)
    assert response.status_code == 200
    page = parse(response.content.decode())
    assert page.mistakes == []
    return page


def subjects(page: Markup) -> list[str]:
    """What the list names."""
    return [e.words for e in page.all("th") if e.attributes["scope"] == "row"]


@pytest.mark.parametrize("role", ["", "reader", "officer", "reviewer"])
def test_mails_are_an_admins_matter(hire: Callable[[str], Actor], role: str) -> None:
    client = signed_in(hire(role))
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}{letter('a')}/").status_code == 403


def test_mails_to_accounts_are_a_superusers_matter(
    hire: Callable[[str], Actor], drafter: Client
) -> None:
    letter("News")
    mail.send_mail("Your password", "a link", None, ["lee@paper.example"])
    opening = newest_mails()[0].name
    admin = signed_in(hire("admin"))
    assert subjects(read(drafter, PAGE)) == ["Your password", "News"]
    assert subjects(read(admin, PAGE)) == ["News"]
    assert drafter.get(f"{PAGE}{opening}/").status_code == 200
    assert admin.get(f"{PAGE}{opening}/").status_code == 404


def test_a_mail_is_shown_as_text_with_its_headers(hire: Callable[[str], Actor]) -> None:
    name = letter("<i>News</i>")
    page = read(signed_in(hire("admin")), f"{PAGE}{name}/")
    assert page.one("h1").words == "<i>News</i>"
    assert page.one("pre").words == "<b>text</b>"
    assert "kim@paper.example" in [e.words for e in page.all("dd")]


@pytest.mark.parametrize("name", ["nothing", "1" * 19 + "-aaaaaaaa"])
def test_what_is_not_there_is_not_found(hire: Callable[[str], Actor], name: str) -> None:
    assert signed_in(hire("admin")).get(f"{PAGE}{name}/").status_code == 404


def test_nothing_was_sent_yet(hire: Callable[[str], Actor]) -> None:
    page = read(signed_in(hire("admin")), PAGE)
    assert page.one("p", class_="empty-title").words == "No mails"


def test_the_mail_of_a_forgotten_password_lands_there(desk: Desk, drafter: Client) -> None:
    account = Officer.objects.get(pk=desk.reviewer.officer)
    account.email = "kim@ministry.example"
    account.set_password("correct horse battery staple")
    account.save()
    Client().post("/desk/account/password/reset/", {"email": "kim@ministry.example"})
    assert subjects(read(drafter, PAGE)) == ["Parley: A link to set your password"]
