"""What went wrong, as RFC 9457 problem details: one shape for every refusal and failure."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable
from rest_framework.response import Response

from negotiations.api.rendering import encode
from negotiations.refusals import SENTENCES, Refusal, Sentence, fill

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"

# What a reader can meet, by HTTP status.
CODES = {
    400: (
        "unknown_parameter",
        "repeated_parameter",
        "bad_parameter",
        "clock_in_future",
        "bad_cursor",
        "bad_request",
    ),
    404: ("not_found",),
    405: ("method_not_allowed",),
    406: ("not_acceptable",),
    500: ("failed",),
    503: ("unavailable",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A refused or failed request.

    `type` is the address of the code's description, `detail` one sentence in the reader's language,
    `at` the parameter at fault (for a body: a JSON pointer) or null.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    at: str | None


def sentence_of(code: str) -> Sentence:
    """Status and words of a code of ours; KeyError for a stranger."""
    return SENTENCES[code]


def title_of(code: str) -> str:
    """The short title of a code: "unknown_parameter" as "Unknown parameter"."""
    return code.replace("_", " ").capitalize()


def handle(exc: Exception, context: Mapping[str, Any]) -> Response:
    """DRF's exception handler: any exception of a view as a problem.

    What nobody expected is logged with its traceback, and told without details.
    """
    request: HttpRequest = context["request"]
    refusal = _refusal(exc, request)
    if refusal is None:
        return _failure(exc, request)
    return _answer(request, refusal.code, at=refusal.at or None, facts=refusal.facts, why=exc)


def _refusal(exc: Exception, request: HttpRequest) -> Refusal | None:
    if isinstance(exc, Refusal):
        return exc
    if isinstance(exc, Http404):
        return Refusal("not_found")
    if isinstance(exc, MethodNotAllowed):
        return Refusal("method_not_allowed", name=(request.method or "")[:20])
    if isinstance(exc, NotAcceptable):
        return Refusal("not_acceptable", name="application/json")
    return None


def _failure(exc: Exception, request: HttpRequest) -> Response:
    if isinstance(exc, SuspiciousOperation | BadRequest | PermissionDenied) or (
        isinstance(exc, APIException) and exc.status_code < 500
    ):
        return _answer(request, "bad_request", why=exc)
    logger.error("%s %s failed", request.method, request.path, exc_info=exc)
    if isinstance(exc, OperationalError | InterfaceError):
        return _answer(request, "unavailable", why=exc)
    return _answer(request, "failed", why=exc)


def _answer(
    request: HttpRequest,
    code: str,
    *,
    why: Exception,
    at: str | None = None,
    facts: Mapping[str, object] | None = None,
) -> Response:
    language = preferred_language(request)
    words = sentence_of(code)
    problem = Problem(
        type=f"{reverse('api_docs')}#problem-{code}",
        title=title_of(code),
        status=words.status,
        detail=fill(words, facts or {}, language),
        code=code,
        at=at,
    )
    headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": "Accept-Language"}
    if words.status == 503:
        headers["Retry-After"] = "5"
    if isinstance(why, MethodNotAllowed):
        headers["Allow"] = "GET, HEAD, OPTIONS"
    return Response(encode(problem), status=words.status, content_type=MEDIA_TYPE, headers=headers)


def preferred_language(request: HttpRequest) -> str:
    """ "ko" where the reader's Accept-Language puts Korean before English, otherwise "en"."""
    for tag, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if weight > 0 and tag.split("-")[0] in ("en", "ko"):
            return tag.split("-")[0]
    return "en"
