"""What every read route is: parameters and shape declared once, one query, one answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from negotiations.api.asking import Asked, read_path, read_query
from negotiations.api.filters import CLOCKS
from negotiations.api.freshness import VARY, cache_control, etag, is_any, is_fresh
from negotiations.api.openapi import ReadSchema
from negotiations.api.rendering import encode
from negotiations.api.routes import Route, bare, takes_json
from negotiations.api.schema import representation
from negotiations.memory import Kept, answers, keep
from negotiations.queries.clocks import read_clocks
from negotiations.queries.ledger import Latest, latest
from negotiations.queries.shapes import Page


class Read(Route):
    """A GET route. Subclasses declare the class attributes and `answer`."""

    schema = ReadSchema()
    method = "GET"
    # A dataclass of `queries.shapes`, or Page of one.
    shape: ClassVar[Any]
    statuses: ClassVar[Mapping[int, str]] = {200: "The answer."}
    # Whether the answer has an ETag.
    conditional: ClassVar[bool] = True
    # Whether its address may carry what newsletters add: the API's own may not, programs mistype.
    lengthened: ClassVar[bool] = False
    # The one query of this route: takes the Asked, and the names in its path as keywords.
    answer: Callable[..., Any]
    # The parameter that `next` sets.
    next_by: ClassVar[str] = "cursor"
    # What the answer is, as its header tells.
    media_type: str = "application/json"

    def takes(self, request: HttpRequest) -> bool:
        """Whether who asks takes what this route answers, without weighing one against another."""
        return takes_json(request)

    def defers(self, request: Request) -> bool:
        """A reader who holds a tag may be told that nothing has changed."""
        return self.conditional and "HTTP_IF_NONE_MATCH" in request.META

    def latest(self) -> Latest:
        """The act that answers of this route depend on."""
        return latest()

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; who asks plainly is spared the framework's negotiations, which can only agree."""
        if not (_is_plain(request) and self.takes(request)):
            return super().dispatch(request, *args, **kwargs)
        self.request, self.args, self.kwargs = request, args, kwargs
        self.now = timezone.now()
        try:
            if self.limited and not self.defers(request):
                self.count(request)
            response = self.get(request, **kwargs)
        except Exception as error:  # told as the framework would have it told
            response = self.handle_exception(error)
        self.tell_more(request, response)
        response.headers.setdefault("Allow", ", ".join(self.allowed_methods))
        return bare(response)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """The response with its body, which the framework renders; the short way sends it kept."""
        if (kept := getattr(response, "kept", None)) is not None:
            response.data = kept.body
        return super().finalize_response(request, response, *args, **kwargs)

    def get(self, request: Request, **path: str) -> Response:
        """Answer, or say that nothing has changed."""
        names = read_path(path)
        asked, tag = self._tagged(request, self.now)
        headers = self.headers_for(tag, asked)
        if is_fresh(request, tag):
            return Response(status=304, headers=headers)
        self.count(request)
        kept = self._kept(request, asked, tag, names)
        if is_any(request):
            return Response(status=304, headers=headers)
        return _reply(kept, headers, self.media_type)

    def _kept(self, request: Request, asked: Asked, tag: str, names: Mapping[str, Any]) -> Kept:
        """The answer, from memory where it was given before under this tag."""
        key = (tag, request.scheme, request.get_host())
        kept = answers().get(key) if self.conditional else None
        if kept is None:
            answer = self._with_next(request, asked, self.answer(asked, **names))
            following = answer.next if isinstance(answer, Page) else None
            kept = Kept(
                answer if isinstance(answer, bytes) else encode(answer),
                f'<{following}>; rel="next"' if following else None,
            )
            if self.conditional:
                keep(key, kept)
        return kept

    def _with_next(self, request: Request, asked: Asked, answer: Any) -> Any:
        if not isinstance(answer, Page) or answer.next is None:
            return answer
        following = {**asked.values, self.next_by: answer.next}
        return replace(answer, next=address_asked(request, following))

    def _read(self, request: Request, now: datetime, reached: datetime | None = None) -> Asked:
        query = request.META.get("QUERY_STRING", "")
        values = read_query(query, parameters=self.parameters, lengthened=self.lengthened)
        named = {clock.name: values.get(clock.name) for clock in CLOCKS}
        clocks = read_clocks(**named, now=now, zone=settings.DESK_ZONE, reached=reached)
        return Asked(values=values, clocks=clocks)

    def _tagged(self, request: Request, now: datetime) -> tuple[Asked, str]:
        """What is asked, and the tag of what the answer stands on.

        The clocks reach what the tag counts, or it would be missed until the next act.
        """
        # What is refused costs no query.
        asked, latest = self._read(request, now), self.latest()
        if latest.at is not None and latest.at > now:
            asked = self._read(request, now, reached=latest.at)
        return asked, self._etag(request, asked, latest)

    def _etag(self, request: Request, asked: Asked, latest: Latest) -> str:
        return etag(
            path=request.path,
            values=asked.values,
            clocks=asked.clocks if CLOCKS[0] in self.parameters else None,
            latest=latest,
            representation=representation(),
        )

    def headers_for(self, tag: str, asked: Asked) -> dict[str, str]:
        """The tag of an answer and how long it may be kept."""
        clocks = asked.clocks if CLOCKS[0] in self.parameters else None
        known = self.bearer is not None
        kept = cache_control(clocks=clocks, values=asked.values, now=self.now, known=known)
        return {"ETag": tag, "Cache-Control": kept, "Vary": VARY, "Content-Language": "en, ko"}


def _reply(kept: Kept, headers: dict[str, str], media_type: str) -> Response:
    if kept.link is not None:
        headers["Link"] = kept.link
    response: Any = Response(headers=headers, content_type=media_type)
    response.kept = kept
    return response


def _is_plain(request: HttpRequest) -> bool:
    """Whether it is a read by nobody in particular."""
    return request.method in ("GET", "HEAD") and "HTTP_AUTHORIZATION" not in request.META


def _sent(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, tuple) else value


def address_asked(request: Request, given: Mapping[str, Any]) -> str:
    """The address of the request with these parameters, as the reader can follow it."""
    texts = {name: _sent(value) for name, value in given.items()}
    query = f"?{urlencode(texts, safe=',:')}" if texts else ""
    return absolute(request, f"{request.path}{query}")


def absolute(request: Request, address: str) -> str:
    """An address of this site as the reader can follow it."""
    return settings.SITE_URL + address if settings.SITE_URL else request.build_absolute_uri(address)
