"""Sign-in, where allauth leaves it to the site: whom it lets in, its words, its mails."""

from __future__ import annotations

import logging
import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import OperationalError
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from negotiations.operations.turns import one_at_a_time
from negotiations.pages.frames import in_language, language_now
from negotiations.pages.tries import account_of
from negotiations.visitors import address_of

log = logging.getLogger(__name__)
_MISMATCH = _("That name and password do not belong together.")


class SignIn(DefaultAccountAdapter):
    """allauth's questions to the site about accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "enter_current_password": _("That is not your password."),
        "incorrect_password": _("That is not your password."),
        "incorrect_code": _("That code is not right, or was used already."),
        "rate_limited": _("Too many tries. Wait some minutes, then try again."),
        "too_many_login_attempts": _("Too many tries. Wait some minutes, then try again."),
        "unknown_email": _("No account has this e-mail address."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody makes an account for themselves."""
        return False

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        """Accounts are made by the write door alone."""
        raise NotImplementedError("register_officer makes accounts")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Passwords are counted by axes alone, in the database."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Who has this name and password. Tries at one account from one address take turns, so
        that each sees how many were wrong before it.
        """
        turn = ("sign-in", account_of(request, credentials), address_of(request) or "")
        try:
            with one_at_a_time(*turn):
                return super().authenticate(request, **credentials)
        except OperationalError as error:
            raise self.validation_error("too_many_login_attempts") from error

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """The desk, in the language of the page."""
        return in_language(settings.LOGIN_REDIRECT_URL, language_now())

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """The public home page."""
        return in_language("/", language_now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the account's page."""
        return reverse("account_overview")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail, under the name that the site says it has."""
        url = str(super().get_reset_password_from_key_url(key))
        root = self.request.build_absolute_uri("/").rstrip("/")
        return settings.SITE_URL + url.removeprefix(root) if settings.SITE_URL else url

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it; a mail server that is out of reach is logged and tells nobody who has an
        account.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException):
            log.exception("a mail could not be sent: %s", template_prefix)
