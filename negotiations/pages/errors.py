"""Pages for what Django itself refuses: unknown addresses, malformed requests, our own failures."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from negotiations.pages.frames import language_now
from negotiations.pages.page import refused
from negotiations.refusals import Refusal, failure_of


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """404, in the page's language."""
    return refused(request, Refusal("not_found"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """400 for what Django could not read (a host, a multipart body): no frame can be trusted."""
    return _alone(request, Refusal("bad_request"))


def failed(request: HttpRequest) -> HttpResponse:
    """503 while the database is out of reach, else 500: says so, touches no database.

    Django calls it while it handles the exception.
    """
    return _alone(request, failure_of(sys.exception()))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """403 where the address of who asks cannot be told, or a page is closed to them."""
    return refused(request, Refusal("forbidden"))


def too_many(request: HttpRequest) -> HttpResponse:
    """429 where allauth counts: codes, passkeys, resets."""
    return refused(request, Refusal("too_many_tries"))


def _alone(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A page that needs neither database nor style sheet nor frame."""
    told = {"status": refusal.status, "sentence": refusal.sentence(language_now())}
    response = render(request, "failure.html", told, status=refusal.status)
    response["Cache-Control"] = "no-store"
    if refusal.status == 503:
        response["Retry-After"] = "5"
    return response
