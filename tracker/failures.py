"""Whose words tell of what Django itself refuses: the API's where machines ask, else a page's."""

from __future__ import annotations

from types import ModuleType

from django.http import HttpRequest, HttpResponseBase

from negotiations.api import failures
from negotiations.pages import errors
from tracker.chains import is_for_scripts


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """400 for what could not be read."""
    return _edge(request).bad_request(request, exception)


def failed(request: HttpRequest) -> HttpResponseBase:
    """503 or 500 for a failure of ours."""
    return _edge(request).failed(request)


def _edge(request: HttpRequest) -> ModuleType:
    return failures if is_for_scripts(request) else errors
