"""The last word on what caches may keep: nothing that is one reader's alone, nothing by guess."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from negotiations.lifetimes import PRIVATE

Answer = Callable[[HttpRequest], HttpResponseBase]


class NothingPrivate:
    """Sees every answer after all others; must stand outside Django's sessions.

    An answer that sets a cookie, varies by cookie, or was asked with credentials is private,
    whatever its view said. One whose view said nothing is not stored: caches would otherwise guess
    a lifetime for it (RFC 9111 4.2.2), also for redirects and pages that are not there.
    """

    def __init__(self, answer: Answer) -> None:
        """Take what answers the request."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer."""
        response = self.answer(request)
        if _is_private(request, response) or "Cache-Control" not in response:
            response["Cache-Control"] = PRIVATE
        return response


def _is_private(request: HttpRequest, response: HttpResponseBase) -> bool:
    varies = response.get("Vary", "").lower()
    return bool(response.cookies) or "cookie" in varies or "Authorization" in request.headers
