"""Your account: how you sign in, and where to change it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from negotiations.pages.frames import in_language, language_now
from negotiations.queries import officers


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """The account of who is signed in, with its roles."""
    user: Any = request.user
    return render(
        request,
        "account/overview.html",
        {
            "desk": in_language(settings.LOGIN_REDIRECT_URL, language_now()),
            "account": officers.account(user.pk),
            "has_password": user.has_usable_password(),
            "has_second_factor": is_mfa_enabled(user),
        },
    )
