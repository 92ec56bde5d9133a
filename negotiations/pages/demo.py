"""The demo's sign-in, once per token: only for who sits at the machine where `make run` runs."""

from __future__ import annotations

import hashlib
import ipaddress
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from negotiations.pages.frames import in_language, language_now
from negotiations.pages.page import refused
from negotiations.refusals import Refusal

# What a proxy leaves behind: then the address asking is the proxy's, not the reader's.
_PROXIED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks with one button, so that no prefetch uses the token up; POST signs in.

    404 for a token that was used or is of another run, and for anybody not at this machine.
    """
    door = _door(request, token)
    name = _name(door) if door else ""
    if door is None or not name:
        return refused(request, Refusal("not_found"))
    if request.method != "POST":
        return render(request, "account/demo.html", {"name": name})
    try:
        door.unlink()  # the one who takes the file away is the one who goes in
    except FileNotFoundError:
        return refused(request, Refusal("not_found"))
    officer = get_user_model().objects.filter(username=name, is_active=True).first()
    if officer is None:
        return refused(request, Refusal("not_found"))
    login(request, officer, backend=_BACKEND)
    return HttpResponseRedirect(in_language(settings.LOGIN_REDIRECT_URL, language_now()))


def _door(request: HttpRequest, token: str) -> Path | None:
    """The file that stands for the token; None where there is no demo for who asks."""
    if not settings.DEMO_FOLDER or any(header in request.headers for header in _PROXIED):
        return None
    try:
        here = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return None
    digest = hashlib.sha256(token.encode()).hexdigest()
    return Path(settings.DEMO_FOLDER) / digest if here else None


def _name(door: Path) -> str:
    try:
        return door.read_text()
    except FileNotFoundError:
        return ""
