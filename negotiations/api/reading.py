"""What every read route is: parameters and shape declared once, one query, one answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from negotiations.api.asking import Asked, read_path, read_query
from negotiations.api.authorization import bearer_of
from negotiations.api.filters import CLOCKS
from negotiations.api.freshness import CACHE_CONTROL, etag, is_any, is_fresh
from negotiations.api.openapi import ReadSchema
from negotiations.api.parameters import Parameter
from negotiations.api.rendering import encode
from negotiations.api.routes import Route
from negotiations.api.schema import representation
from negotiations.queries.clocks import read_clocks
from negotiations.queries.ledger import latest_number
from negotiations.queries.shapes import Page


class Read(Route):
    """A GET route. Subclasses declare the class attributes and `answer`."""

    schema = ReadSchema()
    method = "GET"
    # A dataclass of `queries.shapes`, or Page of one.
    shape: ClassVar[Any]
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    statuses: ClassVar[Mapping[int, str]] = {200: "The answer."}
    # Whether the answer has an ETag.
    conditional: ClassVar[bool] = True
    # The one query of this route: takes the Asked, and the names in its path as keywords.
    answer: Callable[..., Any]
    # The parameter that `next` sets.
    next_by: ClassVar[str] = "cursor"

    def newest(self) -> int:
        """The number that answers of this route depend on."""
        return latest_number()

    def get(self, request: Request, **path: str) -> Response:
        """Answer, or say that nothing has changed."""
        names = read_path(path)
        now = timezone.now()
        known = bearer_of(request, now=now) is not None
        asked = self._read(request, now)
        tag = self._etag(request, asked)
        if is_fresh(request, tag):
            return _unchanged(tag, known=known)
        answer = self.answer(asked, **names)
        if is_any(request):
            return _unchanged(tag, known=known)
        return _reply(self._with_next(request, asked, answer), tag=tag, known=known)

    def _with_next(self, request: Request, asked: Asked, answer: Any) -> Any:
        if not isinstance(answer, Page) or answer.next is None:
            return answer
        following = {**asked.values, self.next_by: answer.next}
        return replace(answer, next=_next_url(request, following))

    def _read(self, request: Request, now: datetime) -> Asked:
        values = read_query(request.META.get("QUERY_STRING", ""), parameters=self.parameters)
        named = {clock.name: values.get(clock.name) for clock in CLOCKS}
        clocks = read_clocks(**named, now=now, zone=settings.DESK_ZONE)
        return Asked(values=values, clocks=clocks)

    def _etag(self, request: Request, asked: Asked) -> str:
        return etag(
            path=request.path,
            values=asked.values,
            clocks=asked.clocks if CLOCKS[0] in self.parameters else None,
            ledger_number=self.newest(),
            representation=representation(),
        )


def _unchanged(tag: str, *, known: bool) -> Response:
    return Response(status=304, headers=_headers(tag, known=known))


def _reply(answer: Any, *, tag: str, known: bool) -> Response:
    headers = _headers(tag, known=known)
    if isinstance(answer, Page) and answer.next is not None:
        headers["Link"] = f'<{answer.next}>; rel="next"'
    body = answer if isinstance(answer, bytes) else encode(answer)
    return Response(body, headers=headers, content_type="application/json")


def _headers(tag: str, *, known: bool) -> dict[str, str]:
    # The same for everybody, but what was asked with a token is nobody else's business.
    freshness = "no-store" if known else CACHE_CONTROL
    return {"ETag": tag, "Cache-Control": freshness, "Content-Language": "en, ko"}


def _sent(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, tuple) else value


def _next_url(request: Request, given: Mapping[str, Any]) -> str:
    texts = {name: _sent(value) for name, value in given.items()}
    return absolute(request, f"{request.path}?{urlencode(texts, safe=',:')}")


def absolute(request: Request, address: str) -> str:
    """An address of this site as the reader can follow it."""
    return settings.SITE_URL + address if settings.SITE_URL else request.build_absolute_uri(address)
