"""Your account: who you are here, and the ways to everything that can be changed."""

from __future__ import annotations

import pytest
from django.test import Client

from negotiations.models import Membership
from tests import factories as make
from tests.pages.accounts import account
from tests.pages.markup import Markup, parse

pytestmark = pytest.mark.django_db
PAGE = "/desk/account/"


def read(client: Client, prefix: str = "") -> Markup:
    """The page, which must be well made."""
    page = parse(client.get(f"{prefix}{PAGE}").content.decode())
    assert page.mistakes == []
    return page


@pytest.fixture
def client() -> Client:
    """A browser."""
    return Client()


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(PAGE)["Location"] == f"/desk/account/login/?next={PAGE}"


def test_it_tells_the_account_and_its_roles(client: Client) -> None:
    officer = account(first_name="Kim Minji")
    talks = make.NegotiationFactory(slug="talks", title_en="Talks", title_ko="회담")
    Membership.objects.create(officer=officer, negotiation=talks, role="reviewer")
    client.force_login(officer)
    words = read(client).one("main").words
    for told in ("Kim Minji", "kim@example.org", "Talks: reviewer", "turned off"):
        assert told in words
    assert "회담: 검토자" in read(client, "/ko").one("main").words


def test_an_account_without_roles_reads_who_gives_them(client: Client) -> None:
    client.force_login(account())
    assert "none yet; an admin gives them" in read(client).one("main").words


def test_a_superuser_is_told_so(client: Client) -> None:
    client.force_login(account(is_superuser=True))
    assert "admin of every negotiation" in read(client).one("main").words


def test_it_leads_to_the_password_the_second_factor_and_the_tokens(client: Client) -> None:
    officer = account()
    client.force_login(officer)
    links = {a.attributes.get("href") for a in read(client).all("a")}
    ways = {"password/change/", "2fa/"}
    assert {f"{PAGE}{way}" for way in ways} | {"/desk/tokens/", "/desk/"} <= links
    officer.set_unusable_password()
    officer.save()
    client.force_login(officer)
    links = {a.attributes.get("href") for a in read(client).all("a")}
    assert f"{PAGE}password/set/" in links


def test_nothing_can_be_sent_to_it(client: Client) -> None:
    client.force_login(account())
    assert client.post(PAGE).status_code == 405
