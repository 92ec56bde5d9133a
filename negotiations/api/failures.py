"""What fails before a route is asked (a strange host, a database out of reach), as problems."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponseBase

from negotiations.api.problems import told
from negotiations.api.routes import bare
from negotiations.refusals import Refusal, failure_of


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:  # noqa: ARG001 (Django's signature)
    """400 for what Django could not read."""
    return bare(told(request, Refusal("bad_request")))


def failed(request: HttpRequest) -> HttpResponseBase:
    """503 while the database is out of reach, else 500; Django, which calls it, has logged why."""
    return bare(told(request, failure_of(sys.exception())))
