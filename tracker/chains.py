"""Two ways through the layers: pages pass through all, what machines ask only through its own.

Scripts have no session, no form, no messages and no language of pages; those layers cost more than
a short answer does (measured: about a third of a 304).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import resolve
from django.utils.module_loading import import_string
from django.utils.translation import activate

from negotiations.api.places import is_for_machines

Answer = Callable[[HttpRequest], HttpResponseBase]
# Short addresses for probes and scrapers.
PROBES = frozenset({"/health", "/health/", "/metrics", "/metrics/"})


def is_for_scripts(request: HttpRequest) -> bool:
    """Whether no person asks."""
    return is_for_machines(request.path_info) or request.path_info in PROBES


class ShortForApi:
    """Sends what machines ask, and probes, through `settings.API_MIDDLEWARE` and to its view.

    Those layers have the plain form, a class called with the next one; hooks of other forms
    (`process_view` and the like) are not called there.
    """

    def __init__(self, pages: Answer) -> None:
        """Take the layers of pages, and build those of the API."""
        self.pages = pages
        self.api: Any = convert_exception_to_response(_view)
        for layer in reversed(settings.API_MIDDLEWARE):
            with suppress(MiddlewareNotUsed):
                self.api = convert_exception_to_response(import_string(layer)(self.api))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer."""
        layers = self.api if is_for_scripts(request) else self.pages
        response: HttpResponseBase = layers(request)
        return response


class SamePolicy:
    """The Content-Security-Policy of the settings, written once: no answer has one of its own."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers the request."""
        self.answer = answer
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with the policy."""
        response = self.answer(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


def _view(request: HttpRequest) -> HttpResponseBase:
    # A thread keeps the language of the page it answered last.
    activate(settings.LANGUAGE_CODE)
    found = resolve(request.path_info)
    request.resolver_match = found
    response: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        return response.render()
    return response
