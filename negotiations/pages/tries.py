"""Wrong passwords: under which account they count, and what a locked out person reads.

django-axes counts and asks these (`AXES_…` in tracker/accounts.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from negotiations.pages.page import refused
from negotiations.queries import officers
from negotiations.refusals import Refusal

_LONGEST = 255
MINUTES = 15


def account_of(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The account that a try is for, the same under its name and its e-mail address."""
    given = credentials or {}
    name = given.get("username") or given.get("email") or request.POST.get("login", "")
    name = str(name).strip().lower()[:_LONGEST]
    return (officers.username_at(name) if "@" in name else "") or name


def locked_out(
    request: HttpRequest,
    response: HttpResponse | None,  # noqa: ARG001 (axes' signature)
    credentials: Mapping[str, Any] | None,  # noqa: ARG001
) -> HttpResponse:
    """The page of who tried too often: 429, with how long to wait."""
    answer = refused(request, Refusal("locked_out", minutes=MINUTES))
    answer["Retry-After"] = str(MINUTES * 60)
    return answer
