"""The language of a page is in its address, so no answer varies by what a reader prefers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language


class ByAddress(LocaleMiddleware):
    """Django's, without its `Vary: Accept-Language`, which would split every cache for nothing.

    What does follow the reader's preference (the problems of the API) says so itself.
    """

    def process_response(
        self,
        request: HttpRequest,  # noqa: ARG002  Django's signature
        response: HttpResponseBase,
    ) -> HttpResponseBase:
        """The response, with its language told."""
        response.headers.setdefault("Content-Language", get_language() or "en")
        return response
