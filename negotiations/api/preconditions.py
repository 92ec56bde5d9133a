"""What a write says in its headers: the version it saw, and the key under which it is done once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from negotiations.api.bodies import canonical
from negotiations.refusals import Both, Refusal

IF_MATCH = "If-Match"
KEY = "Idempotency-Key"
KEY_PATTERN = "[!-~]{1,255}"
TAG_PATTERN = '"v[1-9][0-9]{0,8}"'
_ONE_TAG = Both(
    'it takes one strong tag as ETag told it, such as "v7"',
    '응답의 ETag 그대로, "v7"처럼 강한 태그 하나를 받습니다',
)
_KEY = Both("it is 1 to 255 visible ASCII characters", "눈에 보이는 ASCII 글자 1–255자여야 합니다")


def tag_of(version: int) -> str:
    """The entity tag of a version: `"v7"`."""
    return f'"v{version}"'


def read_if_match(request: HttpRequest) -> int:
    """The version that the request saw.

    Refusal `precondition_required` without one, `bad_header` for what names no version: weak tags,
    lists and `*`.
    """
    sent = request.headers.get(IF_MATCH)
    if sent is None:
        raise Refusal("precondition_required", at=IF_MATCH)
    if not re.fullmatch(TAG_PATTERN, sent, re.ASCII):
        raise Refusal("bad_header", at=IF_MATCH, name=IF_MATCH, why=_ONE_TAG)
    return int(sent[2:-1])


def read_key(request: HttpRequest) -> str | None:
    """The Idempotency-Key; Refusal `bad_header`."""
    sent = request.headers.get(KEY)
    if sent is not None and not re.fullmatch(KEY_PATTERN, sent, re.ASCII):
        raise Refusal("bad_header", at=KEY, name=KEY, why=_KEY)
    return sent


def asked(request: HttpRequest, body: Mapping[str, Any] | bytes) -> bytes:
    """All that makes a write what it is: two that agree in this ask for the same thing."""
    head = [request.method, request.path, request.headers.get(IF_MATCH, "")]
    return canonical(head) + (body if isinstance(body, bytes) else canonical(body))
