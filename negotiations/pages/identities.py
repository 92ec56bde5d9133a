"""OpenID Connect: whose identities may sign in here."""

from __future__ import annotations

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth import get_user_model
from django.http import HttpRequest

from negotiations.pages.page import refused
from negotiations.queries import officers
from negotiations.refusals import Refusal


class Identities(DefaultSocialAccountAdapter):
    """An identity signs in to the open account of the same e-mail address, if the provider says
    that it has verified the address; no account is ever made by it.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Nobody makes an account for themselves."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join the identity to its account at the first time; later see that they still belong
        together.
        """
        account = _account_of(sociallogin)
        wrong_one = sociallogin.is_existing and sociallogin.user.pk != account
        signed_in = request.user.is_authenticated and request.user.pk != account
        if account is None or wrong_one or signed_in:
            raise ImmediateHttpResponse(refused(request, Refusal("unknown_identity")))
        if not sociallogin.is_existing:
            sociallogin.connect(request, get_user_model().objects.get(pk=account))


def _account_of(sociallogin: SocialLogin) -> int | None:
    for told in sociallogin.email_addresses:
        if told.verified and (account := officers.id_at(told.email)):
            return account
    return None
