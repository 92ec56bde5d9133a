"""Compression of answers, told to caches on every one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers


class Compressed(GZipMiddleware):
    """Django's gzip, with the same Vary on a 304 as on the answer that it stands for (RFC 9110).

    No page holds a secret yet, so compression gives none away (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The response, compressed where that is asked for and worth it."""
        patch_vary_headers(response, ("Accept-Encoding",))
        return super().process_response(request, response)
