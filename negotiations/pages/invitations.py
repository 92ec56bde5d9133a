"""Invitations: a new account's link to set its password, which is allauth's for forgotten ones."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import get_user_model
from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Whom it is for, and the link, with which whoever has it can set the password once."""

    username: str
    email: str
    url: str


def invite(request: HttpRequest, officer: int) -> Invitation:
    """The invitation of an account; only for one that was made just now: for any other it would
    hand the account over.
    """
    account = get_user_model().objects.get(pk=officer)
    key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
    url = get_adapter(request).get_reset_password_from_key_url(key)
    return Invitation(username=account.username, email=account.email, url=url)


def mail_invitation(request: HttpRequest, made: Invitation) -> None:
    """Send the link to the account's address; a mail server out of reach is logged."""
    get_adapter(request).send_mail("account/email/invitation", made.email, {"made": made})
