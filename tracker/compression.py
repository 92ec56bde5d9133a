"""Compression of answers, told to caches on every one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers


class Compressed(GZipMiddleware):
    """Django's gzip, with the same Vary on a 304 as on the answer that it stands for (RFC 9110).

    What no cache may keep is not compressed: it may hold secrets, which compression gives away
    (BREACH), and its tag names a version, which Django would weaken.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The response, compressed where that is asked for and worth it."""
        patch_vary_headers(response, ("Accept-Encoding",))
        if "no-store" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)
