"""What went wrong, as RFC 9457 problem details: one shape for every refusal and failure."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable
from rest_framework.response import Response

from negotiations.api.rendering import encode
from negotiations.refusals import SENTENCES, Refusal, Sentence, failure_of

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"

# What a reader can meet, by HTTP status.
READING: Mapping[int, tuple[str, ...]] = {
    400: (
        "unknown_parameter",
        "repeated_parameter",
        "bad_parameter",
        "clock_in_future",
        "bad_cursor",
        "number_ahead",
        "other_ledger",
        "no_checkpoint",
        "bad_request",
    ),
    401: ("bad_token",),
    404: ("not_found", "no_public_act"),
    405: ("method_not_allowed",),
    406: ("not_acceptable",),
    429: ("too_many_requests",),
    500: ("failed",),
    501: ("format_unavailable",),
    503: ("unavailable", "exports_busy"),
}
# What who writes, or reads what is not public, can meet beside that.
WRITING: Mapping[int, tuple[str, ...]] = {
    400: (
        "bad_json",
        "repeated_member",
        "too_deep",
        "unknown_member",
        "missing_member",
        "bad_header",
    ),
    401: ("no_token",),
    403: ("token_scope", "not_allowed", "own_draft", "not_your_draft"),
    409: (
        "already_approved",
        "already_corrected",
        "already_published",
        "duplicate",
        "in_use",
        "not_published",
        "not_this_draft",
        "release_over",
        "retracted_evidence",
        "stale",
        "transcription_unconfirmed",
        "unpublished_evidence",
    ),
    411: ("length_required",),
    412: ("version_conflict",),
    413: ("too_large_body",),
    415: ("unsupported_media_type",),
    422: (
        "bad_date",
        "bad_items",
        "bad_lines",
        "bad_slug",
        "bad_text",
        "bad_url",
        "bad_zone",
        "captured_in_future",
        "captured_too_early",
        "document_missing",
        "figure_or_text",
        "key_reused",
        "missing_text",
        "no_basis",
        "no_quotation_or_paraphrase",
        "no_reason",
        "no_snapshot",
        "no_such_row",
        "no_tracks",
        "no_voice",
        "paper_not_in_basis",
        "published_in_future",
        "quotation_not_found",
        "release_in_past",
        "repeats_a_repetition",
        "same_track",
        "too_long",
        "unknown_word",
        "unreliable_alone",
        "unseen_number",
        "unusual_move",
        "wrong_kind",
    ),
    428: ("precondition_required",),
    503: ("busy",),
}
CODES = {
    status: (*READING.get(status, ()), *WRITING.get(status, ()))
    for status in sorted({*READING, *WRITING})
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Problem):
    """The draft was changed since it was seen: `present` is its body now, `version` names it."""

    version: int
    present: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFault:
    """What is wrong with one line of a batch; `line` counts from 1."""

    line: int
    code: str
    at: str | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyLines(Problem):
    """A batch of which nothing was written: the first of its faults, and how many there are."""

    total: int
    lines: tuple[LineFault, ...]


class Refused(Exception):
    """A refusal with more to tell: the members of a larger shape than Problem, and headers.

    `members` are made for the reader's language.
    """

    def __init__(
        self,
        refusal: Refusal,
        shape: type[Problem],
        members: Callable[[str], Mapping[str, Any]],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.refusal, self.shape, self.members = refusal, shape, members
        self.headers = dict(headers or {})
        super().__init__(str(refusal))


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
    if isinstance(exc, Refused):
        return told(request, exc.refusal, more=exc)
    refusal = _refusal(exc, request, context["view"])
    return told(request, _failure(exc, request) if refusal is None else refusal)


def _refusal(exc: Exception, request: HttpRequest, view: Any) -> Refusal | None:
    if isinstance(exc, Refusal):
        return exc
    if isinstance(exc, Http404):
        return Refusal("not_found")
    if isinstance(exc, MethodNotAllowed):
        return Refusal("method_not_allowed", name=(request.method or "")[:20])
    if isinstance(exc, NotAcceptable):
        return Refusal("not_acceptable", name=view.get_renderers()[0].media_type)
    return None


def _failure(exc: Exception, request: HttpRequest) -> Refusal:
    if isinstance(exc, SuspiciousOperation | BadRequest | PermissionDenied) or (
        isinstance(exc, APIException) and exc.status_code < 500
    ):
        return Refusal("bad_request")
    logger.error("%s %s failed", request.method, request.path, exc_info=exc)
    return failure_of(exc)


def told(request: HttpRequest, refusal: Refusal, *, more: Refused | None = None) -> Response:
    """The refusal as a problem in the reader's language; `more` has the members beside those."""
    language = preferred_language(request)
    shape, members = (more.shape, more.members(language)) if more else (Problem, {})
    problem = shape(
        type=f"{reverse('api_docs')}#problem-{refusal.code}",
        title=title_of(refusal.code),
        status=refusal.status,
        detail=refusal.sentence(language),
        code=refusal.code,
        at=refusal.at or None,
        **members,
    )
    headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": "Accept-Language"}
    headers |= _more_headers(refusal)
    if more is not None:
        headers |= more.headers
    return Response(
        encode(problem), status=refusal.status, content_type=MEDIA_TYPE, headers=headers
    )


def _more_headers(refusal: Refusal) -> dict[str, str]:
    match refusal.code:
        case "no_token":
            return {"WWW-Authenticate": 'Bearer realm="Parley"'}
        case "bad_token":
            return {"WWW-Authenticate": 'Bearer realm="Parley", error="invalid_token"'}
        case "token_scope":
            words = f'error="insufficient_scope", scope="{refusal.facts["scope"]}"'
            return {"WWW-Authenticate": f'Bearer realm="Parley", {words}'}
        case "too_many_requests":
            return {"Retry-After": str(refusal.facts["seconds"])}
    return {"Retry-After": "5"} if refusal.status == 503 else {}


def preferred_language(request: HttpRequest) -> str:
    """ "ko" where the reader's Accept-Language puts Korean before English, otherwise "en"."""
    for tag, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if weight > 0 and tag.split("-")[0] in ("en", "ko"):
            return tag.split("-")[0]
    return "en"
