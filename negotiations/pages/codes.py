"""The second factor, where allauth leaves it to the site."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _


class Codes(DefaultMFAAdapter):
    """allauth's questions to the site about second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is not right, or was used already."),
    }
