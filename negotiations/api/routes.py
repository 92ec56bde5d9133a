"""An address and its methods: each method is a class of its own, one address may have several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar, Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from negotiations.api.authorization import bearer_of
from negotiations.api.deprecation import Deprecation, headers_of
from negotiations.api.parameters import Parameter
from negotiations.kept_answers import KeptAnswer
from negotiations.limits import count
from negotiations.queries.tokens import Bearer
from negotiations.refusals import Refusal

# Where it is told what a deprecation means.
POLICY = "/api/docs/#deprecation"
METHODS = ("GET", "POST", "PUT", "DELETE")
_COUNTED = "parley.counted"


class Route(APIView):
    """What every route is; `beside` are the methods that other classes answer at its address.

    The name of the class in snake case is the operationId, its docstring the description.
    """

    beside: tuple[str, ...] = ()
    tag: ClassVar[str]
    method: ClassVar[str]
    parameters: tuple[Parameter, ...] = ()
    # When the route goes away.
    deprecated: ClassVar[Deprecation | None] = None
    # Whether its requests count towards the limits.
    limited: ClassVar[bool] = True
    # The moment of the request, whose token came with it, and what it has left.
    now: datetime
    bearer: Bearer | None = None
    _left: Mapping[str, str] | None = None

    @property
    def allowed_methods(self) -> list[str]:
        """All methods of the address, as Allow and refusals tell them."""
        here = {self.method, *self.beside}
        reads = ["HEAD"] if "GET" in here else []
        return [*(name for name in METHODS if name in here), *reads, "OPTIONS"]

    def defers(self, request: Request) -> bool:  # noqa: ARG002
        """Whether the answer may be a 304, which does not count: then `get` counts what is none."""
        return False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Learn who asks, and count the request; Refusal `bad_token`, `too_many_requests`."""
        self.now = timezone.now()
        super().initial(request, *args, **kwargs)
        if not self._counts(request):
            return
        if request.method in (self.method, "HEAD"):
            self.bearer = bearer_of(request, now=self.now)
        if not self.defers(request):
            self.count(request)

    def count(self, request: Request) -> None:
        """Count the request, once; Refusal `too_many_requests`."""
        if self._left is None:
            # Where a replica refused it, the same request comes again.
            counted = request.META.get(_COUNTED)
            if counted is None:
                officer = self.bearer.officer if self.bearer else None
                counted = count(request, officer=officer, now=self.now)
                request.META[_COUNTED] = counted
            self._left, refusal = counted
            if refusal is not None:
                raise refusal

    def _passing(self, request: Any) -> Iterator[Deprecation]:
        if self.deprecated:
            yield self.deprecated
        for parameter in self.parameters:
            if parameter.deprecated and parameter.name in request.GET:
                yield parameter.deprecated

    def _counts(self, request: Request) -> bool:
        return self.limited and request.method != "OPTIONS"

    def handle_exception(self, exc: Exception) -> Response:
        """Whatever is refused counts as well, a token that is not valid by its address."""
        if self._counts(self.request):
            try:
                self.count(self.request)
            except Refusal as refusal:
                exc = refusal
        return super().handle_exception(exc)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """The response with what is told beside it."""
        self.tell_more(request, response)
        return super().finalize_response(request, response, *args, **kwargs)

    def tell_more(self, request: Any, response: HttpResponseBase) -> None:
        """Tell what is left, and what of what was used is going to go."""
        for name, text in (self._left or {}).items():
            response.headers[name] = text
        for name, text in headers_of(list(self._passing(request)), docs=POLICY).items():
            held = response.headers.get(name) if name == "Link" else None
            response.headers[name] = f"{held}, {text}" if held else text

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:  # noqa: ARG002
        """Say which methods there are (the framework adds Allow)."""
        return Response(status=204)


def bare(response: Any) -> HttpResponseBase:
    """The framework's response as Django's own: there is nothing left to be rendered."""
    if not isinstance(response, Response):
        return response
    kept = getattr(response, "kept", None)
    if kept is not None:
        bare: Any = KeptAnswer(kept, response.headers)
    else:
        bare = HttpResponse(response.data or b"", status=response.status_code)
        bare.headers = response.headers
    if response.content_type:
        bare.headers["Content-Type"] = response.content_type
    else:
        del bare.headers["Content-Type"]
    return bare


def takes_json(request: HttpRequest) -> bool:
    """Whether who asks takes JSON for sure, without weighing one kind against another."""
    accept = request.META.get("HTTP_ACCEPT", "*/*")
    return ("*/*" in accept or "application/json" in accept) and ";" not in accept


class Gathered(Protocol):
    """The view of one address."""

    parts: dict[str, Any]

    def __call__(self, request: HttpRequest, **path: str) -> HttpResponseBase:
        """Answer by the method."""


def gather(*classes: type[Route]) -> Any:
    """The view of an address; whatever none of the classes takes, the first one refuses."""
    methods = tuple(one.method for one in classes)
    parts = {one.method: one.as_view(beside=methods) for one in classes}
    first = parts[methods[0]]

    def serve(request: HttpRequest, **path: str) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else request.method or ""
        return parts.get(method, first)(request, **path)

    # What the framework's describer looks for; tokens are no cookies, so nobody can forge them.
    told: Any = serve
    told.cls, told.initkwargs, told.csrf_exempt, told.parts = classes[0], {}, True, parts
    return told
