"""Wrong passwords: under which account and address they count, and what a locked out person reads.

django-axes counts and asks these (`AXES_…` in tracker/accounts.py).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
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


def address_of(request: HttpRequest) -> str | None:
    """The network address of who tries; of IPv6 the network, which is one household's or less.

    Behind a proxy (BEHIND_HTTPS) it is what the proxy tells, otherwise nobody's word is taken. None
    for an address that cannot be read; all of these count together.
    """
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return None
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)


def locked_out(
    request: HttpRequest,
    response: HttpResponse | None,  # noqa: ARG001 (axes' signature)
    credentials: Mapping[str, Any] | None,  # noqa: ARG001
) -> HttpResponse:
    """The page of who tried too often: 429, with how long to wait."""
    answer = refused(request, Refusal("locked_out", minutes=MINUTES))
    answer["Retry-After"] = str(MINUTES * 60)
    return answer
