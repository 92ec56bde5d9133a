"""What a body comes in: its media type and its size, before anything of it is read."""

from __future__ import annotations

from rest_framework.request import Request

from negotiations.refusals import Both, Refusal

JSON = "application/json"
LINES = "application/x-ndjson"
_MEGABYTE = 1_000_000


def read_body(request: Request, *, media_type: str, most: int) -> bytes:
    """The bytes of a body, at most `most`; none needs no media type.

    Refusal `length_required`, `too_large_body` (before anything is read) and
    `unsupported_media_type`.
    """
    if "Transfer-Encoding" in request.headers:
        # Our server's interface shows such a body as an empty one.
        raise Refusal("length_required", at="Transfer-Encoding")
    if _length(request) > most:
        raise _too_large(most)
    body: bytes = request.read(most + 1)
    if len(body) > most:
        raise _too_large(most)
    if body and not _is(request, media_type):
        raise Refusal("unsupported_media_type", at="Content-Type", name=media_type)
    return body


def _length(request: Request) -> int:
    told = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0


def _is(request: Request, media_type: str) -> bool:
    plain = request.headers.get("Content-Encoding", "identity").strip().lower() == "identity"
    # The framework's request holds Django's; who is spared the framework brings that alone.
    bare = getattr(request, "_request", request)
    parameters = bare.content_params or {}
    charset = parameters.get("charset", "utf-8").lower()
    return plain and bare.content_type == media_type and charset in {"utf-8", "utf8"}


def _too_large(most: int) -> Refusal:
    words = f"{most // _MEGABYTE} MB"
    return Refusal("too_large_body", most=Both(words, words))
