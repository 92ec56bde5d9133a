"""Any web page may read what is public of the API; the rest takes a token, and no page has one."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from negotiations.api.places import is_for_machines

READS = "GET, HEAD, OPTIONS"
EXPOSED = (
    "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, Deprecation, Sunset, "
    "Parley-Ledger-Number, X-Request-ID"
)
_DAY = "86400"


class ReadableFromAnywhere:
    """Cross-origin headers on reads of machines; preflights are answered here, with 204."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a preflight; otherwise let the next layer answer and add the headers."""
        if not is_for_machines(request.path_info) or request.method not in READS.split(", "):
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return _preflight()
        response = self.get_response(request)
        # What takes a token is read by programs, not by other sites' pages.
        if "Authorization" in request.headers or response.status_code == 401:
            return response
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        return response


def _preflight() -> HttpResponse:
    response = HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": READS,
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": _DAY,
        },
    )
    del response["Content-Type"]
    return response
