"""An address and its methods: each method is a class of its own, one address may have several."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from django.http import HttpRequest, HttpResponseBase
from rest_framework.response import Response
from rest_framework.views import APIView

METHODS = ("GET", "POST", "PUT", "DELETE")


class Route(APIView):
    """What every route is; `beside` are the methods that other classes answer at its address.

    The name of the class in snake case is the operationId, its docstring the description.
    """

    beside: tuple[str, ...] = ()
    tag: ClassVar[str]
    method: ClassVar[str]

    @property
    def allowed_methods(self) -> list[str]:
        """All methods of the address, as Allow and refusals tell them."""
        here = {self.method, *self.beside}
        reads = ["HEAD"] if "GET" in here else []
        return [*(name for name in METHODS if name in here), *reads, "OPTIONS"]

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:  # noqa: ARG002
        """Say which methods there are (the framework adds Allow)."""
        return Response(status=204)


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
