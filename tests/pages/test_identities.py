"""OpenID Connect: an identity signs in to the open account of its verified address, to no other."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from negotiations.models import Officer
from negotiations.pages.identities import Identities
from tests.pages.accounts import account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _provider(settings: Any) -> None:
    app = {
        "provider_id": "oidc", "name": "Ministry", "client_id": "parley", "secret": "x",
        "settings": {"server_url": "https://id.ministry.example"},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def ask(user: Any = None) -> HttpRequest:
    """The request in which the provider sends somebody back."""
    request = RequestFactory().get("/desk/account/identities/oidc/oidc/login/callback/")
    request.user = user or AnonymousUser()
    return request


def told(
    email: str = "Kim@Example.org", *, verified: bool = True, uid: str = "1", of: Any = None
) -> SocialLogin:
    """What the provider says of an identity; `of` is the account that it is joined to already."""
    identity = SocialAccount(provider="oidc", uid=uid, extra_data={})
    addresses = [EmailAddress(email=email, verified=verified, primary=True)] if email else []
    login = SocialLogin(user=Officer(), account=identity, email_addresses=addresses)
    if of:
        identity.user = of
        identity.save()
        login.user = of
    return login


def refused(request: HttpRequest, login: SocialLogin) -> None:
    """It is refused in words, and nothing is made."""
    before = Officer.objects.count(), SocialAccount.objects.count()
    with pytest.raises(ImmediateHttpResponse) as refusal:
        Identities(request).pre_social_login(request, login)
    assert refusal.value.response.status_code == 403
    assert "unknown_identity" in refusal.value.response.content.decode()
    assert (Officer.objects.count(), SocialAccount.objects.count()) == before


def test_nobody_makes_an_account_by_it() -> None:
    assert Identities().is_open_for_signup(ask(), told()) is False


def test_a_verified_address_is_joined_to_its_account() -> None:
    officer = account()
    request, login = ask(), told()
    with context.request_context(request):
        Identities(request).pre_social_login(request, login)
    assert SocialAccount.objects.get().user_id == officer.pk
    assert (login.user.pk, Officer.objects.count()) == (officer.pk, 1)


def test_the_joined_identity_signs_in_again() -> None:
    request, login = ask(), told(of=account())
    Identities(request).pre_social_login(request, login)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("email", ["lee@example.org", "", "kim@example.org.evil.example"])
def test_an_address_of_no_account_is_refused(email: str) -> None:
    account()
    refused(ask(), told(email))


def test_an_address_that_is_not_verified_is_refused() -> None:
    account()
    refused(ask(), told(verified=False))


def test_a_closed_account_is_refused() -> None:
    account(is_active=False)
    refused(ask(), told())


def test_a_joined_identity_whose_address_is_anothers_now_is_refused() -> None:
    refused(ask(), told("lee@example.org", of=account()))
    account("lee")
    refused(ask(), told("lee@example.org", uid="2", of=Officer.objects.get(username="kim")))


def test_who_is_signed_in_does_not_take_anothers_identity() -> None:
    account()
    refused(ask(account("lee")), told())
