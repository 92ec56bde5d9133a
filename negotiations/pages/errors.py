"""Pages for what Django itself refuses: unknown addresses, malformed requests, our own failures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from negotiations.pages.page import refused
from negotiations.refusals import Refusal


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """404, in the page's language."""
    return refused(request, Refusal("not_found"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """400 for what Django could not read (a host, a multipart body): no frame can be trusted."""
    sentence = _("This request could not be read.")
    return render(request, "failure.html", {"status": 400, "sentence": sentence}, status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """500: says so, touches no database."""
    sentence = _("Something went wrong here, not with what you asked. It has been noted.")
    return render(request, "failure.html", {"status": 500, "sentence": sentence}, status=500)
