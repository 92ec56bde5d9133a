"""Signing in and out: by name or address, for twelve hours of use, nobody's but the officers'."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from negotiations.operations import Role, grant_role
from negotiations.operations.console import console
from tests import factories as make
from tests.pages.accounts import HASHERS, LOGIN, PASSWORD, account, signed_in, try_password
from tests.pages.markup import parse

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fast_hashes(settings: Any) -> None:
    settings.PASSWORD_HASHERS = HASHERS


@pytest.fixture
def client() -> Client:
    """A browser that may sign in."""
    return Client()


@pytest.mark.parametrize("login", ["kim", "KIM", "kim@example.org", "Kim@Example.ORG"])
def test_an_officer_signs_in_by_name_or_address(client: Client, login: str) -> None:
    account()
    response = try_password(client, login)
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert signed_in(client)


def test_from_a_korean_page_one_comes_to_the_korean_desk(client: Client) -> None:
    account()
    assert try_password(client, "kim", prefix="/ko")["Location"] == "/ko/desk/"


def test_one_comes_back_to_where_one_was(client: Client) -> None:
    account()
    data = {"login": "kim", "password": PASSWORD, "next": "/desk/drafts/"}
    assert client.post(LOGIN, data)["Location"] == "/desk/drafts/"


def test_nobody_is_sent_to_another_site(client: Client) -> None:
    account()
    data = {"login": "kim", "password": PASSWORD, "next": "https://example.com/"}
    assert client.post(LOGIN, data)["Location"] == "/desk/"


@pytest.mark.parametrize(("login", "password"), [("kim", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_read_the_same(
    client: Client, login: str, password: str
) -> None:
    account()
    page = parse(try_password(client, login, password).content.decode())
    (notice,) = page.all("div", role="alert")
    assert notice.words == "That name and password do not belong together."


def test_a_closed_account_does_not_sign_in(client: Client) -> None:
    account(is_active=False)
    assert try_password(client, "kim")["Location"] == "/desk/account/inactive/"
    assert not signed_in(client)


def test_nobody_makes_an_account_for_themselves(client: Client) -> None:
    assert client.get("/desk/account/signup/").status_code == 404


def test_the_cookies_are_for_this_site_and_not_for_scripts(client: Client) -> None:
    account()
    client.get(LOGIN)
    try_password(client, "kim")
    for name in ("parley_session", "parley_csrf"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert client.cookies["parley_session"]["max-age"] == 12 * 3600


def test_a_form_without_its_token_is_refused() -> None:
    response = try_password(Client(enforce_csrf_checks=True), "kim")
    assert response.status_code == 403
    assert "form_expired" in response.content.decode()


def test_signing_out_takes_a_form(client: Client) -> None:
    client.force_login(account())
    assert client.get("/desk/account/logout/").status_code == 200
    assert signed_in(client)
    assert client.post("/desk/account/logout/")["Location"] == "/"
    assert not signed_in(client)


def test_a_new_password_ends_the_other_sessions(client: Client) -> None:
    account()
    elsewhere = Client()
    for browser in (client, elsewhere):
        try_password(browser, "kim")
    new = "staple battery horse"
    response = client.post(
        "/desk/account/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert response["Location"] == "/desk/account/"
    assert (signed_in(client), signed_in(elsewhere)) == (True, False)
    assert "password" in mail.outbox[0].subject.lower()


def test_a_new_role_ends_all_sessions(client: Client) -> None:
    officer = account()
    negotiation = make.NegotiationFactory()
    try_password(client, "kim")
    grant_role(
        by=console(), now=NOW, officer=officer.pk, negotiation=negotiation.slug,
        role=Role.REVIEWER.value,
    )  # fmt: skip
    assert not signed_in(client)


def test_a_forgotten_password_is_set_by_a_link_that_is_good_once(client: Client) -> None:
    account()
    client.post("/ko/desk/account/password/reset/", {"email": "KIM@example.org"})
    (letter,) = mail.outbox
    assert letter.subject == "Parley: 비밀번호 설정 링크"
    (link,) = [line for line in letter.body.splitlines() if line.startswith("http")]
    page = client.get(link, follow=True)
    new = {"password1": "staple battery horse", "password2": "staple battery horse"}
    done = client.post(page.redirect_chain[-1][0], new)
    assert done["Location"] == "/ko/desk/account/password/reset/key/done/"
    assert try_password(client, "kim", "staple battery horse").status_code == 302
    assert "더는 쓸 수 없는" in Client().get(link, follow=True).content.decode()


def test_a_mail_names_the_address_that_the_site_says_it_has(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://parley.example"
    account()
    client.post("/desk/account/password/reset/", {"email": "kim@example.org"})
    assert "https://parley.example/desk/account/password/reset/key/" in mail.outbox[0].body


def test_a_stranger_asking_for_a_link_reads_the_same_and_gets_no_mail(client: Client) -> None:
    response = client.post("/desk/account/password/reset/", {"email": "nobody@example.org"})
    assert response["Location"] == "/desk/account/password/reset/done/"
    assert mail.outbox == []


def test_a_mail_server_out_of_reach_tells_nobody_who_has_an_account(
    client: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9
    account()
    response = client.post("/desk/account/password/reset/", {"email": "kim@example.org"})
    assert response["Location"] == "/desk/account/password/reset/done/"


@pytest.mark.parametrize("password", ["short", "password1234", "kim.minji@example.org"])
def test_a_weak_password_is_not_taken(client: Client, password: str) -> None:
    client.force_login(account("kim.minji"))
    response = client.post(
        "/desk/account/password/change/",
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    assert response.status_code == 200
    assert get_user_model().objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("path", ["/", "/changes/", "/about/", "/ko/", "/api/v1/changes/"])
def test_public_pages_set_no_cookie_and_read_none(client: Client, path: str) -> None:
    client.force_login(account())
    plain, known = Client().get(path), client.get(path)
    assert (plain.status_code, known.status_code) == (200, 200)
    assert plain.content == known.content
    assert dict(plain.cookies) == dict(known.cookies) == {}
    assert "Cookie" not in known["Vary"]
    assert plain["ETag"] == known["ETag"]
